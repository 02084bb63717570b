import { TRPCError } from '@trpc/server';
import type { LinkPurpose } from '@turn-lever/core/people';
import type { UseLinks } from '@turn-lever/core/use-cases/people/use-links';
import { hashPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { forBearer, router } from '../access.ts';
import { email, name, newPassword, token } from '../inputs.ts';

const notFound = (): TRPCError => new TRPCError({ code: 'NOT_FOUND', message: 'not found' });

/** What the bearers of one-time links do. They are not signed in by it. */
export const createLinkProcedures = (links: UseLinks) => {
  /** A hash costs a tenth of a second and 32 MB: not before the link is known to work. */
  const hashFor = async (given: string, purpose: LinkPurpose, password: string): Promise<string> => {
    const link = await links.read(given);
    if (link?.purpose !== purpose) throw notFound();
    return hashPassword(password);
  };
  return router({
    /** What a link is for. A mutation, so that the token stands in no URL. */
    open: forBearer()
      .input(z.strictObject({ token }))
      .mutation(async ({ input }) => {
        const link = await links.read(input.token);
        if (link === null) throw notFound();
        return link;
      }),
    setUp: forBearer()
      .input(z.strictObject({ token, accountName: name, name, email, password: newPassword }))
      .mutation(async ({ input: { token: given, password, ...account } }) => {
        const passwordHash = await hashFor(given, 'set-up', password);
        const use = await links.setUp(given, { ...account, passwordHash });
        if (use === null) throw notFound();
        return { accountId: use.accountId };
      }),
    /** As whoever is signed in, or as somebody new. */
    acceptInvitation: forBearer()
      .input(
        z.strictObject({
          token,
          newcomer: z.strictObject({ name, password: newPassword }).optional(),
        }),
      )
      .mutation(async ({ ctx, input: { token: given, newcomer } }) => {
        const personId = ctx.signedIn?.personId;
        if (newcomer === undefined && personId === undefined)
          throw new TRPCError({ code: 'CONFLICT', message: 'sign-in-first' });
        const end = await links.join(
          given,
          newcomer === undefined
            ? { kind: 'signed-in', personId: personId ?? '' }
            : {
                kind: 'new',
                name: newcomer.name,
                passwordHash: await hashFor(given, 'invitation', newcomer.password),
              },
        );
        if (end.kind === 'not-found') throw notFound();
        if (end.kind !== 'joined') throw new TRPCError({ code: 'CONFLICT', message: end.kind });
        return { accountId: end.accountId };
      }),
    setPassword: forBearer()
      .input(z.strictObject({ token, password: newPassword }))
      .mutation(async ({ input }) => {
        const hash = await hashFor(input.token, 'password', input.password);
        if ((await links.setPassword(input.token, hash)) === null) throw notFound();
        return null;
      }),
  });
};
