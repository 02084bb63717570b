import type { ConnectionId, PackageId } from '@turn-lever/core/ids';
import type { OrderOutcome } from '@turn-lever/core/ports/check-provider';
import { PortError } from '@turn-lever/core/ports/port-error';
import { anOrderRequest } from '@turn-lever/core/testing/check-provider-contract';
import type { Fault } from '@turn-lever/emulator/http/fault-plan';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { placeOrder } from '../src/api/order.ts';
import { turnPace } from '../src/api/pace.ts';
import { createSender, type SendToTurn } from '../src/api/request.ts';
import { createTurnCheckProvider } from '../src/create-turn-check-provider.ts';
import { callbackUrl, createTurnWorld, orderRoute, type TurnWorld } from './turn-world.ts';

const reference = 'lever-sandbox-opportunity-1-1';
const unknown: OrderOutcome = { kind: 'unknown' };
const notCarriedOut = (retryAfter: number | null): OrderOutcome => ({ kind: 'not-carried-out', retryAfter });
const refused = (...fields: string[]): OrderOutcome => ({ kind: 'refused', fields });

let world: TurnWorld;
beforeAll(async () => {
  // Short, for the faults that keep silent; the emulator needs a few milliseconds.
  world = await createTurnWorld({ timeouts: { order: 1500 } });
});
afterEach(() => {
  world.turn.faults.clear();
  world.turn.journal.clear();
});
afterAll(() => world.close());

const order = (connectionId: ConnectionId, given: Parameters<typeof anOrderRequest>[0] = {}) =>
  world.provider.order(connectionId, reference, anOrderRequest(given));

test('sends what Turn needs and nothing else', async () => {
  const { connectionId, account } = world.connect();
  await order(connectionId, { phone: '15005550006', packageId: 'P0000000001' as PackageId });
  await order(connectionId);
  const [full, least] = world.turn.journal.entries({ route: orderRoute }).map(({ body }) => body);
  expect(full).toEqual({
    first_name: 'Darth',
    last_name: 'Vader',
    email: 'darth.vader@example.com',
    callback_url: callbackUrl,
    reference_id: reference,
    phone_number: '15005550006',
    package_id: 'P0000000001',
  });
  expect(Object.keys(least as object).sort()).toEqual([
    'callback_url',
    'email',
    'first_name',
    'last_name',
    'reference_id',
  ]);
  expect(account.checks).toHaveLength(2);
});

test('takes the id of the check from the answer, which has no Turn ID, and reads that from the status', async () => {
  const { connectionId, account } = world.connect();
  const outcome = await order(connectionId);
  const [check] = account.checks;
  expect(outcome).toEqual({ kind: 'accepted', workerId: check?.workerId });
  expect(await world.provider.findByReference(connectionId, reference)).toMatchObject({
    turnId: check?.turnId,
  });
});

test('never asks for the details of a person', async () => {
  const { connectionId, account } = world.connect();
  await order(connectionId);
  await account.advance(reference, 'approved');
  await world.provider.findByReference(connectionId, reference);
  const paths = world.turn.journal.entries().map(({ path }) => path);
  expect(paths).toEqual(['/v1/person/search_async', `/v1/person/${reference}/status`]);
});

