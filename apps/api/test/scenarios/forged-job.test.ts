import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { createWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => world.close());

describe('R96 a job that names another account', () => {
  test('is done for the account of its row, and only once the row is due', async () => {
    const [mine, theirs] = [
      await world.account({ settings: { waitBeforeOrdering: 3600 } }),
      await world.account(),
    ];
    const candidate = mine.order();
    const rowOf = async () => {
      const [row] = await world.ask`
        select id::text, state from delivery where connection_id = ${mine.connectionId}`;
      if (row === undefined) throw new Error('not stored yet');
      return row;
    };
    const { id } = await eventually(rowOf);
    const forge = async (name: string): Promise<void> => {
      const data = JSON.stringify({
        id,
        forged: name,
        connectionId: theirs.connectionId,
        accountId: 'theirs',
      });
      await world.ask`insert into pgboss.job (name, data, singleton_key) values
        ('process-delivery', (${data}::text)::jsonb, ${name})`;
      await eventually(async () =>
        expect(await world.ask`select state::text from pgboss.job where data ->> 'forged' = ${name}`).toEqual(
          [{ state: 'completed' }],
        ),
      );
    };
    await forge('early');
    expect(await rowOf()).toMatchObject({ state: 'due' });
    expect(mine.turn.checks).toEqual([]);
    await world.ask`
      update delivery set due_at = now(), queued_at = now(), waivers = '["wait"]' where id::text = ${String(id)}`;
    await forge('due');
    await mine.inPhase(candidate, 'ordered');
    expect(mine.ordersOf(candidate)).toHaveLength(1);
    expect(theirs.turn.checks).toEqual([]);
    expect(
      await world.ask`select id from background_check where connection_id = ${theirs.connectionId}`,
    ).toEqual([]);
  });
});
