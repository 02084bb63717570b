import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { fromPglite, PgBoss } from 'pg-boss';
import type { Database } from '../database.ts';
import { tables } from '../schema/tables.ts';
import { lockDirectory } from './directory-lock.ts';
import { isUpToDate, migrationsFolder } from './migrate.ts';
import { queueOptions } from './queue-options.ts';
import { guardTransactions } from './transaction-guard.ts';

/**
 * Opens PGlite in `dataDirectory` (null: in memory), from `snapshot` where one is given. It never fsyncs: for demo,
 * development and tests. Throws `DatabaseHeldError` where another process has the directory open.
 */
export const openEmbedded = async (options: {
  readonly dataDirectory: string | null;
  readonly snapshot?: Blob;
}): Promise<Database & { readonly client: PGlite }> => {
  const { dataDirectory, snapshot } = options;
  const directory = dataDirectory === null ? null : join(dataDirectory, 'database');
  const unlock = directory === null ? () => {} : lockDirectory(directory, `${directory}.lock`);
  let client: PGlite | undefined;
  try {
    if (directory !== null) mkdirSync(directory, { recursive: true });
    client = await PGlite.create({
      ...(directory === null ? {} : { dataDir: directory }),
      ...(snapshot === undefined ? {} : { loadDataDir: snapshot }),
      // 190 instead of 330 MB of memory; one process with a few thousand rows needs no more.
      startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
    });
    const database = toDatabase(client, unlock);
    await migrate(drizzle(client, { casing: 'snake_case' }), { migrationsFolder });
    return { ...database, client };
  } catch (error) {
    await client?.close();
    unlock();
    throw error;
  }
};

const toDatabase = (client: PGlite, unlock: () => void): Database => {
  const guarded = guardTransactions(client, { statements: ['query', 'exec'], begin: 'transaction' });
  const db = drizzle(guarded, { schema: tables, casing: 'snake_case' });
  return {
    kind: 'embedded',
    db,
    runPrepared: async <Row>(statement: string, parameters: readonly (string | null)[]) =>
      (await guarded.query<Row>(statement, [...parameters])).rows,
    listen: async (channel, onNotify, onGap) => {
      const end = await client.listen(channel, onNotify);
      onGap?.();
      return () => end();
    },
    createQueueClient: (onError) => {
      // The guarded client: a look-up of pg-boss outside our transaction throws instead of hanging.
      const boss = new PgBoss({ ...queueOptions, db: fromPglite(guarded), backend: 'pglite' });
      boss.on('error', onError);
      return boss;
    },
    isReady: () => isUpToDate(db).catch(() => false),
    close: async () => {
      try {
        await client.close();
      } finally {
        unlock();
      }
    },
  };
};
