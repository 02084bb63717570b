import { candidateOf, type Model } from '../model.ts';
import type { LookAtCheck, TurnState } from '../system-under-test.ts';

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

/** The one tag of ours for a state of Turn's. */
export const tagFor = (state: TurnState, { setup }: Model): string =>
  `TurnStatus:${setup.neutralAdverse && adverse.includes(state) ? 'Report Ready' : labels[state]}`;

const struck = ({ faults }: Model, words: readonly string[]): boolean =>
  Object.entries(faults).some(([kind, count]) => count > 0 && words.some((word) => kind.startsWith(word)));

/** Whether an answer may have been lost about which nobody can know more: then a person decides. */
const mayBeUnknown = (model: Model): boolean =>
  struck(model, ['turn-order-lost', 'process-died', 'database-']);

/**
 * Whether a candidate who stands in the trigger stage, whom nothing keeps from being ordered and whom nobody turned down,
 * is not ordered all the same. `offered`: who is for a person to order.
 */
export const isUndecided = (
  model: Model,
  number: number,
  check: LookAtCheck | undefined,
  offered: ReadonlySet<number>,
): boolean => {
  const candidate = candidateOf(model, number);
  if (check?.phase === 'ordered') return false;
  if (check?.reason === 'held.unknown_result') return !mayBeUnknown(model);
  const { isPaused, isDisconnected } = model.connection;
  if (isPaused || isDisconnected || model.isRevoked) return false;
  if (candidate.isTurnedDown) return false;
  if (candidate.mayBeBacklog && (check === undefined || offered.has(number))) return false;
  switch (check?.reason) {
    case 'held.backlog':
      return !candidate.mayBeBacklog;
    case 'held.missing_data':
      return candidate.hasEmail;
    case 'held.package_unclear':
      return candidate.tags !== 'both';
    case 'held.same_person':
      return number > 1;
    default:
      // In the first three hours everything else is decided again by the sweeps, and nothing fails any more.
      return true;
  }
};
