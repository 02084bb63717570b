import type {
  AccountId,
  CheckId,
  ConnectionId,
  DeliveryId,
  OpportunityId,
  StageId,
} from '@turn-lever/core/ids';
import { passwordLength } from '@turn-lever/core/people';
import type { Role } from '@turn-lever/core/permission';
import { z } from 'zod';

const idOf = <Id extends string>() =>
  z
    .string()
    .regex(/^[\w-]{1,100}$/u)
    .transform((text) => text as Id);

/** Ids as they come in. All inputs are strict: a field that is not known is refused. */
export const ids = {
  accountId: idOf<AccountId>(),
  connectionId: idOf<ConnectionId>(),
  checkId: idOf<CheckId>(),
  deliveryId: idOf<DeliveryId>(),
  opportunityId: idOf<OpportunityId>(),
  /** Lever's own, which may hold other letters than ours. */
  stageId: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{1,200}$/u)
    .transform((text) => text as StageId),
  linkId: idOf<string>(),
  personId: idOf<string>(),
  sessionId: idOf<string>(),
};

/** What is about an account. */
export const inAccount = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ accountId: ids.accountId, ...shape });

/** What is about a connection of an account. */
export const onConnection = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  inAccount({ connectionId: ids.connectionId, ...shape });

const roles = ['super-admin', 'admin', 'team-member', 'limited-team-member'] as const satisfies Role[];

/** What people are named by. */
export const role = z.enum(roles);
// The database refuses a NUL. Whatever breaks a line or turns its direction makes a name look like another one.
const line = z
  .string()
  .trim()
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]{1,200}$/u);
/** A name of a person or an account. */
export const name = line;
/** An e-mail address. */
export const email = z.email().max(254);
/** A new password. */
export const newPassword = z.string().min(passwordLength.min).max(passwordLength.max);
/** A password that is to be compared. */
export const password = z.string().min(1).max(256);
/** The token of a one-time link. */
export const token = z.string().regex(/^[\w-]{1,100}$/u);
