import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { drizzle as drizzleServer } from 'drizzle-orm/postgres-js';
import { migrate as migrateServer } from 'drizzle-orm/postgres-js/migrator';
import type { Sql } from 'postgres';
import type { Drizzle } from '../database.ts';
import { rowsOf } from '../rows-of.ts';

/** Where the numbered migrations lie. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url));

// Any number that nobody else uses as an advisory lock in this database.
const migrationLock = 7_512_401;

/**
 * Brings a server's schema up to date over `client`, which must have exactly one connection: the lock that lets a second
 * starting instance wait belongs to a connection.
 */
export const migrateUnderLock = async (client: Sql): Promise<void> => {
  await client`select pg_advisory_lock(${migrationLock})`;
  try {
    await migrateServer(drizzleServer(client, { casing: 'snake_case' }), { migrationsFolder });
  } finally {
    await client`select pg_advisory_unlock(${migrationLock})`;
  }
};

/** The newest migration this program knows, as drizzle marks it: ms since 1970. */
const expectedVersion = (): number => {
  const journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as {
    entries: { when: number }[];
  };
  return Math.max(...journal.entries.map(({ when }) => when));
};

let expected: number | undefined;

/** Whether the database answers and its schema is the one this program expects, or newer. */
export const isUpToDate = async (db: Drizzle): Promise<boolean> => {
  expected ??= expectedVersion();
  const found = await db.execute(
    sql`select max(created_at)::text as version from drizzle.__drizzle_migrations`,
  );
  const [row] = rowsOf<{ version: string | null }>(found);
  return Number(row?.version ?? 0) >= expected;
};
