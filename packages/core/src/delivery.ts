import type {
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  Instant,
  OpportunityId,
  StageId,
} from './ids.ts';
import type { TriggerStage } from './ordering/stage-rule.ts';
import type { IgnoreReason } from './reason.ts';

/** Where a delivery came from. */
export type DeliverySource = 'webhook' | 'sweep' | 'replay' | 'person';

/** A guard that a person has waived for one delivery. */
export type Waiver = 'wait' | 'left-stage' | 'backlog' | 'bulk' | 'same-person' | 'test-identity';

/** What a delivery says happened. A hint: the truth is read from Lever. */
export interface Happening {
  /** Lever's event name, cut to 100 characters; `candidateStageChange` is the one that matters. */
  readonly event: string;
  readonly opportunityId: OpportunityId | null;
  readonly contactId: ContactId | null;
  readonly toStageId: StageId | null;
  readonly triggeredAt: Instant;
}

/** A delivery before it is stored. */
export interface NewDelivery {
  readonly connectionId: ConnectionId;
  readonly source: DeliverySource;
  /** What makes a repeat recognisable: Lever's `token`, or a text of ours for the other sources. */
  readonly key: string;
  /** Digest of what it says: the same key with another digest is one more hint, and an alert. */
  readonly contentDigest: string;
  readonly happening: Happening;
  readonly correlationId: CorrelationId;
  readonly receivedAt: Instant;
  /** When to decide; null where it is settled on arrival with `ignored`. */
  readonly dueAt: Instant | null;
  readonly ignored: IgnoreReason | null;
  readonly waivers: readonly Waiver[];
  /** How many a sweep or resume found together with this one; 1 for all others. */
  readonly foundTogether: number;
  /** Which order of the opportunity a person asks for; null: the newest, or the first. */
  readonly orderNumber: number | null;
}

/** A delivery as kept in the inbox. */
export interface Delivery extends NewDelivery {
  readonly id: DeliveryId;
  /** How often it arrived. */
  readonly count: number;
  /** Tries that did not come to a decision. */
  readonly attempts: number;
}

/** What to do with a genuine happening at once, without asking anybody. */
export type Triage =
  | { readonly kind: 'decide-later' }
  | { readonly kind: 'ignore'; readonly reason: IgnoreReason };

/**
 * Sorts out on arrival what cannot matter, so that it costs no vendor call. While the trigger stage is not resolved
 * every stage change is kept for a decision.
 */
export const triage = (happening: Happening, triggerStage: TriggerStage): Triage => {
  if (happening.event !== 'candidateStageChange') return { kind: 'ignore', reason: 'ignored.event_type' };
  if (happening.opportunityId === null) return { kind: 'ignore', reason: 'ignored.no_opportunity' };
  if (
    triggerStage.kind === 'resolved' &&
    happening.toStageId !== null &&
    happening.toStageId !== triggerStage.id
  ) {
    return { kind: 'ignore', reason: 'ignored.not_trigger_stage' };
  }
  return { kind: 'decide-later' };
};
