import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { neededScopes } from '../../src/lever/oauth/scopes.ts';
import { jsonClient } from '../../testing/json-client.ts';
import { leverWorld, type World } from './lever-world.ts';

const REDIRECT = 'http://127.0.0.1:9/oauth/return';

function authorizeUrl({ lever }: World, change: Record<string, string | null> = {}): string {
  const url = new URL(`${lever.authUrl}/authorize`);
  const fields: Record<string, string | null> = {
    client_id: lever.clientId,
    redirect_uri: REDIRECT,
    response_type: 'code',
    state: 'some-state',
    audience: lever.audience,
    scope: neededScopes.join(' '),
    ...change,
  };
  for (const [name, value] of Object.entries(fields)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

interface TokenBody {
  access_token: string;
  refresh_token: string;
  error: string;
}

async function token({ lever }: World, fields: Record<string, string>, encoding: 'form' | 'json' = 'form') {
  const all = { client_id: lever.clientId, client_secret: lever.clientSecret, ...fields };
  const response = await fetch(`${lever.authUrl}/oauth/token`, {
    method: 'POST',
    ...(encoding === 'form'
      ? { body: new URLSearchParams(all) }
      : { body: JSON.stringify(all), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: (await response.json()) as TokenBody };
}

const refresh = (world: World, refreshToken: string, encoding?: 'form' | 'json') =>
  token(world, { grant_type: 'refresh_token', refresh_token: refreshToken }, encoding);

async function approvedCode(world: World, change: Record<string, string | null> = {}): Promise<string> {
  const back = new URL(
    await world.lever.authorize(authorizeUrl(world, change), { accountId: world.account.id }),
  );
  expect(back.searchParams.get('state')).toBe('some-state');
  return back.searchParams.get('code') ?? '';
}

const redeem = (world: World, code: string, extra: Record<string, string> = {}) =>
  token(world, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...extra });

test('approving in the browser gives a code that buys tokens the API takes', async () => {
  const world = await leverWorld();
  const answer = await redeem(world, await approvedCode(world));
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    token_type: 'Bearer',
    expires_in: 3600,
    scope: neededScopes.join(' '),
  });
  expect((await jsonClient(world.lever.apiUrl, answer.body.access_token)('GET', '/stages')).status).toBe(200);
});

test('a code works once', async () => {
  const world = await leverWorld();
  const code = await approvedCode(world);
  expect((await redeem(world, code)).status).toBe(200);
  expect(await redeem(world, code)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
});

test('a code is refused for another redirect URI', async () => {
  const world = await leverWorld();
  const answer = await redeem(world, await approvedCode(world), { redirect_uri: `${REDIRECT}/` });
  expect(answer).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
});

test('with PKCE the verifier has to fit the challenge', async () => {
  const world = await leverWorld();
  const challenge = createHash('sha256').update('right').digest('base64url');
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' };
  expect((await redeem(world, await approvedCode(world, pkce), { code_verifier: 'wrong' })).status).toBe(403);
  expect((await redeem(world, await approvedCode(world, pkce))).status).toBe(403);
  expect((await redeem(world, await approvedCode(world, pkce), { code_verifier: 'right' })).status).toBe(200);
});

test('the consent page lists the scopes, and only offline_access when the audience lacks its slash', async () => {
  const world = await leverWorld();
  const page = async (audience: string) => (await fetch(authorizeUrl(world, { audience }))).text();
  expect(await page(world.lever.audience)).toContain('opportunities:write:admin');
  const wrong = await page(world.lever.audience.slice(0, -1));
  expect(wrong).toContain('offline_access');
  expect(wrong).not.toContain('opportunities:write:admin');
});

test.each(['client_id', 'redirect_uri', 'response_type', 'state', 'scope'])(
  'the window shows "undefined" when %s is missing',
  async (parameter) => {
    const world = await leverWorld();
    const answer = await fetch(authorizeUrl(world, { [parameter]: null }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('undefined');
  },
);

test('only registered redirect URIs are taken when some are registered', async () => {
  const world = await leverWorld({ redirectUris: [REDIRECT] });
  expect((await fetch(authorizeUrl(world))).status).toBe(200);
  expect((await fetch(authorizeUrl(world, { redirect_uri: `${REDIRECT}x` }))).status).toBe(400);
});

test('denying, or not being a Super Admin, sends the browser back with access_denied', async () => {
  const world = await leverWorld();
  const member = world.account.users().find(({ accessRole }) => accessRole === 'team member');
  const denied = await world.lever.authorize(authorizeUrl(world), {
    accountId: world.account.id,
    decision: 'deny',
  });
  const notAllowed = await world.lever.authorize(authorizeUrl(world), {
    accountId: world.account.id,
    userId: member?.id ?? '',
  });
  for (const back of [denied, notAllowed]) {
    const { searchParams } = new URL(back);
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('code')).toBeNull();
  }
});

test.each(['form', 'json'] as const)('a refresh sent as %s returns a new refresh token', async (encoding) => {
  const world = await leverWorld();
  const { refreshToken } = world.account.createGrant();
  const answer = await refresh(world, refreshToken, encoding);
  expect(answer.status).toBe(200);
  expect(answer.body.refresh_token).not.toBe(refreshToken);
  expect((await refresh(world, answer.body.refresh_token)).status).toBe(200);
});

test('using an old refresh token again is refused and ends the whole family', async () => {
  const world = await leverWorld();
  const { refreshToken } = world.account.createGrant();
  const second = await refresh(world, refreshToken);
  expect(await refresh(world, refreshToken)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
  expect((await refresh(world, second.body.refresh_token)).status).toBe(403);
});

test('a refresh token of another client is refused', async () => {
  const world = await leverWorld();
  const { refreshToken } = world.account.createGrant({ clientId: 'somebody-else' });
  expect(await refresh(world, refreshToken)).toMatchObject({ status: 403, body: { error: 'invalid_grant' } });
});

test('a refresh token dies after 90 days without use', async () => {
  let time = 1_800_000_000_000;
  const world = await leverWorld({ now: () => time });
  const { refreshToken } = world.account.createGrant();
  time += 91 * 24 * 3600 * 1000;
  expect((await refresh(world, refreshToken)).status).toBe(403);
});

test('a wrong client secret is answered 401 access_denied and burns nothing', async () => {
  const world = await leverWorld();
  const { refreshToken } = world.account.createGrant();
  const wrong = await token(world, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_secret: 'wrong',
  });
  expect(wrong).toMatchObject({ status: 401, body: { error: 'access_denied' } });
  expect((await refresh(world, refreshToken)).status).toBe(200);
});

test('Revoke Access stops refreshing, and the API at once unless the tokens are left to expire', async () => {
  const world = await leverWorld();
  const grant = world.account.createGrant();
  const api = jsonClient(world.lever.apiUrl, grant.accessToken);
  world.account.revokeAccess({ accessTokensStayValid: true });
  expect((await refresh(world, grant.refreshToken)).body.error).toBe('invalid_grant');
  expect((await api('GET', '/stages')).status).toBe(200);
  world.account.revokeAccess();
  expect((await api('GET', '/stages')).status).toBe(401);
});

test('expired access tokens are refused while a refresh still helps', async () => {
  const world = await leverWorld();
  const grant = world.account.createGrant();
  world.account.expireAccessTokens();
  expect((await jsonClient(world.lever.apiUrl, grant.accessToken)('GET', '/stages')).status).toBe(401);
  const { body } = await refresh(world, grant.refreshToken);
  expect((await jsonClient(world.lever.apiUrl, body.access_token)('GET', '/stages')).status).toBe(200);
});

test('without offline_access there is no refresh token', async () => {
  const world = await leverWorld();
  const answer = await redeem(world, await approvedCode(world, { scope: 'stages:read:admin' }));
  expect(answer.body).not.toHaveProperty('refresh_token');
});

test('an answer lost after the rotation leaves the old token used', async () => {
  const world = await leverWorld();
  const { refreshToken } = world.account.createGrant();
  world.lever.faults.add({ route: 'POST /oauth/token', kind: 'reset-after-committing' });
  await expect(refresh(world, refreshToken)).rejects.toThrow();
  expect((await refresh(world, refreshToken)).body.error).toBe('invalid_grant');
});

test('neither secrets nor tokens stand in the journal', async () => {
  const world = await leverWorld();
  const { refreshToken, accessToken } = world.account.createGrant();
  await refresh(world, refreshToken);
  await jsonClient(world.lever.apiUrl, accessToken)('GET', '/stages');
  const text = JSON.stringify(world.lever.journal.entries());
  for (const secret of [refreshToken, accessToken, world.lever.clientSecret])
    expect(text).not.toContain(secret);
  expect(world.lever.journal.entries({ route: 'POST /oauth/token' })[0]?.accountId).toBe(world.account.id);
});

test('garbage at the token endpoint is a 4xx', async () => {
  const { lever } = await leverWorld();
  for (const [type, body] of [
    ['application/json', '{"half":'],
    ['application/json', '[]'],
    ['text/plain', 'hello'],
    ['application/json', ''],
  ] as const) {
    const answer = await fetch(`${lever.authUrl}/oauth/token`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(answer.status).toBe(400);
  }
});
