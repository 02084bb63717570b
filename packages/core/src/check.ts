import type { Environment } from './connection.ts';
import type {
  AccountId,
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  Instant,
  NoteId,
  OpportunityId,
  PackageId,
  TurnId,
  WorkerId,
} from './ids.ts';
import type { HoldReason } from './reason.ts';
import type { KnownStatus } from './status/status-transition.ts';

/**
 * How far an order has come. `ready`: decided, not yet claimed. `sending`: claimed by exactly one winner, the answer
 * is not stored. `unknown`: the answer was lost, only look-ups from here on. `ordered`: Turn has it. `dismissed`: a
 * person or Lever's record ended it before it was ordered.
 */
export type CheckPhase = 'held' | 'ready' | 'sending' | 'unknown' | 'ordered' | 'dismissed';

/** Why a check waits, with details that name no person (field names, tags). */
export interface Hold {
  readonly reason: HoldReason;
  readonly details: readonly string[];
  readonly since: Instant;
}

/** A note of ours. `attempted`: its post was begun and its answer not stored, so it is looked for first. */
export type ShownNote =
  | { readonly kind: 'absent' }
  | { readonly kind: 'attempted'; readonly text: string }
  | { readonly kind: 'written'; readonly noteId: NoteId; readonly text: string };

/** The notes a check can have on its opportunity. */
export type NoteKind = 'turnId' | 'report' | 'held';

/** What Lever shows of a check, as far as we know. */
export interface Shown {
  /** Our status tags on the opportunity as last seen. */
  readonly tags: readonly string[];
  /** Tags that did not go away, with how often that was tried. 0: adding it was begun, and it may be there. */
  readonly stubborn: Readonly<Record<string, number>>;
  readonly notes: Readonly<Record<NoteKind, ShownNote>>;
}

/** Nothing of ours in Lever yet. */
export const nothingShown: Shown = {
  tags: [],
  stubborn: {},
  notes: { turnId: { kind: 'absent' }, report: { kind: 'absent' }, held: { kind: 'absent' } },
};

/** Why Lever is no longer written to. */
export type WriteBackStop = 'gone' | 'anonymised' | 'no-access';

/** One background check with its order, as kept. The candidate's name is not part of it. */
export interface Check {
  readonly id: CheckId;
  readonly accountId: AccountId;
  readonly connectionId: ConnectionId;
  readonly environment: Environment;
  readonly opportunityId: OpportunityId;
  readonly contactId: ContactId | null;
  /** 1 for the first order on an opportunity; a person's "order again" makes the next. */
  readonly orderNumber: number;
  readonly referenceId: string;
  /** Null: Turn's own default. */
  readonly packageId: PackageId | null;
  /** Package tags that were present but not valid, as they stood in Lever. */
  readonly invalidTags: readonly string[];
  readonly phase: CheckPhase;
  readonly hold: Hold | null;
  readonly sendingAt: Instant | null;
  readonly orderedAt: Instant | null;
  readonly dismissedAt: Instant | null;
  readonly workerId: WorkerId | null;
  readonly turnId: TurnId | null;
  /** Null until Turn's status was read once. */
  readonly status: KnownStatus | null;
  /** Turn's page of this check, already found fit to show; null while there is none. */
  readonly reportUrl: string | null;
  readonly shown: Shown;
  readonly writeBackStop: WriteBackStop | null;
  /** Whether no later order exists on the opportunity: the newest owns the tag. */
  readonly isNewest: boolean;
  /** Look-ups at Turn since the answer was lost. */
  readonly lookUps: number;
  /** Syncs in a row that did not come through. */
  readonly failures: number;
  readonly nextSyncAt: Instant | null;
  /** The delivery that decided last, so that it can be decided again. */
  readonly deliveryId: DeliveryId | null;
  readonly correlationId: CorrelationId;
  readonly createdAt: Instant;
}
