import type { ConnectionId, TurnId, WorkerId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import { anOrderRequest } from '@turn-lever/core/testing/check-provider-contract';
import type { Fault } from '@turn-lever/emulator/http/fault-plan';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createTurnWorld, statusRoute, type TurnWorld } from './turn-world.ts';

const reference = 'lever-sandbox-opportunity-1-1';
const packagesRoute = 'GET /v1/public_api/me/packages';

let world: TurnWorld;
beforeAll(async () => {
  world = await createTurnWorld({ timeouts: { read: 1500 } });
});
afterEach(() => {
  world.turn.faults.clear();
  world.turn.journal.clear();
});
afterAll(() => world.close());

const ordered = async (): Promise<{ connectionId: ConnectionId; workerId: WorkerId }> => {
  const { connectionId } = world.connect();
  const outcome = await world.provider.order(connectionId, reference, anOrderRequest());
  if (outcome.kind !== 'accepted') throw new Error('Expected an accepted order.');
  return { connectionId, workerId: outcome.workerId };
};
const spoil = (fault: Fault, route = statusRoute): void => world.turn.faults.add({ route, kind: fault });
const failureOf = async (promise: Promise<unknown>): Promise<PortError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PortError) return error;
  throw new Error('Expected a PortError.', { cause: error });
};

describe('a status that cannot be read', () => {
  const faults: readonly [string, Fault, PortError['code']][] = [
    ['a reset', { kind: 'reset-before-reading' }, 'unavailable'],
    ['half an answer', { kind: 'half-body' }, 'unavailable'],
    ['no answer', { kind: 'no-answer' }, 'unavailable'],
    ['a page of HTML', { kind: 'html' }, 'unavailable'],
    ['JSON of another shape', { kind: 'wrong-json' }, 'unavailable'],
    ['JSON that is null', { kind: 'wrong-json', body: null }, 'unavailable'],
    ['a state that is no text', { kind: 'wrong-json', body: { state: 1, worker_id: 'w' } }, 'unavailable'],
    ['no id', { kind: 'wrong-json', body: { state: 'pending' } }, 'unavailable'],
    [
      'a huge answer',
      { kind: 'wrong-json', body: { state: 'pending', worker_id: 'w', filler: 'x'.repeat(1_100_000) } },
      'unavailable',
    ],
    [
      'a redirect',
      { kind: 'status', status: 302, headers: { location: '/v1/public_api/me' } },
      'unavailable',
    ],
    ['204', { kind: 'status', status: 204, body: undefined }, 'unavailable'],
    ['503', { kind: 'status', status: 503, headers: { 'retry-after': '9' } }, 'unavailable'],
    ['429', { kind: 'status', status: 429 }, 'rate-limited'],
    ['401', { kind: 'status', status: 401, body: { description: 'no' } }, 'unauthorized'],
    ['400 invalid_header', { kind: 'status', status: 400, body: { code: 'invalid_header' } }, 'unauthorized'],
    ['another 400', { kind: 'status', status: 400, body: { code: 'invalid_request' } }, 'rejected'],
    ['403', { kind: 'status', status: 403 }, 'forbidden'],
    [
      '422 about something else',
      { kind: 'status', status: 422, body: { _schema: ['Invalid input type.'] } },
      'rejected',
    ],
    ['404 without a body', { kind: 'status', status: 404, body: undefined }, 'unavailable'],
    ['404 without a word', { kind: 'status', status: 404, body: {} }, 'unavailable'],
    [
      "a gateway's 404 in JSON",
      { kind: 'status', status: 404, body: { message: 'Not Found' } },
      'unavailable',
    ],
    [
      "404 with Turn's own sentence",
      { kind: 'status', status: 404, body: { message: 'Worker with id w was not found' } },
      'unavailable',
    ],
    [
      '422 that only says not found',
      { kind: 'status', status: 422, body: { error: 'Not found' } },
      'rejected',
    ],
    [
      '200 with the sentence',
      { kind: 'status', status: 200, body: { message: 'Worker with id w was not found' } },
      'unavailable',
    ],
  ];
  test.each(faults)('%s', async (_name, fault, code) => {
    const { connectionId } = await ordered();
    spoil(fault);
    const error = await failureOf(world.provider.findByReference(connectionId, reference));
    expect(error).toMatchObject({ code, vendor: 'turn' });
    expect(world.turn.faults.fired).toHaveLength(1);
    expect(world.turn.journal.count()).toBe(2);
  });
});

