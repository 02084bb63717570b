import process from 'node:process';

/** Prints one line. */
export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

/** One thing that must happen. `seen` answers what to print once it has, and null before. */
export interface Step {
  readonly expected: string;
  readonly seen: () => string | null;
}

/**
 * Tells a story line by line as it happens, with the seconds since its beginning. Throws where a step does not happen
 * within `patience` ms.
 */
export const tell = async (steps: readonly Step[], patience: number): Promise<void> => {
  const begun = Date.now();
  for (const step of steps) {
    const deadline = Date.now() + patience;
    let line = step.seen();
    while (line === null) {
      if (Date.now() > deadline)
        throw new Error(`This did not happen within ${patience / 1000} s: ${step.expected}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      line = step.seen();
    }
    say(`  ${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  }
};
