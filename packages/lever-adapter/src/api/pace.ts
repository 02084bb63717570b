import type { ConnectionId, Instant } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';

/** How fast Lever is called. */
export interface PaceLimits {
  /** Calls per second and connection in the long run. */
  readonly perSecond: number;
  /** Calls at once after a quiet time. */
  readonly burst: number;
  /** A call that would have to wait longer, in ms, is refused instead: its caller's lease would lapse. */
  readonly longestWait: number;
}

/** 5/s: half of Lever's 10/s, since a customer's other integrations may share them (`lever-api.md` §4.0). */
export const defaultPace: PaceLimits = { perSecond: 5, burst: 10, longestWait: 30_000 };

/** Spaces the calls of each connection, within this process. */
export interface Pace {
  /** Resolves when the next call may be made. Throws `PortError` `rate-limited` where that is too far away. */
  take(connectionId: ConnectionId): Promise<void>;
  /** Lever said "too many": nobody calls for `retryAfter` ms, or, unsaid, for 1 s, doubling up to 60 s. */
  slowDown(connectionId: ConnectionId, retryAfter: number | null): void;
  /** Lever answered otherwise: the doubling starts over. */
  carryOn(connectionId: ConnectionId): void;
}

interface Bucket {
  /** When the bucket is full again: each call moves it on by one interval. */
  fullAt: Instant;
  pausedUntil: Instant;
  pauses: number;
  refusals: number;
}

/** `now` in ms, from any beginning; `sleep` waits for ms. */
export const createPace = (
  { perSecond, burst, longestWait }: PaceLimits,
  clock: { readonly now: () => number; readonly sleep: (ms: number) => Promise<void> },
): Pace => {
  const interval = 1000 / perSecond;
  const head = (burst - 1) * interval;
  const buckets = new Map<ConnectionId, Bucket>();
  const bucketOf = (connectionId: ConnectionId): Bucket => {
    const known = buckets.get(connectionId);
    if (known !== undefined) return known;
    const bucket: Bucket = { fullAt: 0, pausedUntil: 0, pauses: 0, refusals: 0 };
    buckets.set(connectionId, bucket);
    return bucket;
  };

  return {
    take: async (connectionId) => {
      const bucket = bucketOf(connectionId);
      for (;;) {
        const { pauses } = bucket;
        const from = Math.max(bucket.fullAt, clock.now());
        const wait = from - head - clock.now();
        if (wait > longestWait) {
          const message = 'Too many calls to Lever are waiting';
          throw new PortError('rate-limited', message, { vendor: 'lever', retryAfter: wait });
        }
        bucket.fullAt = from + interval;
        if (wait <= 0) return;
        await clock.sleep(wait);
        // A pause that began meanwhile made all turns void, or everybody who waited would call at its end at once.
        if (bucket.pauses === pauses) return;
      }
    },
    slowDown: (connectionId, retryAfter) => {
      const bucket = bucketOf(connectionId);
      const now = clock.now();
      const wait = retryAfter ?? Math.min(1000 * 2 ** bucket.refusals, 60_000);
      // Calls that were under way together are refused together: that counts once.
      if (now >= bucket.pausedUntil) bucket.refusals = Math.min(bucket.refusals + 1, 10);
      else if (retryAfter === null) return;
      bucket.pausedUntil = Math.max(bucket.pausedUntil, now + wait);
      bucket.fullAt = bucket.pausedUntil + head;
      bucket.pauses += 1;
    },
    carryOn: (connectionId) => {
      bucketOf(connectionId).refusals = 0;
    },
  };
};
