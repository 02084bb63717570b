import type { Delivery, NewDelivery } from '../delivery.ts';
import type { CheckId, ConnectionId, DeliveryId, Instant, OpportunityId } from '../ids.ts';
import type { ReasonCode } from '../reason.ts';
import type { TrailStep } from '../trail.ts';

/**
 * What became of a delivery that was given to the inbox. `reused-key`: stored, but the same key came before with other
 * content, which nobody genuine does.
 */
export type Receipt = 'stored' | 'duplicate' | 'reused-key';

/** The right to work on one delivery until it lapses. A late write under a lapsed lease has no effect. */
export interface LeasedDelivery {
  readonly delivery: Delivery;
  readonly lease: string;
}

/** How a delivery was decided. */
export interface Settlement {
  readonly reason: ReasonCode;
  readonly checkId: CheckId | null;
  readonly trail: readonly TrailStep[];
  /** The entry into the trigger stage that was decided on; null where there was none. */
  readonly enteredAt: Instant | null;
}

/** An entry into the trigger stage, as a sweep finds it. */
export interface StageEntry {
  readonly opportunityId: OpportunityId;
  readonly enteredAt: Instant;
}

/** Deliveries not yet settled, and those that were. Throws `PortError` `unavailable` when storing is impossible. */
export interface Inbox {
  /**
   * Stores a delivery; resolves only once it is committed. A repeat (same connection, key and content) raises the count
   * of the first. Also `unavailable` where more wait to be stored than can be held.
   */
  receive(delivery: NewDelivery): Promise<Receipt>;
  /** Leases a due delivery for `leaseMs`; null where it is settled, not due, or leased to somebody else. */
  take(deliveryId: DeliveryId, leaseMs: number): Promise<LeasedDelivery | null>;
  /** Records the decision. False where the lease has lapsed and somebody else took over. */
  settle(leased: LeasedDelivery, settlement: Settlement): Promise<boolean>;
  /** Puts it back, due at `dueAt`, with one more attempt. False as above. */
  postpone(leased: LeasedDelivery, dueAt: Instant): Promise<boolean>;
  /** Makes a settled delivery due again at once, to be decided anew; as one of `foundTogether`, which stays what it
   * was unless given. False where it does not exist or is due already. */
  reopen(connectionId: ConnectionId, deliveryId: DeliveryId, foundTogether?: number): Promise<boolean>;
  /**
   * Makes a settled delivery due again at once, as it would be for anybody: without waivers and order number. False where
   * it does not exist, is due already, is a person's wish, or where a person has discarded an entry of its opportunity
   * since it was received.
   */
  replay(connectionId: ConnectionId, deliveryId: DeliveryId): Promise<boolean>;
  /** The newest wish of this kind for this order of an opportunity, whatever became of it; null: none. */
  newestWish(
    connectionId: ConnectionId,
    opportunityId: OpportunityId,
    about: { readonly event: string; readonly orderNumber: number },
  ): Promise<Pick<Delivery, 'id' | 'receivedAt'> | null>;
  /**
   * Makes a delivery that waits for its time due at once and waives `wait` for it. False where it is settled, due already,
   * or being decided.
   */
  bringForward(connectionId: ConnectionId, deliveryId: DeliveryId): Promise<boolean>;
  /**
   * Settles a due delivery with `ignored.cancelled`, and whatever else waits for the same opportunity. False where the
   * delivery is settled, or any of them is being decided; then nothing is changed.
   */
  cancel(connectionId: ConnectionId, deliveryId: DeliveryId): Promise<boolean>;
  /**
   * Settles whatever waits for an opportunity with `ignored.cancelled`; how many that were. Null where any of them is
   * being decided; then nothing is changed.
   */
  cancelAll(connectionId: ConnectionId, opportunityId: OpportunityId): Promise<number | null>;
  /**
   * Of these entries those that no delivery has decided on or is about to. A person who cancelled or discarded has
   * decided on every entry until then; `ignored.before_connect` leaves an entry open.
   */
  undecided(connectionId: ConnectionId, entries: readonly StageEntry[]): Promise<readonly StageEntry[]>;
  /**
   * When a person last cancelled or discarded something of an opportunity; null: never, or it was reopened since. Every
   * entry until then is decided.
   */
  turnedDownAt(connectionId: ConnectionId, opportunityId: OpportunityId): Promise<Instant | null>;
  /** How many are due, now or later, and not decided. */
  countWaiting(connectionId: ConnectionId): Promise<number>;
  /** One delivery; null where the connection has none of that id. */
  read(connectionId: ConnectionId, deliveryId: DeliveryId): Promise<StoredDelivery | null>;
}

/** A delivery with what became of it. */
export interface StoredDelivery {
  readonly delivery: Delivery;
  readonly settlement: (Settlement & { readonly settledAt: Instant }) | null;
}
