import { openAsBlob } from 'node:fs';
import { createDatabase } from '@turn-lever/postgres/create-database';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { Database } from '../src/database.ts';
import { openEmbedded } from '../src/opening/open-embedded.ts';
import { openServer } from '../src/opening/open-server.ts';
import { canaryWatch } from './canary-watch.ts';

/** Both kinds of database; every test of SQL runs on both. */
export const databaseKinds: readonly Database['kind'][] = ['embedded', 'server'];

/** Opens a fresh, migrated, empty database. Needs `testing/global-setup.ts` in the project's vitest configuration. */
export const openTestDatabase = async (kind: Database['kind']): Promise<Database> =>
  kind === 'embedded' ? openTestEmbedded() : openServer({ url: await createTestDatabase(), poolSize: 5 });

/** In memory, so that it is searched for canaries at its end and not at that of the file. */
const openTestEmbedded = async (): Promise<Database> => {
  const snapshot = await openAsBlob(inject('pgliteSnapshot'));
  const { client, close, ...database } = await openEmbedded({ dataDirectory: null, snapshot });
  return {
    ...database,
    close: async () => {
      await canaryWatch.search('embedded', async (statement) => (await client.query<never>(statement)).rows);
      await close();
    },
  };
};

/** Creates a fresh, migrated, empty database on the run's server, for tests that open it themselves; its URL. */
export const createTestDatabase = (): Promise<string> =>
  createDatabase(inject('postgresUrl'), { template: inject('postgresTemplate') });

/**
 * Describes the same tests on each kind. One database for all of them: make an account of its own in each test. Call
 * the given function inside tests and hooks only.
 */
export const eachDatabase = (define: (database: () => Database, kind: Database['kind']) => void): void => {
  describe.each(databaseKinds)('on the %s database', (kind) => {
    let database: Database | undefined;
    beforeAll(async () => {
      database = await openTestDatabase(kind);
    });
    afterAll(async () => {
      await database?.close();
    });
    define(() => {
      if (database === undefined)
        throw new Error('The database is not open yet: use it inside a test or hook.');
      return database;
    }, kind);
  });
};
