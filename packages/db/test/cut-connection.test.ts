import { createDatabase } from '@turn-lever/postgres/create-database';
import { sql } from 'drizzle-orm';
import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { openDatabase } from '../src/open-database.ts';
import { rowsOf } from '../src/rows-of.ts';

test('R83 a connection that the server ends in the middle of a transaction fails that transaction, and nothing else', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const database = await openDatabase({ url, dataDirectory: '', poolSize: 1 });
  const other = postgres(url, { max: 1 });
  try {
    const cut = database.db.transaction(async (tx) => {
      const [row] = rowsOf<{ pid: number }>(await tx.execute(sql`select pg_backend_pid() as pid`));
      await other`select pg_terminate_backend(${row?.pid ?? 0})`;
      // The driver learns of the end between two statements, when no query of its own is waiting.
      await new Promise((resolve) => setTimeout(resolve, 100));
      await tx.execute(sql`select 1`);
    });
    await expect(cut).rejects.toThrow();
    const [answer] = rowsOf<{ one: number }>(await database.db.execute(sql`select 1 as one`));
    expect(answer?.one).toBe(1);
  } finally {
    await other.end();
    await database.close();
  }
});
