import { expect, test } from 'vitest';
import { passwordProblem } from './password-problem.ts';

test('a password has at least 12 characters and at most 128', () => {
  expect(passwordProblem('x'.repeat(11))).toBe('Use at least 12 characters. This has 11.');
  expect([passwordProblem('x'.repeat(12)), passwordProblem('x'.repeat(128))]).toEqual([null, null]);
  expect(passwordProblem('x'.repeat(129))).toBe('Use at most 128 characters.');
});
