import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultIn } from '../console/console-world.ts';
import { eventually } from '../eventually.ts';
import { createOAuthWorld, type OAuthWorld } from './oauth-world.ts';

let world: OAuthWorld;
beforeAll(async () => {
  world = await createOAuthWorld();
});
afterAll(() => world.close());

const year = 365 * 86_400_000;

describe('connecting for the first time', () => {
  test('through the pages of Lever ends in a connection that works, and says who allowed what', async () => {
    const { accountId, connectionId, superAdmin, lever } = await world.unconnected();
    const before = Date.now();
    const landing = await world.goThrough(superAdmin.browser, accountId, lever);
    expect(landing).toMatchObject({
      status: 303,
      page: '/settings',
      query: { account: accountId, lever: 'connected' },
    });
    const connection = await world.connectionOf(accountId);
    expect(connection).toMatchObject({
      id: connectionId,
      environment: 'sandbox',
      leverAccountId: lever.id,
      lever: 'working',
      turn: 'not-connected',
      authorization: {
        personId: superAdmin.id,
        permissions: ['offline', 'opportunities', 'stages', 'tags', 'notes'],
      },
    });
    expect(lever.users().map(({ id }) => id)).toContain(connection.authorization?.leverUserId);
    expect(connection.orderingSince).toBeGreaterThanOrEqual(before);
    const lasts = (connection.authorization?.endsAt ?? 0) - (connection.authorization?.at ?? 0);
    expect(Math.abs(lasts - year)).toBeLessThan(60_000);
    await world.sweptByItself(connectionId);
    const log = await world.stores().auditLog.list(connectionId, 10);
    expect(log.map(({ action, outcome }) => `${action}: ${outcome}`)).toEqual([
      'connect: begun',
      'connect: begun',
    ]);
  });

  test('asks Lever for exactly what is needed, with PKCE and the audience with its slash', async () => {
    const { accountId, superAdmin } = await world.unconnected();
    const asked = new URL(await world.start(superAdmin.browser, accountId)).searchParams;
    expect(asked.get('scope')?.split(' ')).toEqual([
      'offline_access',
      'opportunities:write:admin',
      'stages:read:admin',
      'tags:read:admin',
      'notes:write:admin',
    ]);
    expect(asked.get('audience')).toMatch(/\/v1\/$/u);
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/u);
    expect(asked.get('state')).toMatch(/^[\w-]{43}$/u);
    expect(asked.get('redirect_uri')).toBe(`${world.url}/oauth/lever/return`);
    const more = await world.start(superAdmin.browser, accountId, { withWebhooks: true });
    expect(new URL(more).searchParams.get('scope')).toMatch(/ webhooks:write:admin$/u);
  });

  test('sends the client in the body of the exchange, and the verifier with it', async () => {
    const { accountId, superAdmin, lever } = await world.unconnected();
    await world.goThrough(superAdmin.browser, accountId, lever);
    const exchange = world.lever.journal.entries({ route: 'POST /oauth/token' }).at(-1);
    expect(Object.keys(exchange?.body as object).toSorted()).toEqual([
      'client_id',
      'client_secret',
      'code',
      'code_verifier',
      'grant_type',
      'redirect_uri',
    ]);
  });

  test('chooses the environment, which stays while connected', async () => {
    const { accountId, superAdmin, lever } = await world.unconnected();
    const given = { environment: 'production' };
    expect((await world.goThrough(superAdmin.browser, accountId, lever, given)).query.lever).toBe(
      'connected',
    );
    expect(await world.connectionOf(accountId)).toMatchObject({ environment: 'production' });
    const other = await world.authorize(superAdmin.browser, accountId, { environment: 'sandbox' });
    expect([other.status, other.text]).toEqual([409, expect.stringContaining('environment-fixed')]);
  });

  test('state and code are in no row, log line or answer, and the return is kept by no cache', async () => {
    const { accountId, superAdmin, lever } = await world.unconnected();
    const url = await world.start(superAdmin.browser, accountId);
    const state = new URL(url).searchParams.get('state') ?? '';
    const rows = JSON.stringify(await world.ask`select * from authorization_request`);
    expect(rows).toContain(accountId);
    expect(rows).not.toContain(state);
    const back = await world.decide(url, lever);
    const code = new URL(back).searchParams.get('code') ?? '';
    const { headers } = await world.land(superAdmin.browser, back);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const said = JSON.stringify([...headers]) + JSON.stringify(world.lines);
    for (const secret of [state, code]) expect(said).not.toContain(secret);
    expect(await world.ask`select * from authorization_request where account_id = ${accountId}`).toEqual([]);
  });
});

