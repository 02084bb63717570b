import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../testing/databases.ts';

const child = fileURLToPath(new URL('./driver-child.ts', import.meta.url));

/**
 * Runs one case of the child. Where the driver throws what nobody can catch the process ends before it prints, and where
 * it never answers the process is ended.
 */
const run = async (name: string): Promise<unknown> => {
  const url = await createTestDatabase();
  const admin = postgres(url, { max: 1 });
  await admin`create table mark (name text)`;
  await admin.end();
  const running = spawn(process.execPath, [child, name, url], { timeout: 25_000 });
  const [out, problem] = await Promise.all([
    text(running.stdout),
    text(running.stderr),
    once(running, 'close'),
  ]);
  expect({ code: running.exitCode, problem }).toEqual({ code: 0, problem: '' });
  return JSON.parse(out);
};

// Each fails with one part or another of patches/postgres@3.4.9.patch taken out.

test('R83 a transaction that lost its connection and goes on hears so, and its place in the pool is free again', async () => {
  expect(await run('goes-on')).toEqual({
    told: 'CONNECTION_CLOSED',
    late: 'CONNECTION_CLOSED',
    next: 'answered',
  });
});

test('R83 a transaction that lost its connection writes nothing into the one that got its place', async () => {
  expect(await run('goes-on-beside-another')).toEqual({ other: 'on purpose', rows: [] });
});

test('R83 all statements that wait inside a transaction are answered when its connection ends', async () => {
  expect(await run('waits-inside')).toEqual(Array(4).fill('CONNECTION_CLOSED'));
});

test('R83 a connection that ends just when a statement was to be written works again afterwards', async () => {
  expect(await run('cut-together')).toEqual({
    told: ['CONNECTION_CLOSED', 'CONNECTION_CLOSED'],
    next: ['answered', 'answered'],
  });
});

test('R83 a connection that is reset inside a transaction works again afterwards', async () => {
  expect(await run('reset-inside')).toEqual(['CONNECTION_CLOSED', 'answered', 'answered', 'answered']);
});

test('R83 nobody hears of the end of a session but the statement that it met', async () => {
  expect(await run('ended-by-the-server')).toEqual(['CONNECTION_CLOSED', 'answered', 'answered', 'answered']);
});

test('R83 a statement on a connection that was kept for somebody and is gone fails, and nothing else', async () => {
  expect(await run('reserved')).toEqual({ told: 'CONNECTION_CLOSED', next: 'answered' });
});

test('R83 closing does not wait for a statement whose connection is gone', async () => {
  expect(await run('ends-without-its-connection')).toBe('CONNECTION_CLOSED');
  expect(await run('ends-while-it-is-cut')).toBe('ECONNRESET');
});

test('R83 a connection that is reset before its first statement fails that statement, and nothing else', async () => {
  expect(await run('reset-at-the-start')).toEqual({ told: 'ECONNRESET', next: 'answered' });
});

test('R83 a connection that the server ends before its first statement is opened again for it', async () => {
  expect(await run('ended-at-the-start')).toEqual({ told: 'answered', next: 'answered' });
});
