import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createDatabase } from '@turn-lever/postgres/create-database';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { describe, expect, inject, test, vi } from 'vitest';
import { openDatabase } from '../src/open-database.ts';
import { DatabaseHeldError } from '../src/opening/directory-lock.ts';
import { OuterHandleError } from '../src/opening/transaction-guard.ts';
import { rowsOf } from '../src/rows-of.ts';
import { account } from '../src/schema/account.ts';
import { startWork } from '../src/work/start-work.ts';
import { eachDatabase } from '../testing/databases.ts';
import { storeDue } from './work-rows.ts';

const freshDirectory = () => mkdtempSync(join(tmpdir(), 'turn-lever-data-'));

/** What a failed statement was really about: drizzle wraps it. */
const reasonOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: Error) => error.cause ?? error,
  );

eachDatabase((database, kind) => {
  test('it is ready once it is open, and rows come back as they were written', async () => {
    const { db } = database();
    expect(await database().isReady()).toBe(true);
    const createdAt = Date.UTC(2026, 10, 23, 9, 30, 0, 123);
    const [row] = await db.insert(account).values({ name: 'Ångström "GmbH"', createdAt }).returning();
    expect(row).toMatchObject({ name: 'Ångström "GmbH"', createdAt });
  });

  test('"now" of the database is never in the future of a later statement', async () => {
    const { db } = database();
    for (let round = 0; round < 50; round++) {
      const [row] = await db.insert(account).values({ name: 'now' }).returning({ id: account.id });
      const due = await db
        .select({ id: account.id })
        .from(account)
        .where(sql`${account.id} = ${row?.id} and ${account.createdAt} <= now()`);
      expect(due).toHaveLength(1);
    }
  });

  test('a prepared statement answers rows by name, keeps null and odd text, and is refused inside a transaction', async () => {
    const { runPrepared, db } = database();
    const statement = 'select $1::text as word, $2::jsonb as list, $3::text as nothing';
    // The second time it is prepared already.
    for (const word of ['first', '"Ångström\' \\ $1', '']) {
      const list = JSON.stringify([word, null]);
      expect(await runPrepared(statement, [word, list, null])).toEqual([
        { word, list: [word, null], nothing: null },
      ]);
    }
    await expect(runPrepared('select $1::int as number', ['no number'])).rejects.toThrow('no number');
    const inside = await reasonOf(
      db.transaction(() => Promise.resolve(runPrepared(statement, ['', '[]', null]))),
    );
    expect(inside).toBeInstanceOf(OuterHandleError);
  });

  test('the outer handle throws inside a transaction instead of hanging', async () => {
    const { db } = database();
    const reason = await reasonOf(
      db.transaction(async () => {
        await db.select().from(account);
      }),
    );
    expect(reason).toBeInstanceOf(OuterHandleError);
    const nested = await reasonOf(db.transaction(() => db.transaction(async () => {})));
    expect(nested).toBeInstanceOf(OuterHandleError);
    expect(await db.select().from(account)).toBeInstanceOf(Array);
  });

  test('what a transaction started may use the outer handle once the transaction is over', async () => {
    const { db } = database();
    const { promise: over, resolve } = Promise.withResolvers<void>();
    let later: Promise<unknown> = Promise.resolve();
    await db.transaction(async (tx) => {
      await tx.select().from(account);
      later = over.then(() => db.select().from(account));
    });
    resolve();
    expect(await later).toBeInstanceOf(Array);
  });

  test('a notification arrives once its transaction is committed, and not when it is rolled back', async () => {
    const { db } = database();
    const heard: string[] = [];
    const onGap = vi.fn();
    const end = await database().listen('here', (payload) => heard.push(payload), onGap);
    expect(onGap).toHaveBeenCalledOnce();
    await reasonOf(
      db.transaction(async (tx) => {
        await tx.execute(sql`select pg_notify('here', 'taken back')`);
        throw new Error('no');
      }),
    );
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_notify('here', 'kept')`);
    });
    await vi.waitFor(() => expect(heard).toEqual(['kept']));
    await end();
  });

  test('raw rows have one shape on both drivers', async () => {
    expect(rowsOf(await database().db.execute(sql`select 'a' as letter`))).toEqual([{ letter: 'a' }]);
    expect(kind).toBe(database().kind);
  });
});

const patient = { timeout: 20_000 };

/** An unfinished table of the same name keeps a migration waiting in its middle, until it is taken back. */
const holdTable = async (other: postgres.Sql) => {
  const blocking = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const block = other
    .begin(async (tx) => {
      await tx`create table vendor_call (id int)`;
      held.resolve();
      await blocking.promise;
      throw new Error('taken back');
    })
    .catch(() => {});
  await held.promise;
  return {
    release: (): Promise<unknown> => {
      blocking.resolve();
      return block;
    },
  };
};

test('R88 two instances that start at once on an empty server both come up', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const other = postgres(url, { max: 1, onnotice: () => {} });
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  try {
    // Whoever migrates first waits in the middle, until the other has arrived.
    const block = await holdTable(other);
    const starting = Promise.all([1, 2].map(() => openDatabase({ url, dataDirectory: '' })));
    await vi.waitFor(async () => {
      const waiting = await admin`select wait_event from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' order by wait_event`;
      expect(waiting.map((row) => row.wait_event)).toEqual(['advisory', 'transactionid']);
    }, patient);
    await block.release();
    const both = await starting;
    expect(await Promise.all(both.map((database) => database.isReady()))).toEqual([true, true]);
    await Promise.all(both.map((database) => database.close()));
  } finally {
    await Promise.all([other.end(), admin.end()]);
  }
});

