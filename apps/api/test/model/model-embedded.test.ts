import { afterAll, beforeAll, expect, test } from 'vitest';
import { anySeed, playRealStories, playRegressions } from './play-real-stories.ts';
import { createRealStage, type RealStage } from './real-stage.ts';

let stage: RealStage;
beforeAll(async () => {
  stage = await createRealStage({});
});
afterAll(() => stage.close());

// ms. Where a story fails it is made smaller first.
const timeout = 120_000;

test.each([
  ['a fixed seed', 20261123],
  ['a seed of today', anySeed()],
] as const)(
  'random stories keep every promise on the embedded database, with %s',
  { timeout },
  async (_seed, seed) => {
    const { runs } = await playRealStories(stage, { runs: 6, seed, fewestSteps: 1, mostSteps: 12 });
    expect(runs).toBe(6);
  },
);

test('stories that once broke a promise keep it on the embedded database', () => playRegressions(stage));
