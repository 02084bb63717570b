import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { expect, inject, test } from 'vitest';
import { playRealStories } from './play-real-stories.ts';
import { createRealStage } from './real-stage.ts';

test('as many random stories as asked for keep every promise on Postgres with two programs', async () => {
  const { runs, seed } = inject('soak');
  const stage = await createRealStage({ databaseUrl: await createDatabase(inject('postgresUrl')) });
  try {
    const tally = await playRealStories(stage, { runs, seed, fewestSteps: 12, mostSteps: 30, isTold: true });
    expect(tally.neverHappened, 'Kinds of fault that never happened').toEqual([]);
  } finally {
    await stage.close();
  }
});
