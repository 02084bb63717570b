import type {
  Connection,
  Environment,
  KeptPackages,
  LeverAuthorization,
  VendorHealth,
} from '../connection.ts';
import type { AccountId, ConnectionId, Instant } from '../ids.ts';
import type { TriggerStage } from '../ordering/stage-rule.ts';
import type { RejectReason } from '../reason.ts';
import type { Settings } from '../settings.ts';
import type { NewGrant } from './grants.ts';

/** What is needed to verify a Lever webhook and to sort it out on arrival. Holds secrets: memory only. */
export interface LeverEntrance {
  readonly connection: Connection;
  /** Signature tokens that are valid now: pasted current and previous, and one per webhook of ours. */
  readonly signatureTokens: readonly string[];
  /** While a webhook of ours is being created, a ping cannot be verified yet and is answered 200. */
  readonly isCreatingWebhook: boolean;
}

/** An account to be made, with everything that otherwise the console asks for. */
export interface NewAccount {
  readonly name: string;
  readonly superAdminEmail: string;
  readonly lever: {
    readonly environment: Environment;
    readonly accountId: string;
    readonly accessToken: string;
    readonly refreshToken: string;
    readonly expiresAt: Instant;
    readonly signatureToken: string;
  };
  readonly turn: { readonly token: string };
  readonly settings: Settings;
}

/** How making an account ended. The keys are the last part of the webhook URLs: at least 128 random bits. */
export type AccountCreation =
  | {
      readonly kind: 'created';
      readonly accountId: AccountId;
      readonly connectionId: ConnectionId;
      readonly leverKey: string;
      readonly turnKey: string;
      /** The token of the invitation for the first Super Admin, who is a member once it is accepted. */
      readonly invitation: string;
    }
  /** Another account of ours has this Lever account already: two would order for one opportunity. */
  | { readonly kind: 'lever-account-taken' };

/** A new authorization at Lever, with its tokens. Holds secrets: memory only. */
export interface NewAuthorization extends LeverAuthorization {
  readonly environment: Environment;
  /** Lever's account id; empty where the token does not name it. */
  readonly leverAccountId: string;
  readonly grant: NewGrant;
}

/**
 * How storing an authorization ended. `taken`: another account of ours has this Lever account, and two would order for
 * one opportunity. `gone`: the connection is disconnected, not there, or was meanwhile connected to another Lever account
 * or environment. Both store nothing.
 */
export type LeverConnecting = 'connected' | 'taken' | 'gone';

/** Accounts' links to both vendors. Throws `PortError` `unavailable`. */
export interface Connections {
  /** Makes an account, its connection and an invitation for its first Super Admin, or nothing. */
  createAccount(account: NewAccount, now: Instant): Promise<AccountCreation>;
  /** One connection; null where there is none of that id. */
  read(connectionId: ConnectionId): Promise<Connection | null>;
  /** The connections of an account, the newest first, disconnected ones too. */
  ofAccount(accountId: AccountId): Promise<readonly Connection[]>;
  /** All connections that are not disconnected. */
  list(): Promise<readonly Connection[]>;
  /**
   * What belongs to the key in Lever's webhook URL; null for an unknown key. May be a few seconds old unless `fresh`.
   * Throws `unavailable` also where a secret cannot be unsealed: verification is never skipped.
   */
  leverEntrance(key: string, options: { readonly fresh: boolean }): Promise<LeverEntrance | null>;
  /** The connection behind the key in Turn's webhook URL; null for an unknown key. */
  turnEntrance(key: string): Promise<Connection | null>;
  /** The address Turn posts to, for `callback_url`: the key of this connection. */
  turnKey(connectionId: ConnectionId): Promise<string>;
  /** Turn's token of the connection. Throws `unauthorized` where there is none. */
  turnToken(connectionId: ConnectionId): Promise<string>;
  /** What was found out about the stage that settings of `revision` name; nothing where somebody saved since. */
  saveTriggerStage(connectionId: ConnectionId, stage: TriggerStage, revision: number): Promise<void>;
  savePackages(connectionId: ConnectionId, packages: KeptPackages): Promise<void>;
  /** Has no effect on a vendor that was never connected. */
  saveHealth(connectionId: ConnectionId, vendor: 'lever' | 'turn', health: VendorHealth): Promise<void>;
  /** Stops or resumes ordering. Resuming sets `orderingSince`. */
  savePaused(connectionId: ConnectionId, pausedAt: Instant | null, now: Instant): Promise<void>;
  /**
   * Stores an authorization at Lever, the first or a new one of the same Lever account: Lever works, ordering starts over
   * at `now`, a sweep is due at once. What was held before the Lever account was known goes along with it. A refresh of
   * the old pair that is under way has no effect.
   */
  connectLever(
    connectionId: ConnectionId,
    authorization: NewAuthorization,
    now: Instant,
  ): Promise<LeverConnecting>;
  /**
   * Erases the tokens of both vendors and the signature tokens, marks the connection, and gives its account a fresh one
   * that is not connected, with new keys and the same settings (but no Lever user to write as): at once or not at all.
   * The old keys are known further on. False where it is disconnected already or not there.
   */
  disconnect(connectionId: ConnectionId, now: Instant): Promise<boolean>;
  /** Notes that Turn's webhook works. Cheap when called often. */
  saveTurnWebhookSeen(connectionId: ConnectionId, at: Instant): Promise<void>;
  /** Counts a ping that was answered; `signedAt`: when it came, where its signature fits. */
  countPing(connectionId: ConnectionId, signedAt: Instant | null): Promise<void>;
  /** Counts a refused request; keeps the last 20 with their reason and time, without content. */
  countRefused(connectionId: ConnectionId, reason: RejectReason, at: Instant): Promise<void>;
  /** Counts of pings and refused requests, newest samples first. */
  readCounters(connectionId: ConnectionId): Promise<EntranceCounters>;
}

/** What came to a connection's door without becoming a delivery. */
export interface EntranceCounters {
  readonly pings: number;
  readonly refused: Readonly<Partial<Record<RejectReason, number>>>;
  readonly samples: readonly { readonly reason: RejectReason; readonly at: Instant }[];
}
