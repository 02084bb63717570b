import type { Check, Hold, Shown, WriteBackStop } from '../check.ts';
import type {
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  Instant,
  OpportunityId,
  PackageId,
  TurnId,
  WorkerId,
} from '../ids.ts';
import type { HoldReason } from '../reason.ts';
import type { KnownStatus } from '../status/status-transition.ts';
import type { LeasedDelivery } from './inbox.ts';

/** Which order a row is for, and what caused it. */
export interface CheckSubject {
  readonly opportunityId: OpportunityId;
  readonly contactId: ContactId | null;
  readonly orderNumber: number;
  /** Null where a sweep adopts a check that nothing here decided. */
  readonly deliveryId: DeliveryId | null;
  readonly correlationId: CorrelationId;
  /** For the console only, kept while the check is open plus retention; null where it was not read. */
  readonly displayName: string | null;
  /** Our status tags as just seen on the opportunity; null where it was not read, so that what we knew stays. */
  readonly statusTags: readonly string[] | null;
}

/** A check with what the console calls the candidate; null where the name is not kept (any more). */
export interface ListedCheck {
  readonly check: Check;
  readonly displayName: string | null;
}

/** What is ordered, without the person. */
export interface OrderTerms {
  readonly packageId: PackageId | null;
  readonly invalidTags: readonly string[];
}

/** What an open check was ordered with; null is Turn's own default. An order that was adopted may be of any package. */
export type OpenPackage = PackageId | null | 'unknown';

/** One order of an opportunity. */
export type PlacedOrder = Pick<Check, 'opportunityId' | 'orderNumber'>;

/** Whose decision it is, and what it knew: without either it is nobody's, as of an order that Turn already has. */
export interface Decider {
  readonly leased: LeasedDelivery;
  /** `dismissedAt` of the order's row as the decision read it; null also where there was no row. */
  readonly dismissedAt: Instant | null;
}

/** The delivery that a decision is for was taken over or ended meanwhile: nothing was written. */
export class LeaseLostError extends Error {
  constructor() {
    super('The delivery of this decision is no longer leased to it.');
    this.name = 'LeaseLostError';
  }
}

/** The right to sync one check until it lapses. A late write under a lapsed lease has no effect. */
export interface LeasedCheck {
  readonly check: Check;
  readonly lease: string;
}

/** What one sync has learned so far; a field left out stays as it is. */
export interface SyncProgress {
  readonly status?: KnownStatus;
  readonly workerId?: WorkerId;
  readonly turnId?: TurnId;
  /** Null: the provider's address is not fit to be shown. */
  readonly reportUrl?: string | null;
  readonly shown?: Shown;
  readonly writeBackStop?: WriteBackStop;
}

/**
 * Orders and the checks behind them. At most one row for each (environment, Lever account, opportunity, order number):
 * a unique index decides every race. Throws `PortError` `unavailable`; `rejected` where the order belongs to an earlier
 * connection to the same Lever account.
 */
export interface Checks {
  /** The newest order on an opportunity; null where there is none. */
  newest(connectionId: ConnectionId, opportunityId: OpportunityId): Promise<Check | null>;
  /** One check; null where the connection has none of that id. */
  read(connectionId: ConnectionId, checkId: CheckId): Promise<Check | null>;
  /**
   * Packages of the contact's checks that are ready, on their way or not settled, other opportunities only; also those
   * of earlier connections of the account to the same environment.
   */
  openElsewhere(
    connectionId: ConnectionId,
    contactId: ContactId,
    except: OpportunityId,
  ): Promise<readonly OpenPackage[]>;
  /**
   * How many rows were last made ready to order at or after `since`. `except`: the row that is being decided, which must
   * not stand in its own way; null: none.
   */
  countOrdersSince(connectionId: ConnectionId, since: Instant, except: CheckId | null): Promise<number>;
  /** The newest checks of a connection first, at most `limit`, made before the check `before`; null: from the newest on. */
  list(
    connectionId: ConnectionId,
    page: { readonly before: CheckId | null; readonly limit: number },
  ): Promise<readonly ListedCheck[]>;
  /** Checks held for any reason, oldest first. */
  listHeld(connectionId: ConnectionId): Promise<readonly Check[]>;
  /** How many are ordered or about to be and have no result yet, and how many are held. */
  countStanding(connectionId: ConnectionId): Promise<{ readonly open: number; readonly held: number }>;
  /** The orders of these opportunities that were placed or are on their way: `sending`, `unknown` or `ordered`. */
  known(
    connectionId: ConnectionId,
    opportunityIds: readonly OpportunityId[],
  ): Promise<readonly PlacedOrder[]>;