test.each([{ message: 'Worker with id w was not found' }, { message: 'Person with id p was not found.' }])(
  "422 with Turn's own sentence, %o, is an unknown check",
  async (body) => {
    const { connectionId } = await ordered();
    spoil({ kind: 'status', status: 422, body });
    expect(await world.provider.findByReference(connectionId, reference)).toBeNull();
  },
);

test('an error names no person, no id and no token', async () => {
  const { connectionId, workerId } = await ordered();
  const { token } = world.accountOf(connectionId);
  const body = { message: 'Vader darth.vader@example.com is broken' };
  const faults: Fault[] = [{ kind: 'status', status: 400, body }, { kind: 'html' }, { kind: 'half-body' }];
  for (const fault of faults) {
    spoil(fault);
    const error = await failureOf(world.provider.readCheck(connectionId, workerId));
    const shown = [error.message, error.stack, String(error.cause), JSON.stringify(error)].join('\n');
    for (const secret of ['Vader', 'darth.vader', workerId, token]) expect(shown).not.toContain(secret);
  }
});

test('the reference stands encoded in the path', async () => {
  const { connectionId } = world.connect();
  await world.provider.findByReference(connectionId, 'a/../b?c=d#e%2e \ud800');
  expect(world.turn.journal.entries().map(({ path }) => path)).toEqual([
    '/v1/person/a%2F..%2Fb%3Fc%3Dd%23e%252e%20%EF%BF%BD/status',
  ]);
});

test('a state nobody told us about is carried, cleaned for its tag', async () => {
  const { connectionId, workerId } = await ordered();
  await world.accountOf(connectionId).advance(workerId, 'foo__<b>bar');
  expect((await world.provider.readCheck(connectionId, workerId))?.status).toMatchObject({
    raw: 'foo__<b>bar',
    status: { name: 'unrecognised', label: 'Foo B Bar', group: 'open' },
  });
});

test('a recheck inside Turn shows its date under the same ids', async () => {
  const { connectionId, workerId } = await ordered();
  const account = world.accountOf(connectionId);
  await account.advance(workerId, 'approved');
  const before = await world.provider.readCheck(connectionId, workerId);
  await account.advance(workerId, 'processing', { recheck: true });
  const after = await world.provider.readCheck(connectionId, workerId);
  expect(before?.status.recheckDate).toBeNull();
  expect(after?.status.recheckDate).toBe(account.check(workerId).recheckDate);
  expect(after?.turnId).toBe(before?.turnId);
});

test('a hostile page is refused while the status is still read', async () => {
  const { connectionId, workerId } = await ordered();
  world.accountOf(connectionId).setDashboardUrl(workerId, 'javascript:alert(1)');
  expect(await world.provider.readCheck(connectionId, workerId)).toMatchObject({
    status: { raw: 'emailed' },
    reportUrl: { kind: 'refused', rule: 'not-https' },
  });
});

test('ids are read as text, and a missing Turn ID is none', async () => {
  const { connectionId } = await ordered();
  spoil({ kind: 'wrong-json', body: { state: 'pending', worker_uuid: 42, turn_id: null } });
  expect(await world.provider.findByReference(connectionId, reference)).toMatchObject({
    workerId: '42',
    turnId: null,
    reportUrl: { kind: 'absent' },
  });
});

test('what Postgres would refuse is left out of texts', async () => {
  const { connectionId } = await ordered();
  const body = { state: 'pend\0ing', worker_id: 'w', turn_id: 'C1', recheck_date: '2026-01-01\0\ud800' };
  spoil({ kind: 'wrong-json', body });
  expect(await world.provider.findByReference(connectionId, reference)).toMatchObject({
    status: { raw: 'pending', recheckDate: '2026-01-01\ufffd' },
  });
  spoil({ kind: 'wrong-json', body: { name: 'Ex\0ample' } }, 'GET /v1/public_api/me');
  expect(await world.provider.readAccountName(connectionId)).toBe('Example');
  const cut = `${'x'.repeat(199)}💥`;
  spoil({ kind: 'wrong-json', body: { name: cut } }, 'GET /v1/public_api/me');
  expect((await world.provider.readAccountName(connectionId)).isWellFormed()).toBe(true);
  const packages = [{ id: 'P\0' }, { id: 'P\ud800' }, { id: 'P1', name: 'A\0' }, { id: 'P2', name: cut }];
  spoil({ kind: 'wrong-json', body: { packages } }, packagesRoute);
  expect(await world.provider.listPackages(connectionId)).toEqual({
    kind: 'listed',
    packages: [
      { id: 'P1', name: 'A' },
      { id: 'P2', name: cut.slice(0, 199).concat('\ufffd') },
    ],
  });
});

