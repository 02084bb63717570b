/** Runs one step again and again: every so often, and soon after each kick. */
export interface Relay {
  /** Runs the step soon. Kicks that come while it runs make it run once more. */
  kick(): void;
  /** Waits for the step under way; none begins after it. */
  stop(): Promise<void>;
}

// ms. Kicks come with every finished job; this is how long they gather.
const breath = 20;

/** Starts at once. `every` in ms, from the end of one step to the beginning of the next. `step` must not reject. */
export const startRelay = (step: () => Promise<void>, every: number): Relay => {
  let isStopped = false;
  let isKicked = true;
  let wake = (): void => {};

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async (): Promise<void> => {
    while (!isStopped) {
      isKicked = false;
      await step();
      if (!isStopped) await pause(isKicked ? breath : every);
    }
  };
  const running = run();

  return {
    kick: () => {
      if (isKicked) return;
      isKicked = true;
      wake();
    },
    stop: async () => {
      isStopped = true;
      wake();
      await running;
    },
  };
};
