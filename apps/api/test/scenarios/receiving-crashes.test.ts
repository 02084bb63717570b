import { openDatabaseLine } from '@turn-lever/db/testing/database-line';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { startCrashing } from '../child-program.ts';
import { createWorld, eventually } from '../world.ts';
import { moveSilently, post, rowsOf, settled, stageChange } from './post.ts';

describe('Power cut while receiving', () => {
  test.each([
    ['R1 between commit and answer', 'after', 1],
    ['R2 before the commit', 'before', 0],
  ] as const)(
    '%s: no 200 was sent, Lever’s next try is taken, one row, one order',
    async (_title, when, rows) => {
      const databaseUrl = await createDatabase(inject('postgresUrl'));
      const world = await createWorld({ databaseUrl, leverRetries: [0, ...Array<number>(60).fill(500)] });
      try {
        const account = await world.account();
        await world.sweptByItself(account.connectionId);
        await world.stop();
        const first = await startCrashing(world.url, world.variables, {
          port: 'inbox',
          method: 'receive',
          when,
          call: 1,
        });
        const id = account.add();
        const [delivery] = account.lever.moveOpportunity(id, account.stage);
        expect(await first.ended()).toBe('SIGKILL');
        expect(delivery?.attempts[0]?.status).toBeNull();
        expect(await rowsOf(world, delivery?.body.token ?? '')).toBe(rows);

        const second = await startCrashing(world.url, world.variables, null);
        await account.inPhase(id, 'ordered');
        await world.lever.idle();
        expect(delivery?.attempts.length).toBeGreaterThan(1);
        expect(delivery?.attempts.at(-1)?.status).toBe(200);
        expect(await rowsOf(world, delivery?.body.token ?? '')).toBe(1);
        expect(account.ordersOf(id)).toHaveLength(1);
        expect(await second.end('SIGTERM')).toBe(0);
        world.addLog(first.said());
        world.addLog(second.said());
        await world.restart();
        await audit(world, [account]);
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
