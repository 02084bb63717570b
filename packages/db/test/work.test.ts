import type { ConnectionId, DeliveryId } from '@turn-lever/core/ids';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterEach, expect, test, vi } from 'vitest';
import type { Database } from '../src/database.ts';
import { rowsOf } from '../src/rows-of.ts';
import { connection } from '../src/schema/connection.ts';
import { delivery } from '../src/schema/delivery.ts';
import { queueDueRows } from '../src/work/queue-due-rows.ts';
import { startWork, type Work, type WorkErrorPlace, type WorkHandlers } from '../src/work/start-work.ts';
import { storeAccount } from '../testing/an-account.ts';
import { eachDatabase } from '../testing/databases.ts';
import { removeRows, settle, storeCheck, storeDue } from './work-rows.ts';

const hour = 3_600_000;
const patient = { timeout: 20_000 };

eachDatabase((database, kind) => {
  const started: Work[] = [];
  afterEach(async () => {
    await Promise.all(started.splice(0).map((work) => work.stop(1000)));
    await removeRows(database());
  });

  const start = async (
    handlers: Partial<WorkHandlers>,
    options: Partial<Parameters<typeof startWork>[1]> = {},
  ): Promise<Work> => {
    const nothing = async () => {};
    const work = await startWork(database(), {
      handlers: {
        processDelivery: nothing,
        syncCheck: nothing,
        sweepConnection: nothing,
        keepGrantAlive: nothing,
        ...handlers,
      },
      onError: (error, place) => {
        throw new Error(`Unexpected at ${JSON.stringify(place)}: ${error}`);
      },
      ...options,
      times: { relayEvery: 50, ...options.times },
    });
    started.push(work);
    return work;
  };
  /** Notes what it was called with, and settles it. */
  const aSettler = () => {
    const done: DeliveryId[] = [];
    return {
      done,
      processDelivery: async (id: DeliveryId) => {
        done.push(id);
        await settle(database(), id);
      },
    };
  };
  const seesAll = (done: readonly string[], ids: readonly string[]) =>
    vi.waitFor(() => expect(done.toSorted()).toEqual(ids.toSorted()), patient);

  test('every due row becomes one job, in whatever table it stands', async () => {
    const connectionId = await storeAccount(database());
    const [ready] = await storeDue(database(), 1);
    const checkId = await storeCheck(database(), connectionId, { nextSyncAt: Date.now() - 1 });
    await storeCheck(database(), connectionId, { nextSyncAt: null });
    const seen: string[] = [];
    const note = async (id: string) => {
      seen.push(id);
    };
    await start({ processDelivery: note, syncCheck: note, sweepConnection: note });
    await seesAll(seen, [ready ?? '', checkId, connectionId]);
  });

  test('a row gets no second job while its first one is young, although it is still due', async () => {
    const [undecided] = await storeDue(database(), 1);
    const seen: string[] = [];
    await start({
      processDelivery: async (id) => {
        seen.push(id);
      },
    });
    // That later rows are done shows that the relay has looked again since.
    for (let round = 0; round < 3; round++) {
      const [later = ''] = await storeDue(database(), 1);
      await vi.waitFor(() => expect(seen).toContain(later), patient);
    }
    expect(seen.filter((id) => id === undecided)).toHaveLength(1);
  });

  test('what is not due, settled or leased gets no job', async () => {
    const soon = Date.now() + hour;
    await storeDue(database(), 1, { dueAt: soon });
    await storeDue(database(), 1, { state: 'settled', reason: 'ordered' });
    await storeDue(database(), 1, { lease: 'lease', leaseUntil: soon });
    const [due = ''] = await storeDue(database(), 1, { lease: 'lapsed', leaseUntil: Date.now() - 1 });
    const { done, processDelivery } = aSettler();
    await start({ processDelivery });
    await seesAll(done, [due]);
  });

  test('a row whose job died gets another', async () => {
    const [id = ''] = await storeDue(database(), 1);
    const { done, processDelivery } = aSettler();
    await start({ processDelivery });
    await seesAll(done, [id]);
    const [lost = ''] = await storeDue(database(), 1, { queuedAt: Date.now() - 500 });
    const times = { jobLease: 1000, relayEvery: 50 };
    await start({ processDelivery }, { times });
    await seesAll(done, [id, lost]);
  });

  test('two relays at once make one job of each row', async () => {
    const first = aSettler();
    const ids = await storeDue(database(), 60);
    await Promise.all([start(first), start(first)]);
    ids.push(...(await storeDue(database(), 60)));
    await seesAll(first.done, ids);
  });

  test('a row that comes due again while it is worked on gets its next job afterwards', async () => {
    const [id = '' as DeliveryId] = await storeDue(database(), 1);
    const gate = Promise.withResolvers<void>();
    let running = 0;
    const atOnce: number[] = [];
    const work = await start({
      processDelivery: async () => {
        running += 1;
        atOnce.push(running);
        if (atOnce.length === 1) await gate.promise;
        running -= 1;
      },
    });
    await vi.waitFor(() => expect(atOnce).toHaveLength(1), patient);
    await database().db.update(delivery).set({ dueAt: sql`now()` }).where(eq(delivery.id, id));
    work.kick();
    await vi.waitFor(async () => {
      const waiting = await database().db.execute(
        sql`select 1 from pgboss.job where singleton_key = ${id} and state = 'created'`,
      );
      expect(JSON.stringify(waiting)).toContain('1');
    }, patient);
    gate.resolve();
    await vi.waitFor(() => expect(atOnce).toEqual([1, 1]), patient);
  });

  test('a handler that throws is reported, harms no other job, and its row comes again', async () => {
    const [bad = '', ...good] = await storeDue(database(), 4);
    const { done, processDelivery } = aSettler();
    const reported: { error: unknown; place: WorkErrorPlace }[] = [];
    let failures = 0;
    await start(
      {
        processDelivery: async (id) => {
          if (id === bad && failures++ === 0) throw new Error('broken');
          await processDelivery(id);
        },
      },
      { times: { jobLease: 1000 }, onError: (error, place) => reported.push({ error, place }) },
    );
    await seesAll(done, [bad, ...good]);
    expect(reported).toEqual([{ error: new Error('broken'), place: { queue: 'process-delivery', id: bad } }]);
  });

  test('a kick and a notification both make it look at once', async () => {
    const { done, processDelivery } = aSettler();
    const ids = await storeDue(database(), 1);
    const work = await start({ processDelivery }, { times: { relayEvery: hour } });
    await seesAll(done, ids);
    ids.push(...(await storeDue(database(), 1)));
    work.kick();
    await seesAll(done, ids);
    await database().db.transaction(async (tx) => {
      await tx.execute(sql`select pg_notify('work', '')`);
    });
    ids.push(...(await storeDue(database(), 1)));
    await database().db.execute(sql`select pg_notify('work', '')`);
    await seesAll(done, ids);
  });

  test('stopping waits for what is under way and takes nothing new', async () => {
    const gate = Promise.withResolvers<void>();
    const [first = ''] = await storeDue(database(), 1);
    const seen: string[] = [];
    const work = await start({
      processDelivery: async (id) => {
        seen.push(id);
        await gate.promise;
      },
    });
    await vi.waitFor(() => expect(seen).toEqual([first]), patient);
    let isStopped = false;
    const stopping = work.stop(30_000).then(() => {
      isStopped = true;
    });
    await database().isReady();
    expect(isStopped).toBe(false);
    gate.resolve();
    await stopping;
    const ids = await storeDue(database(), 1);
    const { done, processDelivery } = aSettler();
    work.kick();
    await start({ processDelivery });
    await seesAll(done, ids);
    expect(seen).toEqual([first]);
  });

  test('the oldest come first, connections take turns, and none has more jobs than its share', async () => {
    const { db } = database();
    const of = (connectionId: string, dueAt: number) => ({
      connectionId: connectionId as ConnectionId,
      dueAt: Date.now() - dueAt,
    });
    await start({});
    const [oldest] = await storeDue(database(), 1, of('bulk', 90_000));
    const bulk = await storeDue(database(), 9, of('bulk', 80_000));
    const [other] = await storeDue(database(), 1, of('small', 10_000));
    // Started above only to have the queues; what it queued is taken back.
    await Promise.all(started.splice(0).map((work) => work.stop(1000)));
    const boss = database().createQueueClient(() => {});
    await boss.start();
    await db.update(delivery).set({ queuedAt: null });
    const queue = async (jobs: number, jobsPerConnection: number) => {
      await queueDueRows(database(), boss, 'process-delivery', {
        jobLease: hour,
        limits: { jobs, jobsPerConnection },
      });
      const rows = await db.select().from(delivery).where(sql`${delivery.queuedAt} is not null`);
      return rows.map(({ id }) => id);
    };
    expect((await queue(2, 5)).toSorted()).toEqual([oldest, other].toSorted());
    expect(await queue(2, 5)).toHaveLength(2);
    expect(await queue(20, 3)).toHaveLength(4);
    expect(await queue(20, 20)).toHaveLength(bulk.length + 2);
    await boss.stop({ graceful: false });
  });

  test('a sweep is due again only after the next wait, whether it came through or not', async () => {
    const [good, bad] = [await storeAccount(database()), await storeAccount(database())];
    const seen: string[] = [];
    const onError = vi.fn();
    await start(
      {
        sweepConnection: async (id) => {
          seen.push(id);
          if (id === bad) throw new Error('Lever is down');
        },
      },
      { times: { jobLease: 200 }, onError },
    );
    await vi.waitFor(async () => {
      const rows = await database().db.select().from(connection).where(sql`next_sweep_at > now()`);
      expect(rows.map(({ id }) => id).toSorted()).toEqual([good, bad].toSorted());
    }, patient);
    expect(seen.toSorted()).toEqual([good, bad].toSorted());
    expect(onError).toHaveBeenCalledOnce();
  });

  test('a grant is looked at in its turn, whether a look comes through or not, and of no disconnected one', async () => {
    const [good, bad, over] = [
      await storeAccount(database()),
      await storeAccount(database()),
      await storeAccount(database()),
    ];
    const ids = [good, bad, over];
    const { db } = database();
    const isOurs = inArray(connection.id, ids);
    await db
      .update(connection)
      .set({ nextKeepAliveAt: Date.now() - 1 })
      .where(isOurs);
    await db.update(connection).set({ disconnectedAt: Date.now() }).where(eq(connection.id, over));
    const seen: string[] = [];
    const onError = vi.fn();
    await start(
      {
        keepGrantAlive: async (id) => {
          seen.push(id);
          if (id === bad) throw new Error('Lever is down');
        },
      },
      { times: { jobLease: 200 }, onError },
    );
    await vi.waitFor(async () => {
      const rows = await db
        .select()
        .from(connection)
        .where(and(isOurs, sql`next_keep_alive_at > now() + interval '20 hours'`));
      expect(rows.map(({ id }) => id).toSorted()).toEqual([good, bad].toSorted());
    }, patient);
    expect(seen.toSorted()).toEqual([good, bad].toSorted());
    expect(onError).toHaveBeenCalledOnce();
  });

  test('a sweep that was asked for during a sweep is not forgotten', async () => {
    const connectionId = await storeAccount(database());
    let sweeps = 0;
    await start({
      sweepConnection: async () => {
        sweeps += 1;
        if (sweeps > 1) return;
        await database()
          .db.update(connection)
          .set({ nextSweepAt: sql`now()` })
          .where(eq(connection.id, connectionId));
      },
    });
    await vi.waitFor(() => expect(sweeps).toBe(2), patient);
  });

  test('R91 finished jobs are cleaned away; the rows they stood for stay', async () => {
    const { done, processDelivery } = aSettler();
    const ids = await storeDue(database(), 3);
    await start({ processDelivery });
    await seesAll(done, ids);
    const { db } = database();
    const finished = () => db.execute(sql`select 1 from pgboss.job where state = 'completed'`).then(rowsOf);
    await vi.waitFor(async () => expect((await finished()).length).toBeGreaterThanOrEqual(3), patient);
    // A day later the queue's supervisor comes by.
    await db.execute(sql`update pgboss.job set completed_on = now() - interval '1 day'`);
    await db.execute(sql`update pgboss.queue set maintain_on = now() - interval '1 day'`);
    const boss = database().createQueueClient((error) => {
      throw error;
    });
    await boss.start();
    await vi.waitFor(async () => {
      await boss.supervise();
      expect(await finished()).toEqual([]);
    }, patient);
    await boss.stop({ graceful: false });
    const rows = await db.select().from(delivery);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['settled']));
  });

  test.runIf(kind === 'server')('R83 work goes on after the server cut every connection', async () => {
    const { done, processDelivery } = aSettler();
    const ids = await storeDue(database(), 1);
    await start({ processDelivery }, { onError: () => {} });
    await seesAll(done, ids);
    expect(await cutConnections(database())).toBeGreaterThan(0);
    // The test's own statements meet connections that were cut, too.
    await vi.waitFor(async () => ids.push(...(await storeDue(database(), 1))), patient);
    await seesAll(done, ids);
  });
});

/** How many were cut. */
const cutConnections = async ({ db }: Database): Promise<number> =>
  rowsOf(
    await db.execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`,
    ),
  ).length;
