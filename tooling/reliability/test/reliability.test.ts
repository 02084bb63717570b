import { expect, test } from 'vitest';
import { findProblems } from '../src/find-problems.ts';
import { type NumberedTest, type Report, readReport } from '../src/read-report.ts';
import { renderDocument } from '../src/render-document.ts';
import type { Chapter } from '../src/scenario.ts';
import { chapters, requiredRanges } from '../src/scenarios/chapters.ts';

const ran = (title: string, status = 'passed', ...ancestorTitles: string[]) => ({
  title,
  status,
  ancestorTitles,
});
const reportOf = (files: Record<string, ReturnType<typeof ran>[]>): Report => ({
  testResults: Object.entries(files).map(([name, assertionResults]) => ({ name, assertionResults })),
});
const aTest = (given: Partial<NumberedTest> = {}): NumberedTest => ({
  numbers: [1],
  file: 'a/b.test.ts',
  title: 'holds',
  result: 'passed',
  ...given,
});
const chapter: Chapter = {
  title: 'Falling',
  scenarios: [
    { number: 1, fault: 'It falls.', expected: 'It stands up.' },
    { number: 2, fault: 'It sleeps.', expected: 'It wakes.', note: 'Not at night.' },
  ],
};

test('numbers are read from the beginning of a title, or else of a group, and from nowhere else', () => {
  const report = reportOf({
    '/root/z.test.ts': [
      ran('R5 R7 both'),
      ran('about R9, not of it'),
      ran('short', 'passed', 'R18 refuses what is'),
    ],
    '/root/a.test.ts': [ran('R56 the inner counts', 'passed', 'R41 killed')],
  });
  expect(readReport(report, '/root')).toEqual([
    aTest({ numbers: [56], file: 'a.test.ts', title: 'the inner counts' }),
    aTest({ numbers: [5, 7], file: 'z.test.ts', title: 'both' }),
    aTest({ numbers: [18], file: 'z.test.ts', title: 'refuses what is › short' }),
  ]);
});

test.each([
  [['pending', 'passed'], 'passed'],
  [['passed', 'failed', 'passed'], 'failed'],
  [['skipped', 'todo'], 'skipped'],
])('what ran as %j under one title is one test that %s', (statuses, result) => {
  const report = reportOf({
    '/root/a.test.ts': statuses.map((status, n) => ran('R1 it', status, `database ${n}`)),
  });
  expect(readReport(report, '/root').map((one) => one.result)).toEqual([result]);
});

test('a number without a test, without a description or described twice, and tests that did not pass, are named', () => {
  const tests = [aTest(), aTest({ numbers: [4, 1], title: 'fell', result: 'failed' })];
  expect(findProblems([chapter], [[1, 3]], tests)).toEqual([
    'R3 is not described: add it to tooling/reliability/src/scenarios.',
    'R4 is not described: add it to tooling/reliability/src/scenarios.',
    'R2 has no test: none of the run has a title that begins with it.',
    'R3 has no test: none of the run has a title that begins with it.',
    'R4 R1 failed: a/b.test.ts › fell',
  ]);
  expect(findProblems([chapter, chapter], [], [aTest({ numbers: [1, 2] })])).toEqual([
    'R1 is described twice.',
    'R2 is described twice.',
  ]);
  expect(findProblems([chapter], [[1, 2]], [aTest({ numbers: [1, 2] })])).toEqual([]);
});

test('what cannot be tested says why, until it has a test', () => {
  const untested = { number: 3, fault: 'It flies.', expected: 'It lands.', untested: 'It has no wings.' };
  const flying: Chapter = { title: 'Flying', scenarios: [untested] };
  expect(findProblems([flying], [[3, 3]], [])).toEqual([]);
  expect(findProblems([flying], [[3, 3]], [aTest({ numbers: [3] })])).toEqual([
    'R3 has a test, and its description says why there is none.',
  ]);
  expect(renderDocument([flying], [])).toContain(
    '| R3 | It flies.<br>**Must be seen:** It lands. |  | nothing to test | It has no wings. |',
  );
});

test('a row names fault, tests, result and note', () => {
  const text = renderDocument(
    [chapter],
    [aTest(), aTest({ numbers: [1, 2], title: 'sleeps', result: 'failed' })],
  );
  expect(text.split('\n').filter((line) => line.startsWith('| R'))).toEqual([
    '| R1 | It falls.<br>**Must be seen:** It stands up. | [b.test.ts](../a/b.test.ts)<br>› holds<br>› sleeps | **failed** |  |',
    '| R2 | It sleeps.<br>**Must be seen:** It wakes. | [b.test.ts](../a/b.test.ts)<br>› sleeps | **failed** | Not at night. |',
  ]);
  expect(renderDocument([chapter], [])).toContain('| **no test** |');
});

test('of many tests in one file three are named, and none is left out for a single line', () => {
  const many = (count: number) =>
    renderDocument(
      [chapter],
      Array.from({ length: count }, (_, n) => aTest({ title: `case ${n}` })),
    );
  expect(many(4)).toContain('› case 3');
  expect(many(5)).toContain('› case 2<br>› and 2 more');
});

test('a title cannot break the table, however hostile or long', () => {
  const title = `a | <img src=x> \u202e\n[link](x) ${'long '.repeat(50)}`;
  const row = renderDocument([chapter], [aTest({ title })])
    .split('\n')
    .find((line) => line.startsWith('| R1'));
  expect(row).toContain('a &#124; &#60;img src=x&#62; &#92;u{202e} &#91;link&#93;(x) long');
  expect(row).toContain('…');
  expect(row?.split(' | ')).toHaveLength(5);
});

test('the numbers stand in order, and every required one is described', () => {
  const numbers = chapters.flatMap(({ scenarios }) => scenarios.map(({ number }) => number));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  const tested = chapters.flatMap(({ scenarios }) =>
    scenarios.filter(({ untested }) => untested === undefined).map(({ number }) => number),
  );
  const all = [aTest({ numbers: tested })];
  expect(findProblems(chapters, requiredRanges, all)).toEqual([]);
});
