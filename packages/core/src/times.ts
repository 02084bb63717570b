import { defaultPollTimes, type PollTimes } from './status/poll-cadence.ts';

/** Every wait of the engine, in ms. One object, so that tests can pass small ones. */
export interface Times {
  /** Longer than all calls that deciding and ordering can make together. */
  readonly deliveryLease: number;
  /** Longer than all calls one sync can make together. */
  readonly syncLease: number;
  /** First wait after a failed try; doubles up to `retryCap`. */
  readonly retryBase: number;
  readonly retryCap: number;
  /** Waits between look-ups of an order whose answer was lost. After the last a person decides. */
  readonly lookUps: readonly number[];
  /** A note whose answer was lost is not looked for before the vendor may have stored it late. */
  readonly lateAnswer: number;
  /** A grant older than this is refreshed before an order, so that a revocation stops orders at once. */
  readonly grantAge: number;
  /** A grant that Lever last renewed longer ago is renewed although nobody uses it; unused ones die. */
  readonly idleGrantAge: number;
  /** A kept package list older than this is read again before a package is called unknown. */
  readonly packageListAge: number;
  /** The window of the hourly order limit. */
  readonly orderWindow: number;
  /** How long the webhook has before a sweep calls an entry missed. */
  readonly sweepGrace: number;
  readonly poll: PollTimes;
}

const second = 1000;
const minute = 60 * second;

/** The product's own times. */
export const defaultTimes: Times = {
  deliveryLease: 2 * minute,
  syncLease: 2 * minute,
  retryBase: 2 * second,
  retryCap: 15 * minute,
  lookUps: [minute, 5 * minute, 15 * minute, 60 * minute],
  lateAnswer: minute,
  grantAge: 10 * minute,
  // Looked at daily, so that no grant is left alone for a week; Lever allows 90 days (`lever-api.md` §2.1).
  idleGrantAge: 5 * 24 * 60 * minute,
  packageListAge: 10 * minute,
  orderWindow: 60 * minute,
  sweepGrace: minute,
  poll: defaultPollTimes,
};

/** Tries after which a delivery is given to a person: about three hours with the default times. */
export const mostAttempts = 20;

/**
 * How long to wait before try `attempt` + 1 (0 is the first failure): doubling, capped, with full jitter (`jitter` from
 * 0 to 1) but never less than half, and never less than the other side asked for.
 */
export const retryDelay = (
  attempt: number,
  facts: {
    readonly jitter: number;
    readonly retryAfter: number | null;
    readonly times: Pick<Times, 'retryBase' | 'retryCap'>;
  },
): number => {
  const ceiling = Math.min(facts.times.retryCap, facts.times.retryBase * 2 ** Math.min(attempt, 30));
  return Math.max(Math.round(ceiling * (0.5 + 0.5 * facts.jitter)), facts.retryAfter ?? 0);
};
