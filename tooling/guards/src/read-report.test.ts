import { expect, test } from 'vitest';
import {
  outcomeOf,
  type Report,
  toPattern,
  whyFileNotNoticed,
  whyNotNoticed,
  whyNotPassed,
} from './read-report.ts';

const named = { file: 'packages/core/test/a.test.ts', title: 'a group a test' };

const report = (
  ...given: readonly (readonly [fullName: string, status: string, message?: string])[]
): Report => ({
  testResults: [
    {
      name: '/tmp/copy/packages/core/test/a.test.ts',
      assertionResults: given.map(([fullName, status, message]) => ({
        fullName,
        status,
        failureMessages: message === undefined ? [] : [message],
      })),
    },
  ],
});

test('a test is found by its file and the end of its full title', () => {
  expect(outcomeOf(report(['on a database a group a test', 'passed']), named)).toEqual({ kind: 'passed' });
  expect(outcomeOf(report(['a group a test', 'passed']), named)).toEqual({ kind: 'passed' });
  for (const other of ['a group a test too', 'another test', 'xa group a test']) {
    expect(outcomeOf(report([other, 'passed']), named)).toEqual({ kind: 'not-run', message: '' });
  }
  const elsewhere = { ...named, file: 'packages/core/test/b.test.ts' };
  expect(outcomeOf(report(['a group a test', 'failed', 'x']), elsewhere)).toMatchObject({ kind: 'not-run' });
});

test('a test that was skipped did not run', () => {
  expect(outcomeOf(report(['a group a test', 'skipped']), named)).toMatchObject({ kind: 'not-run' });
});

test('of the same test on several databases one failure is a failure', () => {
  const both = report(
    ['one a group a test', 'passed'],
    ['two a group a test', 'failed', 'AssertionError: x'],
  );
  expect(outcomeOf(both, named)).toEqual({ kind: 'failed', messages: ['AssertionError: x'] });
});

test('a file that does not load says why, and is not noticed', () => {
  const broken: Report = {
    testResults: [
      { name: '/c/packages/core/test/a.test.ts', message: 'SyntaxError: x', assertionResults: [] },
    ],
  };
  expect(whyNotNoticed(outcomeOf(broken, named))).toContain('SyntaxError');
});

test('a guard is noticed by an assertion, or by the words it names, and by nothing else', () => {
  const failed = (message: string) => ({ kind: 'failed', messages: [message] }) as const;
  expect(whyNotNoticed({ kind: 'passed' })).toContain('passes');
  expect(whyNotNoticed(failed('AssertionError: expected 2 to be 1'))).toBeNull();
  expect(whyNotNoticed(failed('Error: promise resolved "x" instead of rejecting'))).toBeNull();
  expect(whyNotNoticed(failed('ReferenceError: x is not defined'))).toContain('ReferenceError');
  expect(whyNotNoticed(failed('Error: Test timed out in 30000ms.'))).toContain('timed out');
  expect(whyNotNoticed(failed('RangeError: too long'), 'too long')).toBeNull();
  expect(whyNotNoticed(failed('AssertionError: x'), 'too long')).toContain('AssertionError');
});

test('a test that does not pass with every guard in place cannot tell anything', () => {
  expect(whyNotPassed({ kind: 'passed' })).toBeNull();
  expect(whyNotPassed({ kind: 'failed', messages: ['AssertionError: x'] })).toBe('AssertionError: x');
  expect(whyNotPassed({ kind: 'not-run', message: 'no such file' })).toContain('no such file');
});

test('a file that fails at its end is noticed by its words, where the test ran', () => {
  const [file] = report(['a group a test', 'passed']).testResults;
  const ended = (message: string): Report => ({
    testResults: file === undefined ? [] : [{ ...file, message }],
  });
  expect(whyFileNotNoticed(ended('In clear: expected [ … ] to equal []'), named, 'In clear')).toBeNull();
  expect(whyFileNotNoticed(ended(''), named, 'In clear')).toContain('does not fail');
  expect(whyFileNotNoticed(ended('In clear'), { ...named, title: 'another' }, 'In clear')).toContain(
    'not run',
  );
});

test('the pattern fits the title in either way of joining, and no longer title', () => {
  const pattern = new RegExp(toPattern([named, { file: 'b', title: 'what (costs) 1.5' }]), 'u');
  for (const title of ['a group > a test', 'x > a group a test', 'what (costs) 1.5'])
    expect(title).toMatch(pattern);
  for (const title of ['a group > a test too', 'what (costs) 125']) expect(title).not.toMatch(pattern);
});
