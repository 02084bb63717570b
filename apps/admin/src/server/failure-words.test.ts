import { TRPCClientError } from '@trpc/client';
import { expect, test } from 'vitest';
import { failureOf, mayRetry } from './failure.ts';
import { failureWords } from './failure-words.ts';

const answered = (code: string, message: string) =>
  TRPCClientError.from({ error: { code: -1, message, data: { code, httpStatus: 400 } } });

test.each([
  ['UNAUTHORIZED', 'signed-out'],
  ['PRECONDITION_FAILED', 'password-needed'],
  ['FORBIDDEN', 'not-allowed'],
  ['NOT_FOUND', 'not-found'],
  ['CONFLICT', 'conflict'],
  ['SERVICE_UNAVAILABLE', 'unavailable'],
  ['INTERNAL_SERVER_ERROR', 'broken'],
] as const)('%s means %s', (code, kind) => {
  expect(failureOf(answered(code, 'why'))).toEqual({ kind, why: 'why' });
});

test('no answer at all means that the server is out of reach, and that trying again may help', () => {
  const failure = failureOf(TRPCClientError.from(new TypeError('Failed to fetch')));
  expect(failure.kind).toBe('offline');
  expect(mayRetry(failure)).toBe(true);
});

test('the page of a proxy whose server is away means the same', () => {
  const error = TRPCClientError.from(new SyntaxError('Unexpected token <'), {
    meta: { response: new Response('<html>', { status: 502 }) },
  });
  expect(failureOf(error).kind).toBe('offline');
});

test('the last Super Admin is told why, and an unknown conflict still has a sentence', () => {
  expect(failureWords({ kind: 'conflict', why: 'last-super-admin' })).toMatch(/^At least one Super Admin/u);
  expect(failureWords({ kind: 'conflict', why: 'toString' })).toMatch(/^This was changed meanwhile/u);
});
