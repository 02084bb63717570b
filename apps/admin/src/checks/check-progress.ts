import { type ReasonCode, reasonOf, reasons } from '@turn-lever/core/reason';

/** How far an order has come, and what Turn says of it as far as the person may see it. */
export interface ProgressFacts {
  readonly phase: 'held' | 'ready' | 'sending' | 'unknown' | 'ordered' | 'dismissed';
  /** The word that Lever shows, or a neutral one; null until Turn was read once. */
  readonly status: string | null;
  /** A reason code; null where nothing holds the check. */
  readonly holdReason: string | null;
}

/** A check's progress, for people. */
export interface CheckProgress {
  readonly tone: 'good' | 'warning' | 'bad' | 'neutral' | 'info';
  readonly word: string;
  /** Why; null where the word says it all. */
  readonly sentence: string | null;
}

const isReason = (code: string): code is ReasonCode => Object.hasOwn(reasons, code);

const hold = (code: string | null): string | null => {
  if (code === null || !isReason(code)) return null;
  return `${reasonOf(code).text}.`;
};

// Every other word of Turn's is on its way, or one we have no opinion on.
const tones: Readonly<Record<string, CheckProgress['tone']>> = {
  Clear: 'good',
  'Report Ready': 'warning',
  Consider: 'warning',
  'First Notice': 'warning',
  'Second Notice': 'warning',
  Dispute: 'warning',
  Resolved: 'warning',
  Rejected: 'warning',
  Withdrawn: 'neutral',
  Done: 'neutral',
};

/** A check's progress in words. */
export const checkProgress = ({ phase, status, holdReason }: ProgressFacts): CheckProgress => {
  switch (phase) {
    case 'held':
      return { tone: 'warning', word: 'Waits', sentence: hold(holdReason) };
    case 'ready':
    case 'sending':
      return { tone: 'info', word: 'Being ordered', sentence: null };
    case 'unknown':
      return { tone: 'info', word: 'Being looked up', sentence: hold('waiting.answer') };
    case 'dismissed':
      return { tone: 'neutral', word: 'Not ordered', sentence: null };
    default:
      return { tone: tones[status ?? ''] ?? 'info', word: status ?? 'Ordered', sentence: null };
  }
};
