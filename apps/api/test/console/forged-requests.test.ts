import type { AccountId } from '@turn-lever/core/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Browser, type ConsoleWorld, createConsoleWorld } from './console-world.ts';

let world: ConsoleWorld;
let accountId: AccountId;
let connectionId: string;
let browser: Browser;
beforeAll(async () => {
  world = await createConsoleWorld();
  ({ accountId, connectionId } = await world.partner());
  ({ browser } = await world.join(accountId, 'super-admin'));
});
afterAll(() => world.close());

const state = async (): Promise<string> =>
  JSON.stringify([
    await world.ask`select paused_at from connection`,
    await world.ask`select id from audit_log order by 1`,
    await world.ask`select id, role from membership order by 1`,
    await world.ask`select id from session order by 1`,
    await world.ask`select id from one_time_link order by 1`,
  ]);

describe('R99 a request that the console did not send', () => {
  const pause = '/api/trpc/connection.pause';
  const json = () => JSON.stringify({ accountId, connectionId });
  test.each<[string, string, string, Record<string, string | null>]>([
    [
      'a form of another site',
      'POST',
      pause,
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
    ],
    [
      'a fetch of another site',
      'POST',
      pause,
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    ],
    ['a fetch of a neighbour', 'POST', pause, { 'sec-fetch-site': 'same-site' }],
    ['an opaque origin', 'POST', pause, { origin: 'null' }],
    ['no origin', 'POST', pause, { origin: null }],
    ['an origin that begins like ours', 'POST', pause, { origin: 'http://127.0.0.1:1.evil.example' }],
    ['no header of ours', 'POST', pause, { 'x-turn-lever': null }],
    [
      'a link that somebody follows',
      'GET',
      pause,
      { origin: null, 'sec-fetch-site': 'none', 'x-turn-lever': null },
    ],
    ['a foreign sign-in', 'POST', '/api/auth/sign-in/email', { origin: 'https://evil.example' }],
    ['a sign-out without an origin', 'POST', '/api/auth/sign-out', { origin: null }],
  ])('%s is refused before anything is done', async (_title, method, path, headers) => {
    const before = await state();
    const answer = await browser.send(method, path, method === 'GET' ? undefined : json(), headers);
    expect(answer.status).toBe(403);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect(await state()).toBe(before);
  });

  test('a GET changes nothing, even one that the console sends', async () => {
    const before = await state();
    expect((await browser.query('connection.pause', { accountId, connectionId })).status).toBe(405);
    expect(await state()).toBe(before);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'a body of the type %s is not read',
    async (type) => {
      const before = await state();
      const answer = await browser.send('POST', pause, json(), { 'content-type': type });
      expect(answer.status).toBe(415);
      expect(await state()).toBe(before);
    },
  );

  test('what the console sends itself is done', async () => {
    expect((await browser.mutate('connection.pause', { accountId, connectionId })).status).toBe(200);
    expect((await browser.mutate('connection.resume', { accountId, connectionId })).status).toBe(200);
  });
});

describe('R103 fields that nobody asked for', () => {
  test.each([
    ['people.invite', { email: 'x@example.com', role: 'admin', personId: 'x' }],
    ['people.invite', { email: 'x@example.com', role: 'owner' }],
    ['account.state', { role: 'super-admin' }],
    ['connection.pause', { connectionId: 'x', connected: true }],
    ['connection.pause', { connectionId: ['x'] }],
    ['connection.pause', { connectionId: 'x\u0000' }],
    ['people.changeRole', { personId: { $ne: '' }, role: 'admin' }],
  ])('are refused: %s with %j', async (path, input) => {
    const before = await state();
    const given = { accountId, ...input };
    const answer =
      path === 'account.state' ? await browser.query(path, given) : await browser.mutate(path, given);
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('"message":"BAD_REQUEST"')]);
    expect(await state()).toBe(before);
  });

  test.each([
    { email: 'person-1@example.com', password: 'x', rememberMe: true },
    { email: 'person-1@example.com', password: 'x', callbackURL: 'https://evil.example' },
    { email: { contains: '@' }, password: 'x' },
    [],
  ])('are refused at the sign-in: %j', async (body) => {
    expect((await world.browser().send('POST', '/api/auth/sign-in/email', body)).status).toBe(400);
  });

  test('calls cannot be bundled, and what is not JSON is refused', async () => {
    const batch = { 0: { password: 'x' }, 1: { password: 'y' } };
    const path = '/api/trpc/person.confirmPassword,person.confirmPassword?batch=1';
    expect((await browser.send('POST', path, batch)).status).toBe(400);
    expect((await browser.send('POST', '/api/trpc/connection.pause', '{')).status).toBe(400);
    expect((await browser.mutate('connection.__proto__', {})).status).toBe(404);
  });
});

test('nothing of better-auth is reachable but sign-in and sign-out', async () => {
  for (const path of [
    'get-session',
    'list-sessions',
    'sign-up/email',
    'update-user',
    'change-password',
    'change-email',
    'delete-user',
    'request-password-reset',
    'reset-password',
    'revoke-sessions',
    'sign-in/social',
    'link-social',
    'ok',
    'error',
  ]) {
    const statuses = [
      (await browser.send('POST', `/api/auth/${path}`, {})).status,
      (await browser.send('GET', `/api/auth/${path}`)).status,
    ];
    expect([path, ...statuses]).toEqual([path, 404, 404]);
  }
});

test('answers may be neither kept, framed, sniffed nor given anything to run', async () => {
  const { headers } = await browser.query('person.accounts');
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
  );
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
  const refused = await world.browser().query('person.accounts');
  expect(refused.headers.get('content-security-policy')).toContain("default-src 'none'");
});
