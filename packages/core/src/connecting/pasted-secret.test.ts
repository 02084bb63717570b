import { expect, test } from 'vitest';
import { endOfSecret, readPastedSecret } from './pasted-secret.ts';

test.each([
  ['abc', { kind: 'fit', secret: 'abc' }],
  [' \tabc\r\n', { kind: 'fit', secret: 'abc' }],
  ['', { kind: 'unfit', why: 'empty' }],
  ['\u00a0 ', { kind: 'unfit', why: 'empty' }],
  ['x'.repeat(512), { kind: 'fit', secret: 'x'.repeat(512) }],
  ['x'.repeat(513), { kind: 'unfit', why: 'too-long' }],
  ['a b', { kind: 'unfit', why: 'unprintable' }],
  ['a\nb', { kind: 'unfit', why: 'unprintable' }],
  ['a\u0000b', { kind: 'unfit', why: 'unprintable' }],
  ['é', { kind: 'unfit', why: 'unprintable' }],
] as const)('%j', (text, read) => {
  expect(readPastedSecret(text)).toEqual(read);
});

test('of a secret four characters may be told, of a short one none', () => {
  expect(endOfSecret('0123456789abcdef')).toBe('cdef');
  expect(endOfSecret('0123456789abcde')).toBeNull();
});
