import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import postgres from 'postgres';
import { describe, expect, test, vi } from 'vitest';
import { createDatabase } from './create-database.ts';
import { findMachineBinaries } from './find-binaries.ts';
import { startPostgres } from './start-postgres.ts';

// biome-ignore lint/style/noProcessEnv: PATH is the machine's, not a setting of the product.
const isInstalled = findMachineBinaries(process.env.PATH ?? '') !== null;

const query = async (url: string, statement: string): Promise<Record<string, unknown>[]> => {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(statement))];
  } finally {
    await sql.end();
  }
};

describe.each([
  { binaries: 'machine' as const, isHere: isInstalled },
  { binaries: 'packaged' as const, isHere: true },
])('a throw-away Postgres from $binaries binaries', ({ binaries, isHere }) => {
  test.skipIf(!isHere)('gives separate databases over TCP and leaves nothing behind', async () => {
    const server = await startPostgres({ binaries, extraArguments: ['-c', 'max_connections=33'] });
    try {
      const one = await createDatabase(server.url);
      await query(one, 'create table mark as select 42 as answer');
      const copy = await createDatabase(server.url, { template: new URL(one).pathname.slice(1) });
      const other = await createDatabase(server.url);

      expect(await query(copy, 'select answer from mark')).toEqual([{ answer: 42 }]);
      await expect(query(other, 'select answer from mark')).rejects.toThrow(/does not exist/);
      expect(await query(one, 'show max_connections')).toEqual([{ max_connections: '33' }]);
      expect(await query(one, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);

      await server.restart('immediate');
      expect(await query(one, 'select answer from mark')).toEqual([{ answer: 42 }]);
      await server.restart('fast');
      expect(await query(one, 'select answer from mark')).toEqual([{ answer: 42 }]);
    } finally {
      await server.stop();
    }
    await server.stop();
    await expect(query(server.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    expect(existsSync(dirname(server.dataDirectory))).toBe(false);
  });
});

test('a server ends with the process that started it, even if that one is killed', async () => {
  const starter = new URL('./start-postgres.ts', import.meta.url).href;
  const program = `const { startPostgres } = await import(${JSON.stringify(starter)});
    const { url, dataDirectory } = await startPostgres();
    console.log(JSON.stringify({ url, dataDirectory }));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const { url, dataDirectory } = JSON.parse(String(line));
  expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);

  child.kill('SIGKILL');

  await vi.waitFor(() => expect(existsSync(dirname(dataDirectory))).toBe(false), { timeout: 20_000 });
  await expect(query(url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
});
