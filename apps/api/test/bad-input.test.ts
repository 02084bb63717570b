import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit, quiet } from './auditor.ts';
import { eventually } from './eventually.ts';
import type { TestAccount } from './test-account.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let account: TestAccount;
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
  account = await world.account();
  await world.sweptByItself(account.connectionId);
});
afterAll(() => world.close());

const post = async (
  url: string,
  body: string | Buffer<ArrayBuffer>,
  headers: Record<string, string> = {},
) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return { status: answer.status, body: await answer.text() };
};
const stageChange = (given: object = {}) =>
  signDelivery({
    signatureToken: account.signatureToken,
    data: { opportunityId: 'o-1', toStageId: account.stage },
    ...given,
  });
/** How many deliveries of the account were refused and counted. */
const refusals = async (): Promise<number> => {
  const { refused } = await world.stores().connections.readCounters(account.connectionId);
  return Object.values(refused).reduce((sum, count) => sum + count, 0);
};
const rowsOf = () => world.countRows('delivery');
const alive = async () => expect((await fetch(`${world.url}/readyz`)).status).toBe(200);

describe('unknown key; wrong, missing, short, non-hex, array signature', () => {
  const refused = {
    status: 401,
    body: '{"error":{"code":"unauthorized","message":"The address or the signature is not valid."}}',
  };
  const signature = () => stageChange().signature;

  test.each<[string, () => unknown]>([
    ['wrong', () => createHash('sha256').update('x').digest('hex')],
    ['one digit off', () => (signature().startsWith('0') ? '1' : '0') + signature().slice(1)],
    ['missing', () => undefined],
    ['null', () => null],
    ['empty', () => ''],
    ['short', () => signature().slice(0, 63)],
    ['long', () => `${signature()}0`],
    ['upper case', () => signature().toUpperCase()],
    ['non-hex', () => 'z'.repeat(64)],
    ['multi-byte', () => 'é'.repeat(64)],
    ['an array', () => [signature()]],
    ['an object', () => ({ toString: signature() })],
    ['a number', () => 7],
  ])('R18 a signature that is %s: the same 401, no row', async (_title, make) => {
    const [before, counted] = [await rowsOf(), await refusals()];
    expect(await post(account.leverUrl, JSON.stringify({ ...stageChange(), signature: make() }))).toEqual(
      refused,
    );
    expect(await rowsOf()).toBe(before);
    expect(await refusals()).toBe(counted + 1);
  });

  test('R25 an unknown key: the same 401', async () => {
    expect(
      await post(`${world.url}/webhooks/lever/${'k'.repeat(43)}`, JSON.stringify(stageChange())),
    ).toEqual(refused);
    expect(await post(`${world.url}/webhooks/turn/${'k'.repeat(43)}`, '{}')).toEqual(refused);
  });

  test.each([129, 2000])('R25 a key of %s characters: the same 401', async (length) => {
    expect(
      await post(`${world.url}/webhooks/lever/${'k'.repeat(length)}`, JSON.stringify(stageChange())),
    ).toEqual(refused);
  });

  test('R24 another account’s genuine delivery: the same 401, and a row for neither', async () => {
    const other = await world.account();
    const [before, counted] = [await rowsOf(), await refusals()];
    expect(
      await post(account.leverUrl, JSON.stringify(stageChange({ signatureToken: other.signatureToken }))),
    ).toEqual(refused);
    expect(await rowsOf()).toBe(before);
    expect(await refusals()).toBe(counted + 1);
    expect((await world.stores().connections.readCounters(other.connectionId)).refused).toEqual({});
    await other.inPhase(other.order(), 'ordered');
    await audit(world, [account, other]);
  });

  test.each<[string, object]>([
    ['a year ahead', { triggeredAt: Date.now() + 366 * 86_400_000 }],
    ['no token', { token: undefined }],
    ['a token that is a number', { token: 7 }],
    ['a time that is text of words', { triggeredAt: 'yesterday' }],
    ['a negative time', { triggeredAt: -1 }],
  ])('R22 %s: the same 401', async (_title, change) => {
    const signed =
      'triggeredAt' in change && typeof change.triggeredAt === 'number'
        ? stageChange(change)
        : { ...stageChange(), ...change };
    const counted = await refusals();
    expect(await post(account.leverUrl, JSON.stringify(signed))).toEqual(refused);
    expect(await refusals()).toBe(counted + 1);
  });

  test('refusals are counted with their reason, and the last of them kept without content', async () => {
    const { refused: counts, samples } = await world.stores().connections.readCounters(account.connectionId);
    expect(counts['rejected.signature']).toBeGreaterThan(10);
    expect(counts['rejected.clock']).toBe(1);
    expect(samples.length).toBeLessThanOrEqual(20);
  });
});

