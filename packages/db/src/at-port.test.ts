import { PortError } from '@turn-lever/core/ports/port-error';
import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { atPort, violatedConstraint } from './at-port.ts';

/** As drizzle throws it: the statement's values stand in its message. */
const failed = (given: Record<string, string>): DrizzleQueryError =>
  new DrizzleQueryError(
    'insert …',
    ['ada@example.com'],
    Object.assign(new Error('no: ada@example.com'), given),
  );

const thrownFor = (error: unknown): Promise<unknown> =>
  atPort(() => Promise.reject(error)).catch((thrown: unknown) => thrown);

test.each([
  '08006',
  '40P01',
  '53300',
  '57014',
  '57P01',
  '25006',
  'ECONNREFUSED',
  'EPIPE',
  'CONNECTION_CLOSED',
  'CONNECT_TIMEOUT',
])('what passes by itself is "unavailable": %s', async (code) => {
  expect(await thrownFor(failed({ code }))).toMatchObject({ name: 'PortError', code: 'unavailable' });
});

test.each(['22P05', '23505', '42601'])('a statement that is wrong is an ordinary error: %s', async (code) => {
  const thrown = await thrownFor(failed({ code }));
  expect(thrown).toBeInstanceOf(Error);
  expect(thrown).not.toBeInstanceOf(PortError);
});

test.each(['57P01', '23505'])('no value of the statement goes on: %s', async (code) => {
  const thrown = (await thrownFor(failed({ code }))) as Error;
  expect(`${thrown.message} ${thrown.stack} ${JSON.stringify(thrown)} ${thrown.cause}`).not.toContain('ada@');
});

test('errors of a port and of ours go on as they are', async () => {
  for (const error of [new PortError('unauthorized', 'no token'), new TypeError('a bug')]) {
    expect(await thrownFor(error)).toBe(error);
  }
});

test('the violated constraint is told for both drivers, and only for a unique one', () => {
  expect(violatedConstraint(failed({ code: '23505', constraint: 'one' }))).toBe('one');
  expect(violatedConstraint(failed({ code: '23505', constraint_name: 'one' }))).toBe('one');
  expect(violatedConstraint(failed({ code: '23503', constraint: 'one' }))).toBeNull();
  expect(violatedConstraint(new Error('other'))).toBeNull();
});
