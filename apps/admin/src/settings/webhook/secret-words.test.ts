import { expect, it } from 'vitest';
import { isPreviousAccepted, pastedSecret, unfitWords } from './secret-words.ts';

it.each([
  [null, false],
  [99, false],
  [100, false],
  [101, true],
])('knows until when the previous secret is accepted: %s', (until, isAccepted) => {
  expect(isPreviousAccepted(until, 100)).toBe(isAccepted);
});

it('drops the blanks of a pasted secret', () => {
  expect(pastedSecret('  abc def\n')).toBe('abcdef');
});

it.each([
  ['empty', 'Paste it here'],
  ['too-long', 'longer than any'],
  ['unprintable', 'characters that none has'],
] as const)('says why it cannot be a secret: %s', (why, words) => {
  expect(unfitWords(why)).toContain(words);
});
