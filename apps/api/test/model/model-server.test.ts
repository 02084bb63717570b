import { playStory } from '@turn-lever/core/testing/model/run-model';
import type { Story } from '@turn-lever/core/testing/model/steps/step';
import { callWithTokens } from '@turn-lever/core/testing/model/system-under-test';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createRealSystem } from './create-real-system.ts';
import { anySeed, playRealStories, playRegressions } from './play-real-stories.ts';
import { createRealStage, type RealStage } from './real-stage.ts';

let stage: RealStage;
beforeAll(async () => {
  stage = await createRealStage({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => stage.close());

// ms. Where a story fails it is made smaller first.
const timeout = 120_000;

test.each([
  ['a fixed seed', 20261123, 6],
  ['a seed of today', anySeed(), 3],
] as const)(
  'random stories keep every promise on Postgres with two programs, with %s',
  { timeout },
  async (_seed, seed, asked) => {
    const { runs } = await playRealStories(stage, { runs: asked, seed, fewestSteps: 1, mostSteps: 8 });
    expect(runs).toBe(asked);
  },
);

test('a grant of Lever that is lost with a program is told, a person gives a new one, and everything goes on', async () => {
  const story: Story = {
    setup: {
      ordersPerHour: 50,
      waitBeforeOrdering: 0,
      neutralAdverse: false,
      processes: 2,
      isRestored: false,
    },
    steps: [
      // Whichever of them refreshes first.
      { kind: 'crash', process: 0, call: callWithTokens, moment: 'before' },
      { kind: 'crash', process: 1, call: callWithTokens, moment: 'before' },
      { kind: 'move in', candidate: 2 },
      { kind: 'deliver all' },
      { kind: 'work', ms: 360_000, seed: 0 },
    ],
  };
  const { faults } = await playStory({ createSystem: (setup) => createRealSystem(stage, setup) }, story);
  expect(faults).toMatchObject({ 'process-died-with-tokens': 1, 'lever-grant-lost': 1 });
});

test('stories that once broke a promise keep it on Postgres with two programs', () => playRegressions(stage));
