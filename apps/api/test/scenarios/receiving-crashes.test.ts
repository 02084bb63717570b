import { openDatabaseLine } from '@turn-lever/db/testing/database-line';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { createChildWorld } from '../child-world.ts';
import { eventually } from '../eventually.ts';
import { createWorld } from '../world.ts';
import { moveSilently, post, rowsOf, settled, stageChange } from './post.ts';

describe('Power cut while receiving', () => {
  test.each([
    ['R1 between commit and answer', 'after', 1],
    ['R2 before the commit', 'before', 0],
  ] as const)(
    '%s: no 200 was sent, Lever’s next try is taken, one row, one order',
    async (_title, when, rows) => {
      const world = await createChildWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
      try {
        const first = await world.crashing({ port: 'inbox', method: 'receive', when, call: 1 });
        const id = world.add();
        const [delivery] = world.account.lever.moveOpportunity(id, 'Reference Check');
        const rowsOfToken = async () =>
          (await world.ask`select 1 from delivery where key = ${delivery?.body.token ?? ''}`).length;
        expect(await first.ended()).toBe('SIGKILL');
        await eventually(async () => expect(await rowsOfToken()).toBe(rows));
        expect(delivery?.attempts[0]?.status).toBeNull();

        const second = await world.crashing();
        await world.showing(id, 'Emailed');
        await world.lever.idle();
        expect(delivery?.attempts.length).toBeGreaterThan(1);
        expect(delivery?.attempts.at(-1)?.status).toBe(200);
        expect(await rowsOfToken()).toBe(1);
        world.collectLogs();
        await audit(world, [world.account]);
        expect(await second.end('SIGTERM')).toBe(0);
      } finally {
        await world.close();
      }
    },
  );
});

describe('The database’s answer is lost', () => {
  test('R4 the connection is cut after the commit: 503, the next try meets the same row, one order', async () => {
    const line = await openDatabaseLine(await createDatabase(inject('postgresUrl')));
    const world = await createWorld({ databaseUrl: line.url });
    try {
      const account = await world.account();
      await world.sweptByItself(account.connectionId);
      await post(account.leverUrl, stageChange(account, 'o-0', { event: 'candidateHired' }));
      const id = account.add();
      moveSilently(account, id, account.stage);
      const body = stageChange(account, id);
      line.loseAnswerTo(body.token);
      expect(await post(account.leverUrl, body)).toBe(503);
      expect(line.lost()).toBe(1);
      expect(await rowsOf(world, body.token)).toBe(1);
      expect(await eventually(() => post(account.leverUrl, body))).toBe(200);
      expect(await settled(world, body.token)).toMatchObject({ reason: 'ordered', count: 2 });
      expect(await rowsOf(world, body.token)).toBe(1);
      expect(account.ordersOf(id)).toHaveLength(1);
      await audit(world, [account]);
    } finally {
      await world.close();
      line.close();
    }
  });
});
