import { expect, test } from 'vitest';
import { signJwt } from '../../src/lever/oauth/jwt.ts';
import { jsonClient } from '../../testing/json-client.ts';
import { leverWorld } from './lever-world.ts';

const unauthorized = { code: 'UnauthorizedError', message: 'The request requires authentication.' };

test('a request without a token, or with an unknown one, is answered 401', async () => {
  const { lever, apiWith } = await leverWorld();
  const ours = signJwt({ aud: lever.audience, exp: 9_999_999_999, jti: 'x/1' }, 'another key');
  for (const client of [apiWith(null), jsonClient(lever.apiUrl, 'garbage'), jsonClient(lever.apiUrl, ours)]) {
    const answer = await client('GET', '/stages');
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual(unauthorized);
  }
});

test('a token for another API is answered 403, as Lever does when sandbox and production are mixed up', async () => {
  const { lever, account } = await leverWorld();
  const { accessToken } = account.createGrant({ audience: 'https://api.lever.co/v1/' });
  const answer = await jsonClient(lever.apiUrl, accessToken)('GET', '/stages');
  expect(answer.status).toBe(403);
  expect(answer.body.message).toContain('Unable to find a signing key');
});

test('an access token carries the account and user and dies when its time is over', async () => {
  let time = 1_800_000_000_000;
  const { lever, account } = await leverWorld({ now: () => time, accessTokenSeconds: 60 });
  const grant = account.createGrant();
  const claims = JSON.parse(Buffer.from(grant.accessToken.split('.')[1] ?? '', 'base64url').toString());
  expect(claims['https://oauth.lever.co/accountId']).toBe(account.id);
  expect(claims['https://oauth.lever.co/userId']).toBe(grant.userId);
  expect(claims.exp * 1000).toBe(grant.expiresAt);
  const api = jsonClient(lever.apiUrl, grant.accessToken);
  time += 59_000;
  expect((await api('GET', '/stages')).status).toBe(200);
  time += 2000;
  expect((await api('GET', '/stages')).status).toBe(401);
});

test.each([
  ['GET', '/stages', 'stages:read:admin'],
  ['GET', '/tags', 'tags:read:admin'],
  ['GET', '/users', 'users:read:admin'],
  ['GET', '/webhooks', 'webhooks:read:admin'],
  ['GET', '/opportunities', 'opportunities:read:admin'],
  ['GET', '/archive_reasons', 'archive_reasons:read:admin'],
])('%s %s needs the scope %s and nothing else', async (method, path, scope) => {
  const { apiWith } = await leverWorld();
  expect((await apiWith([scope])(method, path)).status).toBe(200);
  expect((await apiWith(['offline_access', 'confidential:access:admin'])(method, path)).status).toBe(403);
});

test('a write scope lets one read, a read scope does not let one write', async () => {
  const { account, apiWith } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada Example' });
  expect((await apiWith(['notes:write:admin'])('GET', `/opportunities/${id}/notes`)).status).toBe(200);
  const reader = apiWith(['notes:read:admin', 'opportunities:read:admin']);
  expect((await reader('POST', `/opportunities/${id}/notes`, { value: 'x' })).status).toBe(403);
  expect((await reader('POST', `/opportunities/${id}/addTags`, { tags: ['x'] })).status).toBe(403);
});

test('after 20 calls at once Lever answers 429 without Retry-After, for each client and account on its own', async () => {
  const { lever, account, api } = await leverWorld({ rateLimit: { perSecond: 0.001, burst: 20 } });
  const answers = await Promise.all(Array.from({ length: 21 }, () => api('GET', '/stages')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers.get('retry-after')).toBeNull();
  const other = lever.createAccount().createGrant();
  expect((await jsonClient(lever.apiUrl, other.accessToken)('GET', '/stages')).status).toBe(200);
  expect((await jsonClient(lever.apiUrl, account.createGrant().accessToken)('GET', '/stages')).status).toBe(
    429,
  );
});

test('one account never sees the opportunities of another', async () => {
  const { lever, account, api } = await leverWorld();
  const other = lever.createAccount();
  const { id } = other.addOpportunity({ name: 'Not Yours' });
  account.addOpportunity({ name: 'Ada Example' });
  expect((await api('GET', `/opportunities/${id}`)).status).toBe(404);
  expect((await api('GET', '/opportunities')).body.data).toHaveLength(1);
});

test('paths nobody serves are 404, but only to those who are signed in', async () => {
  const { api, apiWith } = await leverWorld();
  const unknown = await api('GET', '/candidates/1');
  expect(unknown.status).toBe(404);
  expect(unknown.body.code).toBe('ResourceNotFound');
  expect((await apiWith(null)('GET', '/candidates/1')).status).toBe(401);
});

test('answers carry the headers of Lever', async () => {
  const { api } = await leverWorld();
  const { headers } = await api('GET', '/stages');
  expect(headers.get('server')).toBe('lever-data-api');
  expect(headers.get('x-lever-region')).toBe('global');
});
