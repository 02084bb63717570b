import { setTimeout as sleep } from 'node:timers/promises';

/** Work that goes on after an answer was given, so that tests can wait for its end and closing can stop it. */
export interface BackgroundWork {
  /** Runs it; a rejection after closing is swallowed. */
  start(work: (signal: AbortSignal) => Promise<void>): void;
  /** Resolves once nothing is running. */
  idle(): Promise<void>;
  /** Aborts what is running and waits for it. */
  close(): Promise<void>;
  readonly signal: AbortSignal;
}

export function createBackgroundWork(): BackgroundWork {
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  const idle = async () => {
    while (running.size > 0) await Promise.all(running);
  };
  return {
    signal: stop.signal,
    start(work) {
      const promise = work(stop.signal)
        .catch((error: unknown) => {
          if (!stop.signal.aborted) throw error;
        })
        .finally(() => running.delete(promise));
      running.add(promise);
    },
    idle,
    async close() {
      stop.abort();
      await idle();
    },
  };
}

/** Waits, unless the emulator closes first (then it rejects). Does not keep the process alive. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal, ref: false });
}