test.each([{ state: '\0' }, { worker_id: 'w\0' }, { worker_id: 'w\ud800' }])(
  'a status with %j cannot be read',
  async (odd) => {
    const { connectionId } = await ordered();
    spoil({ kind: 'wrong-json', body: { state: 'pending', worker_id: 'w', ...odd } });
    const reading = world.provider.findByReference(connectionId, reference);
    expect(await failureOf(reading)).toMatchObject({ code: 'unavailable' });
  },
);

test.each([
  ['C0000000001', 'C0000000001'],
  [' c-1 ', 'c-1'],
  [7, '7'],
  ['C1\nTurnStatus:Clear', null],
  ['https://example.test', null],
  ['C1\0', null],
  ['x'.repeat(65), null],
])('the Turn ID %j, which goes into a note, is taken as %j', async (turn_id, expected) => {
  const { connectionId } = await ordered();
  spoil({ kind: 'wrong-json', body: { state: 'pending', worker_id: 'w', turn_id } });
  expect((await world.provider.findByReference(connectionId, reference))?.turnId).toBe(expected);
});

describe('packages', () => {
  test('are read from a bare list too', async () => {
    const { connectionId } = world.connect({
      listShape: 'bare',
      packages: [{ id: 'P0000000001', name: 'Only' }],
    });
    expect(await world.provider.listPackages(connectionId)).toEqual({
      kind: 'listed',
      packages: [{ id: 'P0000000001', name: 'Only' }],
    });
  });

  test('that are broken are passed over, doubles and missing names mended', async () => {
    const { connectionId } = world.connect();
    const packages = [
      { id: 7 },
      { package_id: '7', name: 'Later' },
      { name: 'No id' },
      null,
      'text',
      { id: 'P1', name: ' A ' },
    ];
    spoil({ kind: 'wrong-json', body: { packages } }, packagesRoute);
    expect(await world.provider.listPackages(connectionId)).toEqual({
      kind: 'listed',
      packages: [
        { id: '7', name: '7' },
        { id: 'P1', name: 'A' },
      ],
    });
  });

  test.each([404, 405, 501])('are not offered where the route answers %i', async (status) => {
    const { connectionId } = world.connect();
    spoil({ kind: 'status', status }, packagesRoute);
    expect(await world.provider.listPackages(connectionId)).toEqual({ kind: 'not-offered' });
  });

  test.each<Fault>([{ kind: 'html' }, { kind: 'wrong-json', body: { packages: 'none' } }])(
    'are unavailable, not empty, after %o',
    async (fault) => {
      const { connectionId } = world.connect();
      spoil(fault, packagesRoute);
      expect(await failureOf(world.provider.listPackages(connectionId))).toMatchObject({
        code: 'unavailable',
      });
    },
  );
});

test('the account is named as Turn names it, and a nameless one is not taken', async () => {
  const { connectionId } = world.connect({ name: 'Example Partner, Inc.' });
  expect(await world.provider.readAccountName(connectionId)).toBe('Example Partner, Inc.');
  spoil({ kind: 'wrong-json' }, 'GET /v1/public_api/me');
  expect(await failureOf(world.provider.readAccountName(connectionId))).toMatchObject({
    code: 'unavailable',
  });
});

test('an invitation is really sent again', async () => {
  const { connectionId, workerId } = await ordered();
  const check = world.accountOf(connectionId).check(workerId);
  await world.provider.resendInvitation(connectionId, check.turnId as TurnId);
  expect(check.invitationsSent).toBe(2);
  const dots = world.provider.resendInvitation(connectionId, '..' as TurnId);
  expect(await failureOf(dots)).toMatchObject({ code: 'not-found' });
});
