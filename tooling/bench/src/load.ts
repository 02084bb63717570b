import { performance } from 'node:perf_hooks';
import autocannon from 'autocannon';
import type { PreparedDelivery } from './deliveries.ts';

/** A load to put on a server: bounded in count by the deliveries and in time by `seconds`. */
export interface Load {
  readonly url: string;
  readonly deliveries: readonly PreparedDelivery[];
  readonly connections: number;
  readonly seconds: number;
  /** Called with the number of answers so far; true ends the load. */
  readonly isEnough?: (answers: number) => boolean;
}

/** What a server did under a load. */
export interface LoadResult {
  readonly requestsPerSecond: number;
  /** ms. */
  readonly p99: number;
  /** Each answered 2xx, in the order of the answers. */
  readonly acknowledged: readonly PreparedDelivery[];
  /** Answers that were not 2xx, and connections that broke. */
  readonly failures: number;
}

// autocannon rounds to ms, so the answers are timed and counted here, from the first answer to the last.
const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** Posts each delivery once, each connection one at a time. Ends when all are answered, when time is up, or when told. */
export const putLoad = (load: Load): Promise<LoadResult> =>
  new Promise((resolve, reject) => {
    const { url, deliveries, connections, seconds, isEnough } = load;
    const acknowledged: PreparedDelivery[] = [];
    const times: number[] = [];
    const at: number[] = [];
    let next = 0;
    const cannon = autocannon(
      {
        url,
        connections,
        amount: deliveries.length,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        // ms. How soon it notices that it shall end.
        sampleInt: 50,
        bailout: 1,
        requests: [
          {
            setupRequest: (request, context) => {
              const delivery = deliveries[next++ % deliveries.length];
              return Object.assign(request, { body: Object.assign(context, { delivery }).delivery?.body });
            },
            onResponse: (status, _body, context) => {
              const { delivery } = context as { delivery?: PreparedDelivery };
              if (status === 200 && delivery !== undefined) acknowledged.push(delivery);
            },
          },
        ],
      },
      (error, result) => {
        clearTimeout(timer);
        if (error !== null && error !== undefined) return reject(error);
        const elapsed = ((at.at(-1) ?? 0) - (at[0] ?? 0)) / 1000;
        resolve({
          requestsPerSecond: (at.length - 1) / elapsed,
          p99: percentile(times, 0.99),
          acknowledged,
          failures: result.non2xx + result.errors,
        });
      },
    );
    const timer = setTimeout(() => cannon.stop?.(), seconds * 1000);
    cannon.on('response', (_client, _status, _bytes, ms) => {
      times.push(ms);
      at.push(performance.now());
      if (isEnough?.(at.length)) cannon.stop?.();
    });
  });