  /**
   * Holds an order: makes its row, or gives a held, ready or dismissed one this reason (`since` stays while the reason
   * does), and no longer counts as an order. A row that is further along is left alone, and so is one that was dismissed
   * since the decider read it; when it was dismissed stays known. Makes the check due for a sync, so that Lever shows it.
   * Throws `LeaseLostError` where the decider's delivery is no longer its own.
   */
  hold(
    connectionId: ConnectionId,
    subject: CheckSubject,
    reason: HoldReason,
    details: readonly string[],
    decider?: Decider,
  ): Promise<Check>;
  /**
   * Decides an order: makes its row, or turns a held or dismissed one `ready`. One that is `ready` already counts as an
   * order from now on: it is about to be tried again. Leaves alone and throws as `hold` does.
   */
  makeReady(
    connectionId: ConnectionId,
    subject: CheckSubject,
    terms: OrderTerms,
    decider?: Decider,
  ): Promise<Check>;
  /** Ends a held or ready row without an order, on a person's word (`dismissedAt`), and makes it due for a sync. False where it was neither. */
  dismiss(connectionId: ConnectionId, checkId: CheckId): Promise<boolean>;
  /**
   * Ends a held or ready row because its cause is gone from Lever's record: no person said so, and a later entry counts.
   * False also where the delivery is no longer leased so.
   */
  end(connectionId: ConnectionId, checkId: CheckId, leased?: LeasedDelivery): Promise<boolean>;
  /**
   * The one-shot claim before the order is posted: `ready` → `sending`. True for exactly one caller, ever, unless
   * `release` gave it back, and for nobody whose delivery is no longer leased so. Should nobody record an outcome, the check is due for a look-up `lookUpAfterMs` later.
   */
  claim(
    connectionId: ConnectionId,
    checkId: CheckId,
    lookUpAfterMs: number,
    leased?: LeasedDelivery,
  ): Promise<boolean>;
  /** `sending` → `ready`: the post certainly was not carried out. */
  release(connectionId: ConnectionId, checkId: CheckId): Promise<void>;
  /** `sending` → `held`: Turn refused. Due for a sync. */
  refuse(connectionId: ConnectionId, checkId: CheckId, hold: Pick<Hold, 'reason' | 'details'>): Promise<void>;
  /** Any phase before `ordered` → `ordered`, and due for a sync at once. `adopted`: found at Turn, so Lever may show it already. */
  recordOrdered(
    connectionId: ConnectionId,
    checkId: CheckId,
    workerId: WorkerId,
    how: 'posted' | 'adopted',
  ): Promise<void>;
  /** `sending` or `unknown` → `unknown`; counts a look-up where `lookedUp`; due again at `nextSyncAt`; null: a person
   * decides, and the check is marked with the hold reason `held.unknown_result` while its phase stays `unknown`. */
  recordUnknown(
    connectionId: ConnectionId,
    checkId: CheckId,
    next: { readonly lookedUp: boolean; readonly nextSyncAt: Instant | null },
  ): Promise<void>;

  /** Makes the check behind a provider's id due at once. False where the connection has no such check. */
  wake(connectionId: ConnectionId, workerId: WorkerId): Promise<boolean>;
  /** Leases a check for one sync, one at a time; null where it is leased to somebody else or not due. */
  takeSync(checkId: CheckId, leaseMs: number): Promise<LeasedCheck | null>;
  /** Stores progress while the sync goes on. False where the lease has lapsed. */
  saveSync(leased: LeasedCheck, progress: SyncProgress): Promise<boolean>;
  /**
   * Ends the sync. Due again at `nextSyncAt`, or at once where the check was woken meanwhile; null: only when woken.
   * `failed` counts one more failure, otherwise the count starts over.
   */
  finishSync(
    leased: LeasedCheck,
    end: { readonly nextSyncAt: Instant | null; readonly failed: boolean },
  ): Promise<boolean>;
}
