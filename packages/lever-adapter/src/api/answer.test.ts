import { PortError } from '@turn-lever/core/ports/port-error';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readAnswer, readRetryAfter, readShape, readText } from './answer.ts';

const now = Date.UTC(2026, 10, 23, 12);
const thrownBy = (act: () => unknown): PortError => {
  try {
    act();
  } catch (error) {
    if (error instanceof PortError) return error;
    throw error;
  }
  throw new Error('Expected an error.');
};

describe('Retry-After', () => {
  test.each([
    [null, null],
    ['', null],
    ['soon', null],
    ['-5', null],
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['Mon, 23 Nov 2026 12:00:30 GMT', 30_000],
    ['Mon, 23 Nov 2026 11:00:00 GMT', 0],
    ['999999999', 3_600_000],
  ])('%j is %s ms', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});

describe('the status says what went wrong:', () => {
  test.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [422, 'rejected'],
    [429, 'rate-limited'],
    [301, 'unavailable'],
    [302, 'unavailable'],
    [304, 'unavailable'],
    [202, 'unavailable'],
    [409, 'unavailable'],
    [451, 'unavailable'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ] as const)('%s is %s', (status, code) => {
    const answer = { status, text: '{"code":"Any","data":"canary"}', retryAfter: 5 };
    const error = thrownBy(() => readAnswer('GET /stages', answer));
    expect(error).toMatchObject({ code, retryAfter: 5, vendor: 'lever' });
    expect(error.message).toBe(`Lever answered GET /stages with ${status}`);
    expect(error.cause).toBeUndefined();
  });
});

describe.each([403, 404])('%i is', (status) => {
  test.each([
    ['HTML', '<html>Not found</html>'],
    ['nothing', ''],
    ['too much, or a broken connection', null],
    ['half of it', '{"code":"ResourceNotFound'],
    ["a gateway's JSON", '{"message":"Not Found"}'],
    ['a code that is no text', '{"code":404}'],
    ['an empty code', '{"code":""}'],
    ['a list', '[{"code":"ResourceNotFound"}]'],
    ['a text', '"ResourceNotFound"'],
    ['null', 'null'],
  ])("not Lever's word with %s, so it is unavailable", (_, text) => {
    const error = thrownBy(() => readAnswer('GET /stages', { status, text, retryAfter: null }));
    expect(error).toMatchObject({ code: 'unavailable', vendor: 'lever' });
  });
});

test('an answer without content is null', () => {
  expect(readAnswer('DELETE /webhooks/:id', { status: 204, text: '', retryAfter: null })).toBeNull();
});

test.each([
  ['HTML', '<html>canary</html>'],
  ['half of it', '{"data":{"name":"canary'],
  ['nothing', ''],
  ['too much of it, or a broken connection', null],
])('a good status with %s is unavailable, and the body goes nowhere', (_, text) => {
  const error = thrownBy(() => readAnswer('GET /stages', { status: 200, text, retryAfter: null }));
  expect(error).toMatchObject({ code: 'unavailable' });
  expect(`${error.message} ${String(error.cause)}`).not.toContain('canary');
});

test('another shape is unavailable and names the fields, not their values', () => {
  const schema = z.object({ data: z.array(z.object({ id: z.string() })) });
  const json = { data: [{ id: 'a' }, { id: 5 }, { id: ['canary'] }] };
  const error = thrownBy(() => readShape('GET /stages', schema, json));
  expect(error).toMatchObject({ code: 'unavailable' });
  expect(error.message).toBe('Lever answered GET /stages in an unknown shape: data.id');
});

test('a body is read to its limit and no further', async () => {
  expect(await readText(new Response('grüße'), 7)).toBe('grüße');
  expect(await readText(new Response('grüße!'), 7)).toBeNull();
  expect(await readText(new Response(null), 7)).toBe('');
});
