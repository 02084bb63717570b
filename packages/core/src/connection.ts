import type { AccountId, ConnectionId, Instant } from './ids.ts';
import type { CheckPackage } from './ordering/package-tag.ts';
import type { TriggerStage } from './ordering/stage-rule.ts';
import type { Settings } from './settings.ts';

/** Which of Lever's two worlds a connection belongs to: separate accounts, hosts and OAuth apps. */
export type Environment = 'sandbox' | 'production';

/**
 * Whether the credentials of one vendor work. `reconnect-needed` is what only a person can mend: Lever's grant was
 * revoked, or Turn's token is dead.
 */
export type VendorHealth = 'working' | 'reconnect-needed';

/** Turn's packages as last read. `packages` null: the account offers no list. */
export interface KeptPackages {
  readonly packages: readonly CheckPackage[] | null;
  readonly readAt: Instant;
}

/** An account's link to Lever and Turn, without its secrets. */
export interface Connection {
  readonly id: ConnectionId;
  readonly accountId: AccountId;
  readonly environment: Environment;
  /** Lever's account id from the token; the connection id where the token has none. */
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
  readonly packages: KeptPackages | null;
  /** When Turn's status webhook was last seen; null: never, so polling alone must do. */
  readonly turnWebhookSeenAt: Instant | null;
}
