import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { freePort } from '@turn-lever/demo/free-port';
import { startProgram } from '@turn-lever/demo/program';
import { inRepository } from '../repository.ts';

const folder = (): string => {
  const journal = readFileSync(inRepository('packages/db/migrations/meta/_journal.json'));
  return inRepository(`.cache/journeys/${createHash('sha256').update(journal).digest('hex').slice(0, 16)}`);
};

/**
 * Makes the database that every journey begins with, where it is missing: an empty installation with all its tables.
 * Making one takes three times as long as starting on one.
 */
export const makeDatabaseSnapshot = async (): Promise<void> => {
  const made = folder();
  if (existsSync(made)) return;
  const making = `${made}.making`;
  rmSync(inRepository('.cache/journeys'), { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const port = await freePort(0);
  const program = await startProgram({ DATA_DIR: making, PORT: String(port) }, `http://127.0.0.1:${port}`);
  await program.stop();
  // Each journey makes keys of its own, as a fresh installation does.
  rmSync(`${making}/secrets.json`, { force: true });
  renameSync(making, made);
};

/** Puts a copy of it where a program may work on it. */
export const copyDatabaseSnapshot = (to: string): void => cpSync(folder(), to, { recursive: true });
