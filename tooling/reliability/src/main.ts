import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findProblems } from './find-problems.ts';
import { type Report, readReport } from './read-report.ts';
import { renderDocument } from './render-document.ts';
import { chapters, requiredRanges } from './scenarios/chapters.ts';

/**
 * Writes docs/reliability.md from the reports of the last test run; with `check` only looks whether it is up to date.
 * Exit code 1 where a number is missing, a numbered test did not pass, or the document is out of date.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const documentPath = 'docs/reliability.md';
/** What each of these commands writes. */
const reports = ['core', 'all'].map((name) => ({
  path: `test-results/${name}.json`,
  command: `pnpm test:${name}`,
}));

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const missing = reports.filter(({ path }) => !existsSync(join(root, path)));
if (missing.length > 0) {
  for (const { path, command } of missing) say(`${path} is not there: \`${command}\` writes it.`);
  process.exit(1);
}
const tests = reports.flatMap(({ path }) =>
  readReport(JSON.parse(readFileSync(join(root, path), 'utf8')) as Report, root),
);
const problems = [...findProblems(chapters, requiredRanges, tests)];
const text = renderDocument(chapters, tests);
if (process.argv[2] === 'check') {
  const path = join(root, documentPath);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text)
    problems.push(`${documentPath} is out of date: \`pnpm reliability\` renews it from this run.`);
} else {
  writeFileSync(join(root, documentPath), text);
  say(`${documentPath} written`);
}
for (const problem of problems) say(problem);
say(
  `${chapters.flatMap(({ scenarios }) => scenarios).length} numbers, ${tests.length} tests, ${problems.length} problems`,
);
process.exit(problems.length > 0 ? 1 : 0);