describe('body over 64 KiB, not JSON, __proto__, 100,000 nested arrays', () => {
  const signed = () => JSON.stringify(stageChange());
  test.each<[string, () => string | Buffer<ArrayBuffer>, Record<string, string>, number]>([
    ['R11 over 64 KiB', () => JSON.stringify({ ...stageChange(), padding: 'x'.repeat(64 * 1024) }), {}, 413],
    ['R11 100,000 nested arrays', () => '['.repeat(100_000), {}, 413],
    ['R11 30,000 nested arrays', () => '['.repeat(30_000) + ']'.repeat(30_000), {}, 401],
    ['R11 2 MiB', () => JSON.stringify({ ...stageChange(), padding: 'x'.repeat(2 * 1024 * 1024) }), {}, 413],
    [
      'R11 a million keys',
      () => `{${Array.from({ length: 1_000_000 }, (_, index) => `"${index}":1`).join()}}`,
      {},
      413,
    ],
    [
      'R12 invalid UTF-8 in the token',
      () => Buffer.from([...Buffer.from('{"token":"'), 0xc3, 0x28, ...Buffer.from('"}')]),
      {},
      401,
    ],
    ['R12 not JSON', () => 'token=x', {}, 400],
    ['R12 empty', () => '', {}, 400],
    ['R12 half a document', () => signed().slice(0, -5), {}, 400],
    ['R12 __proto__', () => signed().replace('{', '{"__proto__":{"admin":true},'), {}, 400],
    [
      'R12 constructor.prototype',
      () => signed().replace('{', '{"constructor":{"prototype":{"a":1}},'),
      {},
      400,
    ],
    ['R12 another content type', signed, { 'content-type': 'text/plain' }, 415],
    ['R12 a list', () => '[]', {}, 401],
    ['R12 null', () => 'null', {}, 401],
    [
      'R11 deep inside data',
      () => signed().replace('"data":{', `"data":{"deep":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)},`),
      {},
      200,
    ],
  ])('%s', async (_title, body, headers, status) => {
    const counted = await refusals();
    for (const url of status === 200 ? [account.leverUrl] : [account.leverUrl, account.turnUrl]) {
      const answer = await post(url, body(), headers);
      expect(answer.status).toBe(url === account.turnUrl && status === 401 ? 204 : status);
      if (status !== 200) expect(answer.body).not.toMatch(/stack|\.ts|node_modules/u);
    }
    expect(await refusals()).toBe(counted + (status === 401 ? 1 : 0));
    await alive();
  });

  test('R12 one reading is checked and used: of two tokens the last, and a mark before the body does not matter', async () => {
    const body = stageChange({ data: { opportunityId: 'o-3', toStageId: 'offer' } });
    const twice = (token: string) =>
      JSON.stringify({ ...body, token }).replace('{', `{"token":"${body.token}x",`);
    expect((await post(account.leverUrl, twice(body.token))).status).toBe(200);
    expect(await world.deliveryOf(body.token)).toMatchObject({ count: 1 });
    expect(await world.deliveryOf(`${body.token}x`)).toBeUndefined();
    expect((await post(account.leverUrl, twice(`${body.token}y`))).status).toBe(401);
    expect(await post(account.leverUrl, `\u{feff}${twice(body.token)}`)).toEqual({
      status: 200,
      body: '{"status":"duplicate"}',
    });
  });

  test('R10 a body that never ends is cut off, and others are served meanwhile', async () => {
    const { hostname, port, pathname } = new URL(account.leverUrl);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
    );
    await alive();
    const closed = new Promise<string>((resolve) => {
      let said = '';
      socket.on('data', (chunk) => {
        said += String(chunk);
      });
      socket.on('close', () => resolve(said));
    });
    expect(await closed).toContain('408');
  });
});

describe('valid ping', () => {
  test('R13 200, counted, no row and no vendor call, whatever its event', async () => {
    // Deliveries of the tests before may still be decided, and that asks Lever.
    await quiet(world, [account]);
    world.lever.journal.clear();
    world.turn.journal.clear();
    const before = await rowsOf();
    const { pings } = await world.stores().connections.readCounters(account.connectionId);
    expect(await account.lever.verifyConnection(account.webhookId)).toEqual({ status: 200 });
    expect(
      (await post(account.leverUrl, JSON.stringify(stageChange({ data: {}, event: 'candidateHired' }))))
        .status,
    ).toBe(200);
    expect((await world.stores().connections.readCounters(account.connectionId)).pings).toBe(pings + 2);
    expect(world.lever.journal.entries().filter(({ accountId }) => accountId === account.lever.id)).toEqual(
      [],
    );
    expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(0);
    expect(await rowsOf()).toBe(before);
  });
});

