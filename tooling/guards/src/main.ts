import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { allGuards } from './all-guards.ts';
import { applyEdit } from './apply-edit.ts';
import { copyRepository } from './copy-repository.ts';
import type { Guard } from './guard.ts';
import { outcomeOf, whyFileNotNoticed, whyNotNoticed, whyNotPassed } from './read-report.ts';
import { runTests } from './run-tests.ts';

/**
 * Takes away each guard of the product in a copy of the repository and expects a named test to fail. With words as
 * arguments: only the guards whose name holds one of them.
 */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const words = process.argv.slice(2);
const guards = allGuards.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const problems: string[] = [];
const copy = copyRepository(root);

/** Makes the edits; answers how to take them back. Nothing is written where one does not fit. */
const takeAway = ({ edits }: Guard): (() => void) => {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const edit of edits) {
    const path = join(copy, edit.file);
    const text = before.get(path) ?? readFileSync(path, 'utf8');
    before.set(path, text);
    after.set(path, applyEdit(after.get(path) ?? text, edit));
  }
  for (const [path, text] of after) writeFileSync(path, text);
  return () => {
    for (const [path, text] of before) writeFileSync(path, text);
  };
};

const tryOne = (guard: Guard): string | null => {
  try {
    const putBack = takeAway(guard);
    try {
      const report = runTests(copy, [guard.test]);
      return guard.fileFailsWith === undefined
        ? whyNotNoticed(outcomeOf(report, guard.test), guard.failsWith)
        : whyFileNotNoticed(report, guard.test, guard.fileFailsWith);
    } finally {
      putBack();
    }
  } catch (error) {
    return String(error);
  }
};

try {
  const unbroken = runTests(
    copy,
    guards.map(({ test }) => test),
  );
  for (const { name, test, fileFailsWith } of guards) {
    const problem =
      whyNotPassed(outcomeOf(unbroken, test)) ??
      (fileFailsWith !== undefined && whyFileNotNoticed(unbroken, test, fileFailsWith) === null
        ? fileFailsWith
        : null);
    if (problem !== null)
      problems.push(`${name}: with every guard in place "${test.title}" should pass: ${problem}`);
  }
  for (const guard of problems.length > 0 ? [] : guards) {
    const begun = Date.now();
    const problem = tryOne(guard);
    const seconds = ((Date.now() - begun) / 1000).toFixed(1).padStart(5);
    say(
      `${problem === null ? 'noticed' : 'MISSED '} ${seconds} s  ${guard.name}\n${' '.repeat(18)}${guard.test.file}: ${guard.test.title}`,
    );
    if (problem !== null) problems.push(`${guard.name}: ${problem}`);
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
for (const problem of problems) say(`\n${problem}`);
say(`${guards.length} guards taken away, ${problems.length} problems`);
process.exit(problems.length > 0 || guards.length === 0 ? 1 : 0);
