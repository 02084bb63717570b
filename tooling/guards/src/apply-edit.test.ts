import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allGuards } from './all-guards.ts';
import { applyEdit } from './apply-edit.ts';

const edit = { file: 'a.ts', find: 'if (guard) return;', replace: '' };

test('what stands there once is replaced, and nothing else', () => {
  expect(applyEdit('one\nif (guard) return;\ntwo', edit)).toBe('one\n\ntwo');
  expect(applyEdit('$& x', { file: 'a.ts', find: 'x', replace: '$&' })).toBe('$& $&');
});

test.each([
  ['never', 'one', 'found 0 times'],
  ['twice', 'if (guard) return; if (guard) return;', 'found 2 times'],
])('what stands there %s makes the table stale', (_title, text, words) => {
  expect(() => applyEdit(text, edit)).toThrow(words);
});

test('an edit without a text to find is refused', () => {
  expect(() => applyEdit('one', { ...edit, find: '' })).toThrow('nothing to find');
});

test('no two guards have one name', () => {
  expect(new Set(allGuards.map(({ name }) => name)).size).toBe(allGuards.length);
});

// The command itself takes minutes and is not part of `test`; that its table fits the code is looked at each time.
test.each(allGuards)('the table fits the code: $name', ({ edits }) => {
  const texts = new Map<string, string>();
  for (const one of edits) {
    const path = fileURLToPath(new URL(`../../../${one.file}`, import.meta.url));
    texts.set(path, applyEdit(texts.get(path) ?? readFileSync(path, 'utf8'), one));
  }
});
