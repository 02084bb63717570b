import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { describe, expect, inject, test } from 'vitest';
import { createChildWorld } from './child-world.ts';
import { eventually } from './eventually.ts';

const databases: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  ['the embedded database', async () => undefined],
  ['a Postgres server', () => createDatabase(inject('postgresUrl'))],
];

describe.each(databases)('killed on %s', (_title, createDatabaseUrl) => {
  test('R82 after the order was committed at Turn and before its answer was stored: one order, one note, one tag', async () => {
    const databaseUrl = await createDatabaseUrl();
    const world = await createChildWorld(databaseUrl === undefined ? {} : { databaseUrl });
    try {
      const { turn, account } = world;
      turn.faults.add({ route: 'POST /v1/person/search_async', kind: 'no-answer', commit: true });
      const first = await world.plain();
      const id = world.order();
      await eventually(() => expect(account.turn.checks).toHaveLength(1));
      expect(first.hasEnded()).toBe(false);
      await first.end('SIGKILL');
      expect(await first.ended()).toBe('SIGKILL');

      const second = await world.plain();
      await eventually(() => {
        const { tags, notes } = account.lever.opportunity(id);
        expect(tags).toEqual(['Engineering', 'TurnStatus:Emailed']);
        expect(notes.map(({ value }) => value)).toEqual([
          `Turn background check ordered. Turn ID: ${account.turn.checks[0]?.turnId}`,
        ]);
      });
      expect(turn.faults.fired).toEqual([expect.objectContaining({ kind: 'no-answer' })]);
      expect(turn.journal.count('POST /v1/person/search_async')).toBe(1);
      expect(account.turn.checks).toHaveLength(1);
      expect(await second.end('SIGTERM')).toBe(0);
    } finally {
      await world.close();
    }
  });
});
