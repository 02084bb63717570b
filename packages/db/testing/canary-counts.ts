import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { TestProject } from 'vitest/node';
import type { CanaryCounts } from './canary-watch.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of a file to which every test file adds what it looked at. */
    canaryCounts: string;
  }
}

/** A vitest `globalSetup`: tells at the end of the run how much was searched for canaries. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = await mkdtemp(join(tmpdir(), 'turn-lever-canaries-'));
  const file = join(directory, 'counts');
  project.provide('canaryCounts', file);
  return async () => {
    const written = await readFile(file, 'utf8').catch(() => '');
    await rm(directory, { recursive: true, force: true });
    if (written !== '') process.stdout.write(`${tell(project.name, written.trim().split('\n'))}\n`);
  };
};

const tell = (project: string, lines: readonly string[]): string => {
  const all = lines.map((line) => JSON.parse(line) as CanaryCounts);
  const sum = (of: keyof CanaryCounts): string =>
    all.reduce((total, counts) => total + counts[of], 0).toLocaleString('en');
  return (
    `Canaries (${project}): searched ${sum('databases')} databases with ${sum('tables')} tables and ${sum('rows')} rows, ` +
    `${sum('texts')} log lines, outputs and answers with ${sum('characters')} characters, in ${all.length} test files; ` +
    `${sum('allowed')} stand where they may; the databases took ${sum('searching')} ms.`
  );
};
