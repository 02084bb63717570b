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

/**
 * Posts each delivery once, each connection one at a time. Ends when time is up, or when told; throws where a connection
 * ran out of deliveries. The requests are made before the first one leaves: made one by one they took the generator a
 * third of a processor, which both servers then lacked.
 */
export const putLoad = (load: Load): Promise<LoadResult> =>
  new Promise((resolve, reject) => {
    const { url, deliveries, connections, seconds, isEnough } = load;
    const each = Math.floor(deliveries.length / connections);
    const shares: (readonly PreparedDelivery[])[] = [];
    const answersOf = new Map<unknown, { readonly share: readonly PreparedDelivery[]; answers: number }>();
    const acknowledged: PreparedDelivery[] = [];
    const times: number[] = [];
    const at: number[] = [];
    const cannon = autocannon(
      {
        url,
        connections,
        // Ended by us. autocannon's own limit is beyond that.
        duration: seconds + 60,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        // ms. How soon it notices that it shall end.
        sampleInt: 50,
        bailout: 1,
        setupClient: (client) => {
          const share = deliveries.slice(shares.length * each, (shares.length + 1) * each);
          shares.push(share);
          answersOf.set(client, { share, answers: 0 });
          client.setRequests(share.map(({ body }) => ({ body })));
        },
      },
      (error, result) => {
        clearTimeout(timer);
        if (error !== null && error !== undefined) return reject(error);
        const isSpent = [...answersOf.values()].some(({ share, answers }) => answers >= share.length);
        if (isSpent) return reject(new Error('The load ran out of deliveries; prepare more of them.'));
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
    // Answers of one connection come in the order of its requests.
    cannon.on('response', (client, status, _bytes, ms) => {
      const own = answersOf.get(client);
      const delivery = own?.share[own.answers];
      if (own !== undefined) own.answers += 1;
      if (status === 200 && delivery !== undefined) acknowledged.push(delivery);
      times.push(ms);
      at.push(performance.now());
      if (isEnough?.(at.length)) cannon.stop?.();
    });
  });
