import type { Instant } from '../ids.ts';
import type { KnownStatus } from './status-transition.ts';

/** How often Turn is asked while nothing tells us of a change. All in ms. */
export interface PollTimes {
  /** While Turn's webhook has never been seen for the account: polling alone must suffice. */
  readonly webhookUnseen: number;
  readonly waitingOnCandidate: number;
  readonly working: number;
  readonly reportReady: number;
  readonly settled: number;
  /** How long after settling polling goes on. */
  readonly settledFor: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** `turn-api.md` §4.3 (6), and 7.5 min ± a third, so 5 to 10, where no webhook was ever seen. */
export const defaultPollTimes: PollTimes = {
  webhookUnseen: 7.5 * minute,
  waitingOnCandidate: 6 * hour,
  working: hour,
  reportReady: 24 * hour,
  settled: 24 * hour,
  settledFor: 7 * 24 * hour,
};

/**
 * When to look at a check again, or null: never by itself. `jitter` between 0 and 1 spreads the load by a third to
 * either side.
 */
export const nextPollAt = (
  known: KnownStatus,
  facts: {
    readonly now: Instant;
    readonly webhookSeen: boolean;
    readonly jitter: number;
    readonly times: PollTimes;
  },
): Instant | null => {
  const { now, times } = facts;
  const base = pollInterval(known, facts.webhookSeen, now, times);
  return base === null ? null : now + Math.round(base * (2 / 3 + (2 / 3) * facts.jitter));
};

const pollInterval = (
  known: KnownStatus,
  webhookSeen: boolean,
  now: Instant,
  times: PollTimes,
): number | null => {
  const { group, name } = known.status;
  if (group === 'terminal') return null;
  if (group === 'settled') return now - known.changedAt < times.settledFor ? times.settled : null;
  if (!webhookSeen) return times.webhookUnseen;
  if (group === 'decision' || group === 'adverse') return times.reportReady;
  return name === 'emailed' || name === 'consent' || name === 'initiated'
    ? times.waitingOnCandidate
    : times.working;
};
