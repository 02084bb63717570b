import type { Check } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { Delivery, Waiver } from '../delivery.ts';
import type { Action } from '../permission.ts';
import type { HoldReason } from '../reason.ts';
import type { OrderFacts } from './order-facts.ts';

/** The actions that order what is held, by waiving the guard that holds it. */
export type WaivingAction = Extract<Action, 'order anyway' | 'release' | 'order retroactively'>;

const waivable: { readonly [Doing in WaivingAction]: Readonly<Partial<Record<HoldReason, Waiver>>> } = {
  'order anyway': {
    'held.left_stage': 'left-stage',
    'held.same_person': 'same-person',
    'held.test_identity': 'test-identity',
  },
  release: { 'held.bulk': 'bulk' },
  'order retroactively': { 'held.backlog': 'backlog' },
};

/** The guard that an action waives for what is held for this reason; null where it must not be ordered so. */
export const waiverFor = (
  action: WaivingAction,
  { phase, hold }: Pick<Check, 'phase' | 'hold'>,
): Waiver | null => (phase === 'held' && hold !== null ? (waivable[action][hold.reason] ?? null) : null);

/**
 * Whether a person may order once more: the last check has its result, or nobody knows whether it was ordered and the
 * look-ups are over.
 */
export const mayOrderAgain = ({ phase, hold, status }: Pick<Check, 'phase' | 'hold' | 'status'>): boolean => {
  const group = status?.status.group;
  return (
    (phase === 'ordered' && (group === 'settled' || group === 'terminal')) ||
    (phase === 'unknown' && hold?.reason === 'held.unknown_result')
  );
};

/**
 * Whether a delivery may be decided again by whoever may replay. Not a person's wish: it may waive what the one who
 * replays could not, and whoever could may do the same thing again.
 */
export const mayReplay = ({ source }: Pick<Delivery, 'source'>): boolean => source !== 'person';

/** Whether a delivery asks for the order after the newest one, and that is allowed. */
export const asksForNext = ({
  existing,
  orderNumber,
}: Pick<OrderFacts, 'existing' | 'orderNumber'>): boolean =>
  existing !== null && orderNumber === existing.orderNumber + 1 && mayOrderAgain(existing);

/** Which order of the opportunity a decision is about. */
export const orderNumberOf = (facts: Pick<OrderFacts, 'existing' | 'orderNumber'>): number => {
  const newest = facts.existing?.orderNumber ?? 1;
  return asksForNext(facts) ? newest + 1 : newest;
};

/** Whether a check is held for a pause or a broken connection that is over, so that it can be decided again. */
export const isCauseGone = (
  { phase, hold }: Pick<Check, 'phase' | 'hold'>,
  { pausedAt, lever, turn }: Pick<Connection, 'pausedAt' | 'lever' | 'turn'>,
): boolean =>
  phase === 'held' &&
  ((hold?.reason === 'held.paused' && pausedAt === null) ||
    (hold?.reason === 'held.disconnected' && lever === 'working' && turn === 'working'));

/**
 * Whether a new authorization is for the Lever account of the connection. `given` empty: the token does not name it. A
 * connection whose first token did not name one has its own id in the account's place, and takes any.
 */
export const isSameLeverAccount = (
  { id, leverAccountId }: Pick<Connection, 'id' | 'leverAccountId'>,
  given: string,
): boolean => String(leverAccountId) === id || leverAccountId === given;