describe('what cannot have been carried out, or may have been', () => {
  const faults: readonly [string, Fault, OrderOutcome, number][] = [
    ['a reset before reading', { kind: 'reset-before-reading' }, unknown, 0],
    ['a reset after committing', { kind: 'reset-after-committing' }, unknown, 1],
    ['half an answer', { kind: 'half-body' }, unknown, 1],
    ['an answer that drips', { kind: 'slow-drip', intervalMs: 100 }, unknown, 1],
    ['no answer', { kind: 'no-answer' }, unknown, 0],
    ['no answer after committing', { kind: 'no-answer', commit: true }, unknown, 1],
    ['a page of HTML', { kind: 'html' }, unknown, 0],
    ['a page of HTML after committing', { kind: 'html', commit: true }, unknown, 1],
    ['JSON without an id', { kind: 'wrong-json', commit: true }, unknown, 1],
    ['JSON that is a list', { kind: 'wrong-json', body: [1] }, unknown, 0],
    ['an id that is no text', { kind: 'wrong-json', body: { worker_id: { $ne: 1 } } }, unknown, 0],
    ['an id with NUL', { kind: 'wrong-json', body: { worker_id: 'w\0' } }, unknown, 0],
    ['an empty id', { kind: 'wrong-json', body: { worker_id: ' ' } }, unknown, 0],
    ['an empty 200', { kind: 'status', status: 200, body: undefined }, unknown, 0],
    [
      'a huge answer',
      { kind: 'wrong-json', body: { worker_id: 'w', filler: 'x'.repeat(1_100_000) } },
      unknown,
      0,
    ],
    ['500', { kind: 'status', status: 500 }, unknown, 0],
    ['500 after committing', { kind: 'status-after-committing', status: 500 }, unknown, 1],
    ['502', { kind: 'status', status: 502 }, unknown, 0],
    ['503', { kind: 'status', status: 503 }, unknown, 0],
    ['503 with a time', { kind: 'status', status: 503, headers: { 'retry-after': '3' } }, unknown, 0],
    [
      '503 with a time after committing',
      { kind: 'status-after-committing', status: 503, headers: { 'retry-after': '3' } },
      unknown,
      1,
    ],
    ['504 with a time', { kind: 'status', status: 504, headers: { 'retry-after': '3' } }, unknown, 0],
    ['429', { kind: 'status', status: 429 }, notCarriedOut(null), 0],
    [
      '429 with a time',
      { kind: 'status', status: 429, headers: { 'retry-after': '60' } },
      notCarriedOut(60_000),
      0,
    ],
    [
      '429 for years',
      { kind: 'status', status: 429, headers: { 'retry-after': '99999999' } },
      notCarriedOut(86_400_000),
      0,
    ],
    [
      '429 with nonsense',
      { kind: 'status', status: 429, headers: { 'retry-after': 'soon' } },
      notCarriedOut(null),
      0,
    ],
    [
      '429 with a past date',
      { kind: 'status', status: 429, headers: { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' } },
      notCarriedOut(0),
      0,
    ],
    ['a redirect', { kind: 'status', status: 307, headers: { location: '/v1/public_api/me' } }, unknown, 0],
    ['408', { kind: 'status', status: 408 }, unknown, 0],
    [
      '401',
      { kind: 'status', status: 401, body: { code: 'authorization_header_missing' } },
      { kind: 'unauthorized' },
      0,
    ],
    ['403', { kind: 'status', status: 403 }, { kind: 'unauthorized' }, 0],
    [
      '400 invalid_header',
      { kind: 'status', status: 400, body: { code: 'invalid_header', description: 'x' } },
      { kind: 'unauthorized' },
      0,
    ],
    ['another 400', { kind: 'status', status: 400, body: { message: 'No.' } }, refused(), 0],
    ['404', { kind: 'status', status: 404, body: { error: 'No such thing.' } }, refused(), 0],
    ['404 without a body', { kind: 'status', status: 404, body: undefined }, unknown, 0],
    ['409', { kind: 'status', status: 409, body: { description: 'SSN not validated' } }, refused(), 0],
    [
      '422',
      {
        kind: 'status',
        status: 422,
        body: { 'json.email': ['Not valid: a@example.com'], 'json.first_name': ['Missing'] },
      },
      refused('email', 'first_name'),
      0,
    ],
    [
      'an unknown package',
      { kind: 'status', status: 422, body: { message: "Package P0000000009 doesn't exist." } },
      refused('package_id'),
      0,
    ],
  ];

  test.each(faults)('%s', async (_name, fault, expected, checks) => {
    const { connectionId, account } = world.connect();
    world.turn.faults.add({ route: orderRoute, kind: fault });
    expect(await order(connectionId)).toEqual(expected);
    expect(world.turn.faults.fired).toHaveLength(1);
    expect(world.turn.journal.count()).toBe(1);
    expect(account.checks).toHaveLength(checks);
  });
});

test('follows the check that is there already where Turn says duplicate', async () => {
  const { connectionId } = world.connect();
  const body = { message: { code: 9400, message: 'Duplicate' }, worker_uuid: 'worker-of-old' };
  world.turn.faults.add({ route: orderRoute, kind: 'wrong-json', body });
  expect(await order(connectionId)).toEqual({ kind: 'accepted', workerId: 'worker-of-old' });
});

test('R44 is certainly not carried out where nobody listens', async () => {
  const gone = await createTurnWorld();
  const { connectionId } = gone.connect();
  await gone.close();
  await expect(fetch(gone.turn.apiUrl)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  const outcome = await gone.provider.order(connectionId, reference, anOrderRequest());
  expect(outcome).toEqual({ kind: 'not-carried-out', retryAfter: null });
});

test('is certainly not carried out where token or callback URL cannot be had', async () => {
  const { apiUrl, journal } = world.turn;
  const config = { apiUrl, dashboardHosts: [], allowLoopbackHttp: false };
  const give = async () => 'given';
  const fail = (error: Error) => async () => Promise.reject(error);
  const place = (tokenOf: () => Promise<string>, callbackUrlOf: () => Promise<string>) =>
    createTurnCheckProvider({ ...config, tokenOf, callbackUrlOf }).order(
      'connection-1' as ConnectionId,
      reference,
      anOrderRequest(),
    );
  expect(await place(fail(new PortError('unauthorized', 'None kept.')), give)).toEqual({
    kind: 'unauthorized',
  });
  expect(await place(async () => 'line\nbreak', give)).toEqual({ kind: 'unauthorized' });
  expect(await place(give, fail(new Error('database down')))).toEqual(notCarriedOut(null));
  expect(await place(fail(new PortError('unavailable', 'Later.', { retryAfter: 5 })), give)).toEqual(
    notCarriedOut(5),
  );
  expect(journal.count()).toBe(0);
});

describe('is unknown once it has left, whatever breaks afterwards:', () => {
  const placeWith = (send: SendToTurn) =>
    placeOrder(send, 'connection-1' as ConnectionId, {
      referenceId: reference,
      request: anOrderRequest(),
      callbackUrlOf: async () => callbackUrl,
      timeout: 1500,
    });

  test('reading the answer', async () => {
    const body = {
      get message(): string {
        throw new PortError('unavailable', 'Broken.');
      },
    };
    const reply = { kind: 'answered', status: 422, body, isJson: true, retryAfter: null } as const;
    expect(await placeWith(async () => reply)).toEqual(unknown);
  });

  test('telling why sending failed', async () => {
    const endless = new Error('I am my own cause.');
    endless.cause = endless;
    const send = createSender({
      apiUrl: world.turn.apiUrl,
      fetch: async () => Promise.reject(endless),
      tokenOf: async () => 'token',
      pace: turnPace,
    });
    expect(await placeWith(send)).toEqual(unknown);
  });
});
