import { vi } from 'vitest';

// ms. What takes half a second has taken ten on a busy machine; how busy it is must not decide a test.
const patience = 60_000;

/** Waits until `look` no longer throws, and answers what it gave. Polls; fails with the last error after a minute. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: patience, interval: 20 });