describe('unknown event, a stage that is not the trigger', () => {
  test.each([
    ['another event', { event: 'candidateHired' }, 'ignored.event_type'],
    ['an event nobody knows', { event: 'candidateTeleported' }, 'ignored.event_type'],
    ['another stage', { data: { opportunityId: 'o-2', toStageId: 'offer' } }, 'ignored.not_trigger_stage'],
    ['nobody in it', { data: { toStageId: 'x' } }, 'ignored.no_opportunity'],
  ])('R17 %s: 200, stored with its reason, no vendor call', async (_title, given, reason) => {
    await quiet(world, [account]);
    world.lever.journal.clear();
    const body = stageChange(given);
    expect((await post(account.leverUrl, JSON.stringify(body))).status).toBe(200);
    expect(await world.deliveryOf(body.token)).toMatchObject({ state: 'settled', reason });
    expect(world.lever.journal.entries()).toEqual([]);
  });
});

describe('same delivery again, 50 at once', () => {
  test('R5 200 each, one row with its count, one order', async () => {
    const id = account.add();
    account.lever.settings.deliverWebhooks = false;
    account.lever.moveOpportunity(id, account.stage);
    account.lever.settings.deliverWebhooks = true;
    const body = stageChange({ data: { opportunityId: id, toStageId: account.stage } });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post(account.leverUrl, JSON.stringify(body))),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(answers.filter(({ body: said }) => said === '{"status":"stored"}')).toHaveLength(1);
    expect(await world.deliveryOf(body.token)).toMatchObject({ count: 50 });
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)).toHaveLength(1);
  });

  test('R19 the same token on another body is one more hint, acted on only where Lever agrees, and an alert', async () => {
    const [first, second] = [account.add(), account.add()];
    const body = stageChange({ data: { opportunityId: first, toStageId: account.stage } });
    await post(account.leverUrl, JSON.stringify(body));
    const tampered = { ...body, data: { ...body.data, opportunityId: second } };
    expect((await post(account.leverUrl, JSON.stringify(tampered))).status).toBe(200);
    await account.decided(world, second, 'ignored.not_trigger_stage');
    expect(account.ordersOf(second)).toHaveLength(0);
    expect(await world.stores().incidents.listOpen(account.connectionId)).toContainEqual(
      expect.objectContaining({ kind: 'delivery-key-reused' }),
    );
  });
});

describe('Turn’s webhook', () => {
  test('with an id that no database takes: 204, nothing stored', async () => {
    const body = { original_state: 'emailed', state: 'approved', worker_id: 'x\u0000y' };
    expect((await post(account.turnUrl, JSON.stringify(body))).status).toBe(204);
  });

  test('about a check that is not ours: 204, nothing stored', async () => {
    const body = {
      event_id: 'e',
      original_state: 'emailed',
      state: 'approved',
      timestamp: 1,
      worker_id: '00000000-0000-0000-0000-000000000000',
    };
    expect((await post(account.turnUrl, JSON.stringify(body))).status).toBe(204);
    expect(await world.stores().connections.read(account.connectionId)).toMatchObject({ lever: 'working' });
  });

  test('that lies about a state changes nothing that Turn does not confirm', async () => {
    const id = account.order({ tags: ['Ops'] });
    await account.showing(id, 'Emailed');
    const worker = account.ordersOf(id)[0]?.workerId;
    const body = {
      event_id: 'e',
      original_state: 'emailed',
      state: 'approved',
      timestamp: 1,
      worker_id: worker,
    };
    world.turn.journal.clear();
    expect((await post(account.turnUrl, JSON.stringify(body))).status).toBe(204);
    await eventually(() =>
      expect(world.turn.journal.entries().some(({ path }) => path.includes(worker ?? 'x'))).toBe(true),
    );
    await account.showing(id, 'Emailed');
  });
});

describe('a flood of what cannot be verified', () => {
  test('is answered 429 without being counted, and a genuine delivery is stored all the same', async () => {
    const bad = JSON.stringify({ ...stageChange(), signature: 'f'.repeat(64) });
    const statuses: number[] = [];
    for (let sent = 0; sent < 200; sent += 1) statuses.push((await post(account.leverUrl, bad)).status);
    expect(statuses.at(-1)).toBe(429);
    const { refused } = await world.stores().connections.readCounters(account.connectionId);
    expect(refused['rejected.signature']).toBeLessThan(200);
    const body = stageChange({ data: { opportunityId: 'o-3', toStageId: 'offer' } });
    expect((await post(account.leverUrl, JSON.stringify(body))).status).toBe(200);
    expect(await world.deliveryOf(body.token)).toMatchObject({ reason: 'ignored.not_trigger_stage' });
  });
});
test('R10 R11 R12 R13 R17 R18 R19 R22 R25 after all of it nothing is lost, ordered twice or told', () =>
  audit(world, [account]));

test('nobody’s name, e-mail or secret came into the log', () => {
  const text = JSON.stringify(world.lines);
  expect(world.lines.length).toBeGreaterThan(5);
  expect(text).not.toMatch(/namecanary|mailcanary/iu);
  for (const secret of [account.signatureToken, account.turn.token, account.leverUrl.split('/').at(-1) ?? ''])
    expect(text).not.toContain(secret);
});
