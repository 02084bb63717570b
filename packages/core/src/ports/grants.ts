import type { ConnectionId, Instant } from '../ids.ts';

/** An authorization of ours at Lever. Holds secrets: memory only. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresAt: Instant;
  /** When the access token was issued; null where nobody told us. */
  readonly issuedAt: Instant | null;
  /** Grows with every pair that is stored. */
  readonly version: number;
}

/** A fresh pair of tokens. */
export type NewGrant = Omit<Grant, 'version'>;

/** Keeps the pair of tokens, and lets exactly one process refresh it at a time. Throws `PortError` `unavailable`. */
export interface Grants {
  /** The pair as stored now; null where the connection has none. */
  read(connectionId: ConnectionId): Promise<Grant | null>;
  /** Takes the right to refresh version `version` for `leaseMs`. Null where somebody has it, or the version is past. */
  takeRefresh(connectionId: ConnectionId, version: number, leaseMs: number): Promise<string | null>;
  /** Stores the new pair and ends the lease. False where the lease lapsed and another pair is stored already. */
  store(connectionId: ConnectionId, lease: string, grant: NewGrant): Promise<boolean>;
  /** Ends the lease without a new pair. */
  giveUp(connectionId: ConnectionId, lease: string): Promise<void>;
}
