import { vi } from 'vitest';

/** Waits until `look` no longer throws, and answers what it gave. Polls; fails with the last error after 20 s. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: 20_000, interval: 20 });
