import { randomBytes } from 'node:crypto';
import postgres from 'postgres';

const created: string[] = [];

/** URLs of the databases that this process, or this test file, has created. */
export const createdDatabases = (): readonly string[] => created;

/**
 * Creates a database with a random name and returns its URL. `template` is the name of a database to copy, which nobody
 * may be connected to.
 *
 * @throws PostgresError of the driver where the server refuses.
 */
export const createDatabase = async (
  adminUrl: string,
  options: { readonly template?: string } = {},
): Promise<string> => {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`create database ${sql(name)} template ${sql(options.template ?? 'template0')}`;
  } finally {
    await sql.end();
  }
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  created.push(url.href);
  return url.href;
};
