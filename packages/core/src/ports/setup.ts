import type { Environment } from '../connection.ts';
import type { ConnectionId, Instant } from '../ids.ts';
import type { TriggerStage } from '../ordering/stage-rule.ts';
import type { RejectReason } from '../reason.ts';
import type { Settings } from '../settings.ts';

/** What may be told of a secret that is kept. */
export interface KeptSecret {
  /** Its last four characters; null where it is too short to tell so many, or cannot be read. */
  readonly endsIn: string | null;
  /** The name of the person who saved it; null: the command line, or somebody who is gone. */
  readonly savedBy: string | null;
  readonly savedAt: Instant;
}

/** What came to the address of Lever's webhook last. */
export interface Heard {
  readonly lastSigned: { readonly kind: 'ping' | 'event'; readonly at: Instant } | null;
  readonly lastRefused: { readonly reason: RejectReason; readonly at: Instant } | null;
}

/** How far a connection is set up, beside what `Connection` tells. */
export interface SetupState extends Heard {
  /** The last parts of the webhook URLs. */
  readonly leverKey: string;
  readonly turnKey: string;
  /** Names of people; null: nobody yet, or somebody who is gone. */
  readonly settingsChangedBy: string | null;
  readonly authorizedBy: string | null;
  readonly settingsChangedAt: Instant | null;
  /** The signature token that a person pasted, and until when the one before it is accepted. */
  readonly pastedSecret: (KeptSecret & { readonly previousValidUntil: Instant | null }) | null;
  /** Webhooks that we made and can verify. */
  readonly createdWebhookIds: readonly string[];
  readonly turnToken: KeptSecret | null;
  readonly turnAccountName: string | null;
  /** Pings that were answered, signed or not. */
  readonly pings: number;
  readonly refused: Readonly<Partial<Record<RejectReason, number>>>;
}

/** Settings as a person saves them. */
export interface SettingsSave {
  /** The revision that they were made from. */
  readonly revision: number;
  readonly settings: Settings;
  readonly triggerStage: TriggerStage;
  /** Whether another stage starts checks from now on: then ordering begins anew. */
  readonly isOtherStage: boolean;
  readonly personId: string;
}

/** A new token of Turn's that was found to work. Holds a secret. */
export interface NewTurnToken {
  readonly token: string;
  readonly accountName: string;
  readonly personId: string;
}

/** How saving a pasted signature token ended. `same`: it is the one that is saved. `gone`: disconnected, or not there. */
export type SecretSave = 'saved' | 'same' | 'gone';

/**
 * What Super Admins set up on a connection: settings and secrets. Every change is one transaction, and told to every
 * process once it is committed. A disconnected connection takes nothing. Throws `PortError` `unavailable`.
 */
export interface Setup {
  /** Null where there is no such connection. */
  read(connectionId: ConnectionId): Promise<SetupState | null>;
  /** Cheap: asked each second by every open settings page. */
  lastHeard(connectionId: ConnectionId): Promise<Heard>;
  /** The new revision; null where somebody saved since `revision`, and nothing was changed. */
  saveSettings(connectionId: ConnectionId, save: SettingsSave, now: Instant): Promise<number | null>;
  /** False where Lever was authorized meanwhile: the environment is fixed then. */
  saveEnvironment(connectionId: ConnectionId, environment: Environment): Promise<boolean>;
  /** The one before it stays valid for 24 h. */
  saveWebhookSecret(connectionId: ConnectionId, secret: string, personId: string): Promise<SecretSave>;
  /** Begins the creation of a webhook, for at most `leaseMs`: one at a time. False where another one is under way. */
  beginWebhook(connectionId: ConnectionId, leaseMs: number): Promise<boolean>;
  /** Ends it without a webhook. */
  giveUpWebhook(connectionId: ConnectionId): Promise<void>;
  /**
   * Ends it with one, whose token verifies from now on. Tokens of others that we made stay valid for 24 h. False where the
   * connection was disconnected meanwhile.
   */
  saveWebhook(
    connectionId: ConnectionId,
    webhook: { readonly id: string; readonly signatureToken: string },
    personId: string,
  ): Promise<boolean>;
  /**
   * Turn works from now on. Where it did not, ordering begins anew at `now`. The kept package list is dropped: another
   * account may have another one. False where the connection is disconnected.
   */
  saveTurnToken(connectionId: ConnectionId, token: NewTurnToken, now: Instant): Promise<boolean>;
}
