import { expect, test } from 'vitest';
import { createMemorySystem } from '../../testing/model/in-memory/create-memory-system.ts';
import { regressions } from '../../testing/model/regressions.ts';
import { playStory, runModel } from '../../testing/model/run-model.ts';

// About half a second. Thousands: `pnpm soak --runs 10000`.
const runs = 40;
// The same stories each time, so that a red test is red because of the code; the soak looks for others.
const seed = 20_261_123;

test(`whatever people, vendors and faults do, every promise of the product holds (seed ${seed})`, async () => {
  const { tally, failure } = await runModel({ createSystem: createMemorySystem, runs, seed });
  expect(failure, `seed ${seed}: ${JSON.stringify(failure, null, 1)}`).toBeNull();
  expect(tally.runs).toBe(runs);
});

test.each(regressions.map((story) => [story.reason, story] as const))(
  'once found, now it holds: %s',
  async (_reason, story) => {
    await playStory({ createSystem: createMemorySystem }, story);
  },
);
