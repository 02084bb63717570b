import { vi } from 'vitest';

// ms. What takes half a second has taken ten on a busy machine; how busy it is must not decide a test. A job that was lost
// with its connection is missed after 120 s, when its row counts as due again.
const patience = 135_000;

/** Waits until `look` no longer throws, and answers what it gave. Polls; fails with the last error after two. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: patience, interval: 20 });
