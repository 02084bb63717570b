import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import { freePort } from '@turn-lever/postgres/free-port';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { startCrashing } from '../child-program.ts';
import { eventually } from '../eventually.ts';
import { seldomPolled } from '../quick-times.ts';
import { createWorld, type World } from '../world.ts';
import { moveSilently, post, rowsOf, settled, stageChange } from './post.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: seldomPolled,
  });
});
afterAll(() => world.close());

const hour = 3_600_000;

describe('Repeated deliveries', () => {
  test('R5 the same delivery 50 times at once, to two processes: all 200, one row, one order', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const port = await freePort();
    const otherUrl = `http://127.0.0.1:${port}`;
    const other = await startCrashing(otherUrl, { ...world.variables, PORT: String(port) }, null);
    try {
      const id = account.add();
      moveSilently(account, id, account.stage);
      const body = stageChange(account, id);
      const urls = [account.leverUrl, account.leverUrl.replace(world.url, otherUrl)];
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => post(urls[index % 2] ?? '', body)),
      );
      expect(answers).toEqual(Array(50).fill(200));
      expect(await rowsOf(world, body.token)).toBe(1);
      expect(await settled(world, body.token)).toEqual({ state: 'settled', reason: 'ordered', count: 50 });
      expect(account.ordersOf(id)).toHaveLength(1);
      expect(await other.end('SIGTERM')).toBe(0);
      world.addLog(other.said());
    } finally {
      await other.end('SIGKILL');
    }
    await audit(world, [account]);
  });

  test('R7 two deliveries of one move: two rows, one order, the second says so', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const id = account.add();
    moveSilently(account, id, account.stage);
    const [first, second] = [stageChange(account, id), stageChange(account, id)];
    expect(await post(account.leverUrl, first)).toBe(200);
    expect((await settled(world, first.token)).reason).toBe('ordered');
    expect(await post(account.leverUrl, second)).toBe(200);
    expect((await settled(world, second.token)).reason).toBe('ignored.already_ordered');
    expect(account.ordersOf(id)).toHaveLength(1);
    await audit(world, [account]);
  });

  test('R7 two deliveries of one move at the same instant: two rows, one order', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    let met = 0;
    for (let round = 0; round < 5; round += 1) {
      const id = account.add();
      moveSilently(account, id, account.stage);
      const bodies = Array.from({ length: 2 }, () => stageChange(account, id));
      expect(await Promise.all(bodies.map((body) => post(account.leverUrl, body)))).toEqual([200, 200]);
      const rows = await Promise.all(bodies.map(({ token }) => settled(world, token)));
      const reasons = rows.map(({ reason }) => reason);
      expect(reasons).toContain('ordered');
      // Both say so where the second found the order of the first at Turn before its answer was stored.
      expect(reasons.filter((one) => !['ordered', 'ignored.already_ordered'].includes(one))).toEqual([]);
      expect(await account.inPhase(id, 'ordered')).toMatchObject({ orderNumber: 1 });
      expect(account.ordersOf(id)).toHaveLength(1);
      const [times] = await world.ask`select max(received_at) < min(settled_at) as met from delivery
        where opportunity_id = ${id}`;
      if (times?.met === true) met += 1;
    }
    // Both were there before either was decided.
    expect(met).toBeGreaterThan(0);
    await audit(world, [account]);
  });
});

describe('Many at once', () => {
  test('R8 a bulk move of 500 into the trigger stage: all 200, every one of them a row that waits its turn', async () => {
    const account = await world.account({ settings: { waitBeforeOrdering: 3600 } });
    await world.sweptByItself(account.connectionId);
    const ids = Array.from({ length: 500 }, (_, index) => account.add({ name: `${canary.name} ${index}` }));
    for (const id of ids) account.lever.moveOpportunity(id, account.stage);
    await world.lever.idle();
    const { deliveries } = account.lever;
    expect(deliveries).toHaveLength(500);
    expect(deliveries.every(({ attempts }) => attempts.length === 1 && attempts[0]?.status === 200)).toBe(
      true,
    );
    const rows =
      await world.ask`select state, count from delivery where connection_id = ${account.connectionId}`;
    expect(rows).toEqual(Array(500).fill({ state: 'due', count: 1 }));
    await audit(world, [account]);
  });
});

describe('Nobody works', () => {
  test('R9 no worker for a day: receiving goes on; the young entries are ordered afterwards, the old are for a person', async () => {
    const web = await createWorld({
      databaseUrl: await createDatabase(inject('postgresUrl')),
      variables: { ROLE: 'web' },
    });
    try {
      const account = await web.account();
      await web.setOrderingSince(account.connectionId, Date.now() - 72 * hour);
      const [old, young, gone] = [account.add(), account.add(), account.add()];
      account.lever.moveOpportunity(old, account.stage, { at: Date.now() - 25 * hour });
      account.lever.moveOpportunity(young, account.stage, { at: Date.now() - 23 * hour });
      account.lever.moveOpportunity(gone, account.stage, { at: Date.now() - 23 * hour });
      account.lever.moveOpportunity(gone, 'Offer', { at: Date.now() - 22 * hour });
      await web.lever.idle();
      expect(account.lever.deliveries.map(({ attempts }) => attempts.at(-1)?.status)).toEqual(
        Array(4).fill(200),
      );
      const waiting = await web.ask`select count(*) from delivery where state = 'due'`;
      expect(Number(waiting[0]?.count)).toBe(4);
      expect(account.turn.checks).toHaveLength(0);

      const port = String(await freePort());
      const worker = await startCrashing(
        `http://127.0.0.1:${port}`,
        { ...web.variables, ROLE: 'worker', PORT: port },
        null,
      );
      try {
        await account.inPhase(young, 'ordered');
        await account.held(old, 'held.backlog');
        await account.held(gone, 'held.left_stage');
        expect(account.turn.checks).toHaveLength(1);
        await audit(web, [account]);
        web.addLog(worker.said());
      } finally {
        await worker.end('SIGKILL');
      }
    } finally {
      await web.close();
    }
  });
});

