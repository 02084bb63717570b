import postgres from 'postgres';
import { expect, inject, test } from 'vitest';
import { createDatabase } from './create-database.ts';

test('a test file finds the server of its run and makes a database of its own there', async () => {
  const url = await createDatabase(inject('postgresUrl'));
  const sql = postgres(url, { max: 1 });
  expect(await sql`select current_database() as name`).toEqual([{ name: new URL(url).pathname.slice(1) }]);
  await sql.end();
});