test('R88 a migration that dies halfway leaves nothing, and the next start finishes it', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const other = postgres(url, { max: 1, onnotice: () => {} });
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const block = await holdTable(other);
    const dying = openDatabase({ url, dataDirectory: '' }).then(
      () => 'opened',
      () => 'died',
    );
    await vi.waitFor(async () => {
      const killed = await admin`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      expect(killed).toHaveLength(1);
    }, patient);
    await block.release();
    expect(await dying).toBe('died');
    const left = await admin`select count(*)::int as tables from pg_tables where schemaname = 'public'`;
    expect(left[0]?.tables).toBe(0);
    const database = await openDatabase({ url, dataDirectory: '' });
    expect(await database.isReady()).toBe(true);
    await database.close();
  } finally {
    await Promise.all([other.end(), admin.end()]);
  }
});

test('R87 beside a newer program: its column, its migration and its jobs are left alone, and work goes on', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const database = await openDatabase({ url, dataDirectory: '' });
  const nothing = async () => {};
  const seen: string[] = [];
  const work = await startWork(database, {
    handlers: {
      processDelivery: async (id) => void seen.push(id),
      syncCheck: nothing,
      sweepConnection: nothing,
      keepGrantAlive: nothing,
    },
    onError: (error) => {
      throw error;
    },
    times: { relayEvery: 50 },
  });
  try {
    const { db } = database;
    await db.execute(sql`alter table delivery add column from_the_future text`);
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9999999999999)`,
    );
    await db.execute(sql`select pgboss.create_queue('job-of-the-future', '{"policy": "standard"}'::jsonb)`);
    await db.execute(sql`insert into pgboss.job (name, data) values ('job-of-the-future', '{"v": 2}')`);
    expect(await database.isReady()).toBe(true);
    const [id] = await storeDue(database, 1);
    await vi.waitFor(() => expect(seen).toContain(id), { timeout: 20_000 });
    const jobs = rowsOf<{ state: string }>(
      await db.execute(sql`select state::text from pgboss.job where name = 'job-of-the-future'`),
    );
    expect(jobs).toEqual([{ state: 'created' }]);
    // An older program starts on it as well.
    const older = await openDatabase({ url, dataDirectory: '' });
    expect(await older.isReady()).toBe(true);
    await older.close();
  } finally {
    await work.stop(1000);
    await database.close();
  }
});

test('a server whose schema is behind is not ready, and one that is gone neither', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const database = await openDatabase({ url, dataDirectory: '' });
  await database.db.execute(sql`update drizzle.__drizzle_migrations set created_at = 1`);
  expect(await database.isReady()).toBe(false);
  await database.close();
  expect(await database.isReady()).toBe(false);
});

describe('an embedded database', () => {
  // One for all: to make one takes seconds.
  const dataDirectory = freshDirectory();

  test('keeps its rows, and a second opening is refused with what to do', async () => {
    const first = await openDatabase({ url: null, dataDirectory });
    await first.db.insert(account).values({ name: 'kept' });
    const second = openDatabase({ url: null, dataDirectory });
    await expect(second).rejects.toThrow(DatabaseHeldError);
    await expect(second).rejects.toThrow(
      new RegExp(`in use by process ${process.pid}\\. Stop it first, or set DATABASE_URL\\.`),
    );
    await first.close();
    const third = await openDatabase({ url: null, dataDirectory });
    expect(await third.db.select({ name: account.name }).from(account)).toEqual([{ name: 'kept' }]);
    await third.close();
  });

  test.each([
    ['a process that is gone', '{"pid":99999999,"mark":""}'],
    ['an earlier process that had our number', JSON.stringify({ pid: process.pid, mark: 'earlier/1' })],
    ['a later process with the number of the one that died', JSON.stringify({ pid: 1, mark: 'earlier/1' })],
    ['nobody we can read', 'half a fi'],
  ])('a lock left by %s is taken over', async (_, lock) => {
    const path = join(dataDirectory, 'database.lock');
    writeFileSync(path, lock);
    const database = await openDatabase({ url: null, dataDirectory });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid });
    await database.close();
  });
});

test('the lock of another live process is respected', async () => {
  const dataDirectory = freshDirectory();
  writeFileSync(join(dataDirectory, 'database.lock'), JSON.stringify({ pid: process.ppid, mark: '' }));
  await expect(openDatabase({ url: null, dataDirectory })).rejects.toThrow(`process ${process.ppid}`);
});