describe('What no webhook told', () => {
  test('R15 Lever never sent the event: a sweep orders once, and the late delivery adds nothing', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const id = account.add();
    moveSilently(account, id, account.stage);
    await world.lever.idle();
    expect(account.lever.deliveries).toHaveLength(0);
    await world.sweep(account.connectionId);
    await account.inPhase(id, 'ordered');
    const rows =
      await world.ask`select source, reason from delivery where connection_id = ${account.connectionId}`;
    expect(rows).toEqual([{ source: 'sweep', reason: 'ordered' }]);

    const late = stageChange(account, id);
    expect(await post(account.leverUrl, late)).toBe(200);
    expect((await settled(world, late.token)).reason).toBe('ignored.already_ordered');
    await world.sweep(account.connectionId);
    expect(account.ordersOf(id)).toHaveLength(1);
    await audit(world, [account]);
  });

  test('R16 a sweep and the webhook at the same instant: one order each time', async () => {
    let sweepHasSeen = (): void => {};
    const racing = await createWorld({
      databaseUrl: await createDatabase(inject('postgresUrl')),
      times: seldomPolled,
      replacePort: (name, port) =>
        name !== 'inbox'
          ? port
          : new Proxy(port, {
              get: (target, property, receiver) => {
                const method = Reflect.get(target, property, receiver) as (
                  ...args: unknown[]
                ) => Promise<unknown>;
                if (property !== 'undecided') return method;
                return (...args: unknown[]) => method(...args).finally(sweepHasSeen);
              },
            }),
    });
    try {
      const account = await racing.account({ settings: { ordersPerHour: 500 } });
      await racing.sweptByItself(account.connectionId);
      for (let round = 0; round < 20; round += 1) {
        const ids = Array.from({ length: 10 }, () => account.add());
        for (const id of ids) moveSilently(account, id, account.stage);
        const seen = new Promise<void>((resolve) => {
          sweepHasSeen = resolve;
        });
        const sweeping = racing.sweep(account.connectionId);
        // Every other time the webhook comes just when the sweep has seen that nobody told of the candidates.
        if (round % 2 === 1) await seen;
        await Promise.all([sweeping, ...ids.map((id) => post(account.leverUrl, stageChange(account, id)))]);
        await Promise.all(ids.map((id) => account.inPhase(id, 'ordered')));
      }
      await audit(racing, [account]);
      expect(account.turn.checks).toHaveLength(200);
      const both = await racing.ask`select opportunity_id from delivery
        group by opportunity_id having count(distinct source) = 2`;
      expect(both.length).toBeGreaterThanOrEqual(100);
    } finally {
      await racing.close();
    }
  });
});

describe('Later', () => {
  test('R6 the same delivery after 2 and after 30 days: a duplicate, and no order even where its row was forgotten', async () => {
    let ahead = 0;
    const later = await createWorld({
      databaseUrl: await createDatabase(inject('postgresUrl')),
      now: () => Date.now() + ahead,
      times: seldomPolled,
    });
    try {
      const account = await later.account();
      await later.sweptByItself(account.connectionId);
      const id = account.add();
      moveSilently(account, id, account.stage);
      const body = stageChange(account, id);
      expect(await post(account.leverUrl, body)).toBe(200);
      await account.inPhase(id, 'ordered');
      await account.atRest(id);
      for (const days of [2, 30]) {
        ahead = days * 24 * hour;
        expect(await post(account.leverUrl, body)).toBe(200);
        expect(await rowsOf(later, body.token)).toBe(1);
      }
      expect(await settled(later, body.token)).toMatchObject({ reason: 'ordered', count: 3 });

      await later.ask`delete from delivery where key = ${body.token}`;
      expect(await post(account.leverUrl, body)).toBe(200);
      const [row] =
        await later.ask`select due_at > now() + interval '29 days' as ahead from delivery where key = ${body.token}`;
      expect(row?.ahead).toBe(true);
      // The database's clock arrives at the same day.
      await later.ask`update delivery set due_at = now() where key = ${body.token}`;
      expect(await settled(later, body.token)).toMatchObject({ reason: 'ignored.already_ordered', count: 1 });
      expect(account.ordersOf(id)).toHaveLength(1);
      ahead = 0;
      await audit(later, [account]);
    } finally {
      await later.close();
    }
  });
});

test('R17 fields that nobody knows are no obstacle', async () => {
  const account = await world.account();
  await world.sweptByItself(account.connectionId);
  const id = account.add();
  moveSilently(account, id, account.stage);
  const body = stageChange(account, id, {
    data: { opportunityId: id, toStageId: account.stage, later: { nested: [1, null] } },
  });
  expect(await post(account.leverUrl, { ...body, id: 'event-1', newField: [true], version: 7 })).toBe(200);
  expect((await settled(world, body.token)).reason).toBe('ordered');
  await eventually(() => expect(account.shown(id).tags).toHaveLength(1));
  await audit(world, [account]);
});
