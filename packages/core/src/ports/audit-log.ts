import type { AccountId, ConnectionId, Instant } from '../ids.ts';
import type { Action, Role } from '../permission.ts';
import type { SeenValue } from '../trail.ts';

/** Somebody who is signed in, in the account they act for. */
export interface Person {
  /** Our id of the person; never a name or an address. */
  readonly id: string;
  readonly accountId: AccountId;
  readonly role: Role;
}

/**
 * What an entry says. `begun` is written before anything is done, so that no effect is without it; `no-effect` follows
 * where somebody was first or things had moved on, `failed` where it broke off and may be done in part.
 */
export type AuditOutcome = 'begun' | 'no-effect' | 'failed';

/** What is done by whoever has a one-time link, which is its own permission, or runs the program. */
export type LinkAct = 'set up' | 'accept invitation' | 'set password' | 'make link as operator';

/** One thing a person did. Values are ids and settings; secrets are masked before they get here. */
export interface AuditEntry {
  readonly personId: string;
  readonly role: Role;
  readonly action: Action;
  /** What it was done to: an id of ours or of Lever's. */
  readonly subject: string;
  readonly outcome: AuditOutcome;
  readonly before: Readonly<Record<string, SeenValue>>;
  readonly after: Readonly<Record<string, SeenValue>>;
  readonly at: Instant;
}

/** The same of an account itself, with what the bearers of links did. */
export interface AccountAuditEntry extends Omit<AuditEntry, 'action'> {
  readonly action: Action | LinkAct;
}

/** What people did, for ever: rows are added, never changed. Throws `PortError` `unavailable`. */
export interface AuditLog {
  append(connectionId: ConnectionId, entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** The newest entries first, at most `limit`. */
  list(connectionId: ConnectionId, limit: number): Promise<readonly AuditEntry[]>;
  /** For what concerns an account and its people, and no connection. */
  appendOfAccount(accountId: AccountId, entry: Omit<AccountAuditEntry, 'at'>): Promise<void>;
  /** The newest entries of the account itself, without its connection's. */
  listOfAccount(accountId: AccountId, limit: number): Promise<readonly AccountAuditEntry[]>;
}
