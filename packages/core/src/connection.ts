import type { AccountId, ConnectionId, Instant } from './ids.ts';
import type { CheckPackage } from './ordering/package-tag.ts';
import type { TriggerStage } from './ordering/stage-rule.ts';
import type { Settings } from './settings.ts';

/** Which of Lever's two worlds a connection belongs to: separate accounts, hosts and OAuth apps. */
export type Environment = 'sandbox' | 'production';

/**
 * Whether the credentials of one vendor work. `reconnect-needed` is what only a person can mend: Lever's grant was
 * revoked, or Turn's token is dead. `not-connected`: there never were any. Only `working` orders.
 */
export type VendorHealth = 'working' | 'reconnect-needed' | 'not-connected';

/** Turn's packages as last read. `packages` null: the account offers no list. */
export interface KeptPackages {
  readonly packages: readonly CheckPackage[] | null;
  readonly readAt: Instant;
}

/** What a Super Admin allowed us in Lever, one word for each permission asked for. */
export type LeverPermission = 'offline' | 'opportunities' | 'stages' | 'tags' | 'notes' | 'webhooks';

/** How an authorization at Lever came about. Holds no secret. */
export interface LeverAuthorization {
  /** Our id of the person who gave it. */
  readonly personId: string;
  readonly at: Instant;
  readonly permissions: readonly LeverPermission[];
  /** Lever's id of the user who consented; null where the token does not name one. */
  readonly leverUserId: string | null;
  /** When it ends, however much it is used (`lever-api.md` §2.1: one year). */
  readonly endsAt: Instant;
}

/**
 * An account's link to Lever and Turn, without its secrets. Made with the account, before anybody has authorized
 * anything, so that its webhook addresses and settings are there from the start.
 */
export interface Connection {
  readonly id: ConnectionId;
  readonly accountId: AccountId;
  /** Fixed while connected. */
  readonly environment: Environment;
  /** Lever's account id from the token; the connection id while there is none, or where the token has none. */
  readonly leverAccountId: string;
  readonly settings: Settings;
  /** Grows with every save; guards against overwriting somebody else's. */
  readonly settingsRevision: number;
  readonly triggerStage: TriggerStage;
  /** Entries into the trigger stage before this instant are never ordered by themselves. */
  readonly orderingSince: Instant;
  readonly pausedAt: Instant | null;
  readonly disconnectedAt: Instant | null;
  readonly lever: VendorHealth;
  readonly turn: VendorHealth;
  /** Null while not connected, and where the tokens were handed in by `account:create`. */
  readonly authorization: LeverAuthorization | null;
  /** When Lever last gave new tokens; null: not known. */
  readonly leverRefreshedAt: Instant | null;
  readonly packages: KeptPackages | null;
  /** When Turn's status webhook was last seen; null: never, so polling alone must do. */
  readonly turnWebhookSeenAt: Instant | null;
}
