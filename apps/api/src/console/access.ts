import { initTRPC, TRPCError } from '@trpc/server';
import type { AccountId } from '@turn-lever/core/ids';
import { isRecent } from '@turn-lever/core/people';
import { type Action, can, needsRecentPassword } from '@turn-lever/core/permission';
import type { Person } from '@turn-lever/core/ports/audit-log';
import type { People } from '@turn-lever/core/ports/people';
import { PortError } from '@turn-lever/core/ports/port-error';
import type { SignedIn } from './authentication.ts';

/** What every procedure has: who asks, and what access is decided by. */
export interface ConsoleContext {
  readonly signedIn: SignedIn | null;
  /** The address the request comes from. */
  readonly peer: string;
  readonly people: Pick<People, 'role'>;
  readonly now: () => number;
}

/** What a procedure declares about who may call it. */
export type Access =
  /** A member of the account in its input who may do this. */
  | { readonly kind: 'account'; readonly action: Action }
  /** Anybody who is signed in, about themselves. */
  | { readonly kind: 'person' }
  /** Whoever has the token of a one-time link. */
  | { readonly kind: 'link' };

const t = initTRPC
  .context<ConsoleContext>()
  .meta<Access>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error }) => ({
      code: shape.code,
      // What zod or an error of ours says may repeat what was sent.
      message:
        error.code === 'BAD_REQUEST' || error.code === 'INTERNAL_SERVER_ERROR' ? error.code : shape.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus },
    }),
  });

/** Puts procedures together. There is no way to a procedure but by one of the three functions below. */
export const { router } = t;

// What passes by itself is told apart, so that the console can say so.
const base = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof PortError && result.error.cause.isPassing) {
    const { cause } = result.error;
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message: cause.code, cause });
  }
  return result;
});

const refuse = (
  code: 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' | 'PRECONDITION_FAILED',
  message: string,
): never => {
  throw new TRPCError({ code, message });
};

const signedInOrRefused = ({ signedIn }: ConsoleContext): SignedIn =>
  signedIn ?? refuse('UNAUTHORIZED', 'sign in first');

/**
 * A procedure about the account in its input, for members who may do `action` now: membership and role are read from the
 * database for each call, before the rest of the input is looked at. An account that the person does not belong to is not
 * found, whether it exists or not. A change that needs a password given within 15 minutes is refused without it.
 */
export const may = (action: Action) =>
  base.meta({ kind: 'account', action }).use(async ({ ctx, type, getRawInput, next }) => {
    const signedIn = signedInOrRefused(ctx);
    const accountId = accountIn(await getRawInput());
    const role = accountId === null ? null : await ctx.people.role(accountId, signedIn.personId);
    if (accountId === null || role === null) return refuse('NOT_FOUND', 'not found');
    if (!can(role, action)) return refuse('FORBIDDEN', 'not allowed');
    const isChange = type !== 'query';
    if (isChange && needsRecentPassword(action) && !isRecent(signedIn.authenticatedAt, ctx.now()))
      return refuse('PRECONDITION_FAILED', 'give your password again');
    const person: Person = { id: signedIn.personId, accountId, role };
    return next({ ctx: { person, signedIn } });
  });

/** A procedure for anybody who is signed in, about themselves. */
export const forSignedIn = () =>
  base.meta({ kind: 'person' }).use(({ ctx, next }) => next({ ctx: { signedIn: signedInOrRefused(ctx) } }));

/** A procedure for whoever has a token, which is in its input. */
export const forBearer = () => base.meta({ kind: 'link' });

const accountIn = (input: unknown): AccountId | null =>
  typeof input === 'object' && input !== null && 'accountId' in input && isId(input.accountId)
    ? (input.accountId as AccountId)
    : null;

const isId = (value: unknown): boolean => typeof value === 'string' && /^[\w-]{1,100}$/u.test(value);
