/** Decides by a seed how work in one thread interleaves at its calls to ports. */
export interface Interleaving {
  /** Whether several things go on now. */
  isRacing(): boolean;
  /** Awaited before every call to a port; at once where nothing else goes on. */
  pace(): Promise<void> | undefined;
  /** Does several things at the same time; within another such call they join what goes on already. */
  race(things: readonly (() => Promise<unknown>)[], seed: number): Promise<void>;
}

/** Whole numbers from 0 to below a limit, the same for the same seed (mulberry32). */
const createRandom = (seed: number): ((limit: number) => number) => {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
};

// Microtasks between two steps: about what a use case needs from one call to the next. Who needs more comes later.
const breath = 4;
// A thing that neither ends nor calls a port hangs.
const longestSilence = 10_000;

/** Nothing goes on at the same time until `race`. */
export const createInterleaving = (): Interleaving => {
  const waiting: (() => void)[] = [];
  let isRacing = false;

  const race: Interleaving['race'] = async (things, seed) => {
    if (isRacing) {
      await Promise.all(things.map((thing) => thing()));
      return;
    }
    isRacing = true;
    const random = createRandom(seed);
    const problems: unknown[] = [];
    let left = things.length;
    for (const thing of things) {
      thing()
        .catch((problem: unknown) => {
          problems.push(problem);
        })
        .finally(() => {
          left -= 1;
        });
    }
    for (let silence = 0; left > 0; silence += 1) {
      for (let tick = 0; tick < breath; tick += 1) await undefined;
      const next = waiting.length === 0 ? undefined : waiting.splice(random(waiting.length), 1)[0];
      if (next === undefined) {
        if (silence > longestSilence) throw new Error('Something hangs.');
        continue;
      }
      silence = 0;
      next();
    }
    isRacing = false;
    if (problems.length > 0) throw problems[0];
  };

  return {
    isRacing: () => isRacing,
    pace: () => (isRacing ? new Promise((resolve) => waiting.push(resolve)) : undefined),
    race,
  };
};
