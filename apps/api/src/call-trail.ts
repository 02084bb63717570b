import { AsyncLocalStorage } from 'node:async_hooks';
import type { VendorCall } from '@turn-lever/core/trail';

/** Notes which calls to vendors were made on the way of one delivery or check. */
export interface CallTrail {
  /** A `fetch` that notes each call; the path is kept, the query, the headers and the bodies are not. */
  observe(vendor: VendorCall['vendor'], fetch: typeof globalThis.fetch): typeof globalThis.fetch;
  /** Runs `work` and hands `done` the calls it made, also where it throws. */
  collect<Result>(
    work: () => Promise<Result>,
    done: (calls: readonly VendorCall[]) => Promise<void>,
  ): Promise<Result>;
}

/** Makes a trail of calls. `now` in ms. */
export const createCallTrail = (now: () => number): CallTrail => {
  const current = new AsyncLocalStorage<VendorCall[]>();
  return {
    observe: (vendor, fetch) => async (input, init) => {
      const at = now();
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
      const note = (status: number | null): void => {
        current.getStore()?.push({ vendor, method, path: pathname, status, ms: now() - at, at });
      };
      try {
        const response = await fetch(input, init);
        note(response.status);
        return response;
      } catch (error) {
        note(null);
        throw error;
      }
    },
    collect: async (work, done) => {
      const calls: VendorCall[] = [];
      try {
        return await current.run(calls, work);
      } finally {
        await done(calls);
      }
    },
  };
};
