import { TRPCError } from '@trpc/server';
import type { People } from '@turn-lever/core/ports/people';
import type { Sessions } from '@turn-lever/db/sign-in/sessions';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { type ConsoleContext, forSignedIn, router } from '../access.ts';
import type { SignedIn } from '../authentication.ts';
import { ids, newPassword, password } from '../inputs.ts';
import type { PasswordLimits } from '../password-limits.ts';

/** What the procedures about oneself need. */
export interface PersonPorts {
  readonly people: Pick<People, 'memberships'>;
  readonly sessions: Sessions;
  readonly passwordLimits: PasswordLimits;
}

/** What people see and do about themselves. */
export const createPersonProcedures = ({ people, sessions, passwordLimits }: PersonPorts) => {
  const assertPassword = async (
    { personId }: SignedIn,
    { peer }: Pick<ConsoleContext, 'peer'>,
    given: string,
  ): Promise<void> => {
    if (!passwordLimits.mayTry(`person ${personId}`, peer))
      throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: 'too many tries' });
    const hash = await sessions.passwordHash(personId);
    if (hash === null || !(await verifyPassword({ hash, password: given })))
      throw new TRPCError({ code: 'UNPROCESSABLE_CONTENT', message: 'wrong password' });
  };
  return router({
    /** Who is signed in, in the words they know themselves by. */
    me: forSignedIn()
      .input(z.strictObject({}))
      .query(({ ctx: { signedIn } }) => ({ name: signedIn.name, email: signedIn.email })),
    /** The accounts to choose from, with the role in each. */
    accounts: forSignedIn()
      .input(z.strictObject({}))
      .query(({ ctx }) => people.memberships(ctx.signedIn.personId)),
    sessions: forSignedIn()
      .input(z.strictObject({}))
      .query(async ({ ctx: { signedIn } }) =>
        (await sessions.list(signedIn.personId)).map((session) => ({
          ...session,
          isThis: session.id === signedIn.sessionId,
        })),
      ),
    endSession: forSignedIn()
      .input(z.strictObject({ sessionId: ids.sessionId }))
      .mutation(async ({ ctx: { signedIn }, input }) => {
        if (!(await sessions.end(signedIn.personId, input.sessionId)))
          throw new TRPCError({ code: 'NOT_FOUND', message: 'not found' });
        return null;
      }),
    endOtherSessions: forSignedIn()
      .input(z.strictObject({}))
      .mutation(({ ctx: { signedIn } }) => sessions.endOthers(signedIn.personId, signedIn.sessionId)),
    /** Gives the password again, for what needs it within 15 minutes. */
    confirmPassword: forSignedIn()
      .input(z.strictObject({ password }))
      .mutation(async ({ ctx, input }) => {
        await assertPassword(ctx.signedIn, ctx, input.password);
        await sessions.confirm(ctx.signedIn.personId, ctx.signedIn.sessionId, ctx.now());
        return null;
      }),
    /** Ends all other sessions. */
    changePassword: forSignedIn()
      .input(z.strictObject({ password, newPassword }))
      .mutation(async ({ ctx, input }) => {
        await assertPassword(ctx.signedIn, ctx, input.password);
        const { personId, sessionId } = ctx.signedIn;
        await sessions.changePassword(personId, await hashPassword(input.newPassword), sessionId);
        return null;
      }),
  });
};
