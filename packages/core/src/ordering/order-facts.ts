import type { Check } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { DeliverySource, Waiver } from '../delivery.ts';
import type { Instant, PackageId } from '../ids.ts';
import type { OpenPackage } from '../ports/checks.ts';
import type { HoldReason, IgnoreReason } from '../reason.ts';
import type { TrailStep } from '../trail.ts';
import type { OpportunityReading } from './opportunity.ts';
import type { PackageList } from './package-choice.ts';

/** What we already hold about the opportunity's newest order. */
export type ExistingCheck = Pick<Check, 'orderNumber' | 'phase' | 'dismissedAt' | 'hold' | 'status'>;

/** Everything a decision looks at, gathered beforehand. */
export interface OrderFacts {
  readonly now: Instant;
  readonly connection: Pick<
    Connection,
    'environment' | 'settings' | 'triggerStage' | 'orderingSince' | 'pausedAt' | 'lever' | 'turn'
  >;
  /** Whether Turn is on this machine: an emulator that costs nothing. */
  readonly turnIsLocal: boolean;
  readonly source: DeliverySource;
  /** When it was told: what a person ended later ends a person's wish as well. */
  readonly receivedAt: Instant;
  readonly waivers: readonly Waiver[];
  /** How many a sweep or resume found together. */
  readonly foundTogether: number;
  /** Which order a person asks for; null: the newest, or the first. */
  readonly orderNumber: number | null;
  /** Null where ordering is impossible anyway, so that Lever was not asked. */
  readonly reading: OpportunityReading | null;
  readonly existing: ExistingCheck | null;
  /** When a person last cancelled or discarded an entry; null: never, or this delivery was reopened since. */
  readonly turnedDownAt: Instant | null;
  /** Packages of open checks of the same contact on other opportunities. */
  readonly openElsewhere: readonly OpenPackage[];
  readonly packages: PackageList;
  /** Other order rows of this connection that were decided within the last 60 minutes. */
  readonly ordersInLastHour: number;
}

/** What Turn is asked to do for a candidate. In memory only. */
export interface OrderRequest {
  readonly packageId: PackageId | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** Eleven digits, or null where Lever has no valid US or Canadian number. */
  readonly phone: string | null;
}

/** What should happen, with its reason. `trail` holds every step with the values seen. */
export type OrderDecision = { readonly trail: readonly TrailStep[]; readonly enteredAt: Instant | null } & (
  | { readonly kind: 'order'; readonly request: OrderRequest; readonly invalidTags: readonly string[] }
  | { readonly kind: 'ignore'; readonly reason: IgnoreReason }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly details: readonly string[] }
);

/** The order limits that are not settings. Times in ms. */
export interface OrderGuards {
  /** Older entries are offered, not ordered. */
  readonly oldestEntry: number;
  /** A sweep or resume that finds more orders nothing by itself. */
  readonly mostFoundTogether: number;
  /** Leaving again within max(wait, this) of the entry counts as a slip of the hand. */
  readonly slip: number;
}

/** The guards of the product rules: 24 h, 20, 30 s. */
export const orderGuards: OrderGuards = { oldestEntry: 24 * 3_600_000, mostFoundTogether: 20, slip: 30_000 };
