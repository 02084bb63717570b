import type { HoldReason, ReasonCode } from '../../../src/reason.ts';
import { candidateOf, type Model } from '../model.ts';
import { candidateCount, type Look, type LookAtCheck, type TurnState } from '../system-under-test.ts';

/** Turn's states as Lever must show them, written down again here so that the engine's own table is not believed. */
const labels: Record<TurnState, string> = {
  initiated: 'Initiated',
  emailed: 'Emailed',
  consent: 'Consent',
  processing: 'Processing',
  verifying: 'Verifying',
  reviewing: 'Reviewing',
  complianceReview: 'Compliance Review',
  consider: 'Consider',
  firstNotice: 'First Notice',
  secondNotice: 'Second Notice',
  dispute: 'Dispute',
  resolved: 'Resolved',
  clear: 'Clear',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  'unheard-of': 'Foo Bar',
};

const adverse: readonly TurnState[] = [
  'consider',
  'firstNotice',
  'secondNotice',
  'dispute',
  'resolved',
  'rejected',
];

/** States of Turn's in which a report can be read. */
export const withReport: readonly TurnState[] = [...adverse, 'clear'];

/** The one tag of ours for a state of Turn's. */
export const tagFor = (state: TurnState, { setup }: Model): string =>
  `TurnStatus:${setup.neutralAdverse && adverse.includes(state) ? 'Report Ready' : labels[state]}`;

/**
 * Whether nobody here can know more about this order: its answer was lost, or its outcome could not be stored. Then a
 * person decides.
 */
export const isDoubtful = ({ posts, doubtful }: Look, referenceId: string): boolean =>
  doubtful.includes(referenceId) ||
  posts.some((post) => post.referenceId === referenceId && post.end === 'unknown');

/** Whether the database never heard of an order at Turn; it is adopted once somebody looks. */
export const isForgotten = ({ setup }: Model, number: number): boolean =>
  setup.isRestored && number === candidateCount - 1;

/** Why the candidate may wait for a person or for another record; empty: nothing keeps anybody from ordering. */
const causes = (model: Model, number: number): readonly HoldReason[] => {
  const { hasEmail, tags } = candidateOf(model, number);
  const found: HoldReason[] = [];
  if (!hasEmail) found.push('held.missing_data');
  if (tags === 'both') found.push('held.package_unclear');
  if (number < 2) found.push('held.same_person');
  if (model.setup.ordersPerHour < candidateCount) found.push('held.bulk');
  // Whatever kept a candidate for a day leaves an entry that is too old to be ordered by itself.
  if (found.length > 0) found.push('held.backlog');
  return found;
};

/**
 * Whether a candidate who stands in the trigger stage, whom nothing keeps from being ordered and whom nobody turned down,
 * is not ordered all the same, or is held for a cause that is not there. `offered`: who is for a person to order.
 */
export const isWronglyWaiting = (
  model: Model,
  look: Look,
  number: number,
  check: LookAtCheck | undefined,
  offered: ReadonlySet<number>,
): boolean => {
  if (check?.phase === 'ordered') return false;
  if (check?.reason === 'held.unknown_result') return !isDoubtful(look, check.referenceId);
  const { isPaused, isDisconnected } = model.connection;
  const { isTurnedDown, mayBeBacklog } = candidateOf(model, number);
  if (isPaused || isDisconnected || model.isRevoked || isTurnedDown) return false;
  // Also behind a check that was dismissed for an earlier entry.
  const isOffered = mayBeBacklog && offered.has(number);
  if (check === undefined || check.phase === 'dismissed') return !isOffered;
  // Who entered before ordering began is not looked at again by itself, whatever the cause was.
  if (mayBeBacklog && check.phase === 'held') return false;
  const allowed: readonly (ReasonCode | null)[] = causes(model, number);
  return !allowed.includes(check.reason);
};
