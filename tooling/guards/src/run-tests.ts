import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { NamedTest } from './guard.ts';
import { type Report, toPattern } from './read-report.ts';

/** Runs these tests and no others. Throws where vitest leaves no report. */
export const runTests = (copy: string, tests: readonly NamedTest[]): Report => {
  const file = join(copy, 'guards-report.json');
  rmSync(file, { force: true });
  const files = [...new Set(tests.map((test) => test.file))];
  const done = spawnSync(
    process.execPath,
    [
      join(copy, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...files,
      '-t',
      toPattern(tests),
      '--reporter=json',
      `--outputFile=${file}`,
    ],
    { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!existsSync(file)) throw new Error(`vitest left no report:\n${done.stdout}${done.stderr}`);
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
};
