import { type CheckStatus, statuses, unrecognisedStatus } from '@turn-lever/core/status/check-status';

// `turn-api.md` §1.6. The trap: `pending` is not "in progress", it is a finished report that somebody must look at.
const known = new Map<string, CheckStatus>([
  ['initiated', statuses.initiated],
  ['emailed', statuses.emailed],
  ['consent', statuses.consent],
  ['processing', statuses.processing],
  ['review__identity', statuses.verifying],
  ['review', statuses.reviewing],
  ['review__qa', statuses.complianceReview],
  ['review__so', statuses.complianceReview],
  ['review__mvr', statuses.complianceReview],
  ['review__cm', statuses.complianceReview],
  ['pending', statuses.consider],
  ['pending__first_notice', statuses.firstNotice],
  ['pending__second_notice', statuses.secondNotice],
  ['pending__dispute', statuses.dispute],
  ['pending__resolved', statuses.resolved],
  ['approved', statuses.clear],
  ['rejected', statuses.rejected],
  ['withdrawn', statuses.withdrawn],
]);

/**
 * Our status for an API `state`. The vocabulary drifts, so a state nobody told us about is carried and not refused: it
 * behaves as its base, the part before `__` (`turn-api.md` §1.6).
 */
export const toCheckStatus = (state: string): CheckStatus => {
  const normal = state.trim().toLowerCase();
  const exact = known.get(normal);
  if (exact !== undefined) return exact;
  const [base = '', ...sub] = normal.split('__');
  if (sub.length === 0) return unrecognisedStatus(state, null);
  if (base === 'review') return statuses.complianceReview;
  // Every sub-state of `pending` we know is a step of the regulated process.
  return unrecognisedStatus(state, base === 'pending' ? statuses.firstNotice : (known.get(base) ?? null));
};