describe('before anybody has authorized anything', () => {
  test('deliveries with a valid signature are held, and go along once both are connected: one row, one order', async () => {
    const { accountId, connectionId, superAdmin, ...partner } = await world.unconnected();
    const { browser } = superAdmin;
    const ids = { accountId, connectionId };
    const checks = () => world.ask`
      select id::text, phase, hold_reason, environment, lever_account_id, reference_id
      from background_check where connection_id = ${connectionId}`;
    const heldFor = (reason: string) =>
      eventually(async () => expect(await checks()).toMatchObject([{ hold_reason: reason }]));
    const settings = await browser.query('settings.read', ids);
    const { url } = resultIn<{ webhook: { url: string } }>(settings).webhook;
    partner.lever.editWebhook(partner.webhookId, { url });
    const secret = { ...ids, secret: partner.signatureToken };
    expect((await browser.mutate('settings.saveWebhookSecret', secret)).status).toBe(200);

    const candidate = partner.order();
    await heldFor('held.disconnected');
    const asked = () => world.lever.journal.entries({}).filter(({ path }) => path.includes(candidate));
    expect(asked()).toEqual([]);
    expect(
      world.lines.filter((line) => line.connectionId === connectionId && line.missed !== undefined),
    ).toEqual([]);

    const given = { environment: 'production' };
    const landing = await world.goThrough(browser, accountId, partner.lever, given);
    expect(landing.query.lever).toBe('connected');
    const token = { ...ids, token: partner.turn.token };
    expect((await browser.mutate('settings.saveTurnToken', token)).status).toBe(200);
    await heldFor('held.backlog');
    expect(partner.turn.checks).toEqual([]);
    const [held] = await checks();
    expect((await browser.mutate('backlog.order', { ...ids, checkId: held?.id })).status).toBe(200);
    await eventually(async () => expect(await checks()).toMatchObject([{ phase: 'ordered' }]));
    const reference = `lever-production-${candidate}-1`;
    expect(await checks()).toMatchObject([
      {
        id: held?.id,
        environment: 'production',
        lever_account_id: partner.lever.id,
        reference_id: reference,
      },
    ]);
    expect(partner.turn.checks.map(({ referenceId }) => referenceId)).toEqual([reference]);
  });
});

describe('a password must have been given a short while ago', () => {
  test('to set out for Lever', async () => {
    const { accountId, superAdmin } = await world.unconnected();
    await world.ask`
      update session set created_at = now() - interval '16 minutes' where person_id = ${superAdmin.id}`;
    const answer = await world.authorize(superAdmin.browser, accountId);
    expect([answer.status, answer.text]).toEqual([412, expect.stringContaining('give your password again')]);
  });
});

describe('R80 a page to come back to', () => {
  test.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/%2f/evil.example',
    '/%5Cevil.example',
    '/settings/../..//evil.example',
    'javascript:alert(1)',
    ' /settings',
    '/settings\r\nlocation: https://evil.example',
    'settings',
    '',
  ])('%j is refused before anybody goes anywhere', async (returnTo) => {
    const { accountId, superAdmin } = await world.unconnected();
    expect((await world.authorize(superAdmin.browser, accountId, { returnTo })).status).toBe(400);
    expect(await world.ask`select * from authorization_request where account_id = ${accountId}`).toEqual([]);
  });

  test('of ours is where the browser ends', async () => {
    const { accountId, superAdmin, lever } = await world.unconnected();
    const given = { returnTo: '/packages?step=2' };
    const landing = await world.goThrough(superAdmin.browser, accountId, lever, given);
    expect(landing).toMatchObject({
      page: '/packages',
      query: { step: '2', account: accountId, lever: 'connected' },
    });
  });
});

describe('R102 what Lever gave us', () => {
  test('never goes to a browser, and nothing here is kept by one', async () => {
    const { accountId, superAdmin, lever } = await world.unconnected();
    const { browser } = superAdmin;
    const start = await world.authorize(browser, accountId);
    const landing = await world.land(
      browser,
      await world.decide(resultIn<{ url: string }>(start).url, lever),
    );
    expect(landing.query.lever).toBe('connected');
    const { id: connectionId } = await world.connectionOf(accountId);
    const grant = await world.stores().grants.read(connectionId);
    const answers = [
      start,
      await browser.query('account.state', { accountId }),
      await browser.query('account.auditLog', { accountId, limit: 200 }),
      await browser.query('account.connectionAuditLog', { accountId, connectionId, limit: 200 }),
      await browser.query('settings.read', { accountId, connectionId }),
    ];
    for (const { status, text, headers } of answers) {
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      for (const secret of [grant?.accessToken, grant?.refreshToken, world.lever.clientSecret])
        expect(text).not.toContain(secret);
    }
  });
});
