import type { ConnectionId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';

/** How fast one connection may call. `longestWait` in ms. */
export interface PaceLimits {
  readonly perSecond: number;
  readonly burst: number;
  readonly longestWait: number;
}

/** Turn documents no limit; five a second is what we take upon ourselves (`turn-api.md` §1.8). */
export const turnPace: PaceLimits = { perSecond: 5, burst: 10, longestWait: 10_000 };

/**
 * A token bucket per connection, in this process. What it returns resolves when the connection may call.
 *
 * @throws PortError `rate-limited` where it would have to wait longer than `longestWait`: leases are shorter than a queue.
 */
export const createPace = ({ perSecond, burst, longestWait }: PaceLimits) => {
  const interval = 1000 / perSecond;
  // Per connection, when its bucket is full again.
  const fullAt = new Map<ConnectionId, number>();

  return async (connectionId: ConnectionId): Promise<void> => {
    const now = performance.now();
    const from = Math.max(fullAt.get(connectionId) ?? 0, now);
    const wait = from - now - (burst - 1) * interval;
    if (wait > longestWait) {
      throw new PortError('rate-limited', 'Too many calls to Turn are waiting already.', {
        retryAfter: Math.ceil(wait),
        vendor: 'turn',
      });
    }
    fullAt.set(connectionId, from + interval);
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  };
};
