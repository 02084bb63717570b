import type { Instant } from '../ids.ts';
import type { CheckStatus, StatusName } from './check-status.ts';

/** The status of a check as we know it. */
export interface KnownStatus {
  readonly status: CheckStatus;
  /** The provider's own word, kept because `Clear` also covers a person's approval after Consider. */
  readonly raw: string;
  /** Grows with each recheck inside Turn: the same order, started over. */
  readonly generation: number;
  readonly recheckDate: string | null;
  readonly changedAt: Instant;
}

/** What a fresh read at the provider says. */
export interface ObservedStatus {
  readonly status: CheckStatus;
  readonly raw: string;
  readonly recheckDate: string | null;
}

/** Worth a person's look, never a veto: the provider is the source of truth. */
export type StatusAnomaly = 'off-graph' | 'left-withdrawn' | 'unrecognised';

/** What the observation changed. */
export interface StatusChange {
  readonly known: KnownStatus;
  readonly changed: boolean;
  /** A settled check that is open again: recheck, dispute or monitoring. */
  readonly reopened: boolean;
  readonly anomaly: StatusAnomaly | null;
}

const reviews: readonly StatusName[] = ['verifying', 'reviewing', 'complianceReview'];

// `turn-api.md` §4.2. Skips are normal: a basic check can finish within two seconds.
const normalNext: Record<StatusName, readonly StatusName[]> = {
  requested: ['initiated', 'emailed', 'consent', 'processing', ...reviews, 'consider', 'clear', 'withdrawn'],
  initiated: ['emailed', 'consent', 'processing', 'withdrawn'],
  emailed: ['consent', 'processing', ...reviews, 'clear', 'consider', 'withdrawn'],
  consent: ['processing', ...reviews, 'consider', 'clear', 'withdrawn'],
  processing: [...reviews, 'consent', 'consider', 'clear', 'withdrawn'],
  verifying: ['processing', 'reviewing', 'complianceReview', 'consider', 'clear', 'withdrawn'],
  reviewing: [
    'processing',
    'consent',
    ...reviews,
    'consider',
    'clear',
    'firstNotice',
    'rejected',
    'withdrawn',
  ],
  complianceReview: [
    'processing',
    'consent',
    ...reviews,
    'consider',
    'clear',
    'firstNotice',
    'rejected',
    'withdrawn',
  ],
  consider: ['clear', 'firstNotice', 'dispute', ...reviews, 'consent', 'rejected', 'withdrawn', 'processing'],
  firstNotice: ['secondNotice', 'dispute', 'resolved', 'clear', 'rejected', 'withdrawn'],
  secondNotice: ['rejected', 'dispute', 'resolved', 'clear', 'withdrawn'],
  dispute: ['resolved', ...reviews, 'consent', 'consider', 'clear', 'secondNotice', 'rejected', 'withdrawn'],
  resolved: ['clear', 'consider', 'secondNotice', 'rejected', 'withdrawn'],
  clear: ['processing', ...reviews, 'consider', 'firstNotice', 'dispute'],
  rejected: ['processing', 'dispute', 'resolved', 'clear'],
  withdrawn: [],
};

const anomalyOf = (
  from: CheckStatus | null,
  to: CheckStatus,
  sameGeneration: boolean,
): StatusAnomaly | null => {
  if (to.name === 'unrecognised') return 'unrecognised';
  if (from === null || from.name === 'unrecognised' || from.name === to.name) return null;
  if (from.name === 'withdrawn') return 'left-withdrawn';
  if (!sameGeneration && to.name === 'processing') return null;
  return normalNext[from.name].includes(to.name) ? null : 'off-graph';
};

/**
 * Applies a fresh read to what we knew. The latest read always wins, so the order in which webhooks came cannot matter.
 * A changed recheck date starts a new generation, in which going back to `processing` is progress.
 */
export const applyStatus = (
  known: KnownStatus | null,
  observed: ObservedStatus,
  now: Instant,
): StatusChange => {
  const restarted =
    known !== null && observed.recheckDate !== null && observed.recheckDate !== known.recheckDate;
  const changed =
    known === null || known.raw !== observed.raw || known.status.label !== observed.status.label || restarted;
  const wasSettled = known?.status.group === 'settled';
  return {
    known: {
      status: observed.status,
      raw: observed.raw,
      generation: (known?.generation ?? 1) + (restarted ? 1 : 0),
      recheckDate: observed.recheckDate ?? known?.recheckDate ?? null,
      changedAt: changed ? now : known.changedAt,
    },
    changed,
    reopened: wasSettled && observed.status.group !== 'settled',
    anomaly: changed ? anomalyOf(known?.status ?? null, observed.status, !restarted) : null,
  };
};
