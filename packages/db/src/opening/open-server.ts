import { drizzle } from 'drizzle-orm/postgres-js';
import { PgBoss } from 'pg-boss';
import postgres from 'postgres';
import type { Database } from '../database.ts';
import { tables } from '../schema/tables.ts';
import { isUpToDate, migrateUnderLock } from './migrate.ts';
import { queueOptions, serverQueueOptions } from './queue-options.ts';
import { guardTransactions } from './transaction-guard.ts';

/** The server is older than what our SQL needs. */
export class DatabaseTooOldError extends Error {
  constructor(version: string) {
    super(`The database is PostgreSQL ${version}; 15 or newer is needed.`);
    this.name = 'DatabaseTooOldError';
  }
}

const connectionOptions = {
  // Seconds. The default of 30 would keep a webhook waiting longer than Lever waits for our answer.
  connect_timeout: 10,
  // The default prints notices such as "relation exists, skipping" to the console.
  onnotice: () => {},
} as const;

/**
 * Connects to a PostgreSQL server with at most `poolSize` connections, one more that listens, and pg-boss's five; brings
 * its schema up to date first, one instance at a time. Throws `DatabaseTooOldError`, and what the driver throws.
 */
export const openServer = async (options: {
  readonly url: string;
  readonly poolSize: number;
}): Promise<Database> => {
  const { url, poolSize } = options;
  const single = postgres(url, { ...connectionOptions, max: 1 });
  try {
    const [row] = await single<
      { number: string; version: string }[]
    >`select current_setting('server_version_num') as number, current_setting('server_version') as version`;
    if (Number(row?.number) < 150_000) throw new DatabaseTooOldError(row?.version ?? 'of unknown version');
    await migrateUnderLock(single);
  } finally {
    await single.end({ timeout: 5 });
  }
  return toDatabase(url, poolSize);
};

const toDatabase = (url: string, poolSize: number): Database => {
  const client = postgres(url, {
    ...connectionOptions,
    max: poolSize,
    connection: {
      application_name: 'turn-lever',
      // ms. No statement of ours takes a second; one that hangs must not hold a connection for ever.
      statement_timeout: 30_000,
      // ms. No transaction of ours waits for anything but the database.
      idle_in_transaction_session_timeout: 60_000,
    },
  });
  const guarded = guardTransactions(client, { statements: ['unsafe'], begin: 'begin' });
  const db = drizzle(guarded, { schema: tables, casing: 'snake_case' });
  return {
    kind: 'server',
    db,
    runPrepared: <Row>(statement: string, parameters: readonly (string | null)[]) =>
      guarded.unsafe(statement, [...parameters], { prepare: true }) as unknown as Promise<readonly Row[]>,
    listen: async (channel, onNotify, onGap) => {
      const { unlisten } = await client.listen(channel, onNotify, onGap);
      return () => unlisten();
    },
    createQueueClient: (onError) => {
      const boss = new PgBoss({ ...queueOptions, ...serverQueueOptions, connectionString: url });
      boss.on('error', onError);
      return boss;
    },
    isReady: () => isUpToDate(db).catch(() => false),
    close: () => client.end({ timeout: 5 }),
  };
};
