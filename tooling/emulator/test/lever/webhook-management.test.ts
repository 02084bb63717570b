import { expect, onTestFinished, test } from 'vitest';
import { neededScopes } from '../../src/lever/oauth/scopes.ts';
import { jsonClient } from '../../testing/json-client.ts';
import { createWebhookReceiver } from '../../testing/webhook-receiver.ts';
import { leverWorld } from './lever-world.ts';

const input = { event: 'candidateStageChange', url: 'https://example.com/hook' };

test('the signature token is shown on creation only, and lists lack hasNext', async () => {
  const { api } = await leverWorld();
  const created = await api('POST', '/webhooks', input);
  expect(created.status).toBe(201);
  expect(created.body.data.configuration.signatureToken).toMatch(/^[0-9a-f]{48}$/);
  expect(created.body.data.configuration.conditions.origins).toHaveLength(6);
  const list = await api('GET', '/webhooks');
  expect(Object.keys(list.body)).toEqual(['data']);
  expect(list.body.data).toMatchObject([{ id: created.body.data.id, ...input }]);
  expect(list.body.data[0].configuration).not.toHaveProperty('signatureToken');
});

test('the same webhook made twice is two webhooks with different tokens, each delivered', async () => {
  const { lever, account, api } = await leverWorld();
  const receiver = await createWebhookReceiver();
  onTestFinished(() => receiver.close());
  const body = { event: 'candidateStageChange', url: receiver.url };
  const made = [await api('POST', '/webhooks', body), await api('POST', '/webhooks', body)];
  const tokens = made.map((answer) => answer.body.data.configuration.signatureToken);
  expect(new Set(tokens).size).toBe(2);
  account.moveOpportunity(account.addOpportunity({ name: 'Ada' }).id, 'offer');
  await lever.idle();
  expect(receiver.received).toHaveLength(2);
});

test('webhooks are changed in bulk and deleted one by one', async () => {
  const { account, api } = await leverWorld();
  const { id } = (await api('POST', '/webhooks', input)).body.data;
  const changed = await api('PUT', '/webhooks', { data: [{ id, url: 'https://example.com/other' }] });
  expect(changed.status).toBe(200);
  expect(account.webhooks()).toMatchObject([{ id, event: input.event, url: 'https://example.com/other' }]);
  expect((await api('DELETE', `/webhooks/${id}`)).status).toBe(204);
  expect((await api('DELETE', `/webhooks/${id}`)).status).toBe(404);
});

test('webhooks made in the UI or by another app are out of reach of the API', async () => {
  const { lever, account, api } = await leverWorld();
  const { id } = account.createWebhook({ url: 'https://example.com/ui' });
  const other = account.createGrant({ clientId: 'somebody-else', scopes: neededScopes });
  await jsonClient(lever.apiUrl, other.accessToken)('POST', '/webhooks', input);
  expect((await api('GET', '/webhooks')).body.data).toEqual([]);
  expect((await api('DELETE', `/webhooks/${id}`)).status).toBe(404);
  expect((await api('PUT', '/webhooks', { data: [{ id, url: input.url }] })).status).toBe(404);
  expect(account.webhooks()).toHaveLength(2);
});

test.each([
  [{ url: input.url }],
  [{ event: 'candidateMoved', url: input.url }],
  [{ event: input.event, url: 'http://example.com' }],
  [{ event: input.event, url: 'nonsense' }],
  [{ ...input, configuration: { conditions: { origins: ['moon'] } } }],
])('a webhook like %j is refused', async (body) => {
  const { account, api } = await leverWorld();
  expect((await api('POST', '/webhooks', body)).status).toBe(400);
  expect(account.webhooks()).toEqual([]);
});

test('only candidates of the wanted origins are delivered', async () => {
  const { lever, account, api } = await leverWorld();
  const receiver = await createWebhookReceiver();
  onTestFinished(() => receiver.close());
  const configuration = { conditions: { origins: ['applied'] } };
  await api('POST', '/webhooks', { event: 'candidateStageChange', url: receiver.url, configuration });
  const sourced = account.addOpportunity({ name: 'a', origin: 'sourced' });
  const applied = account.addOpportunity({ name: 'b', origin: 'applied' });
  account.moveOpportunity(sourced.id, 'offer');
  account.moveOpportunity(applied.id, 'offer');
  await lever.idle();
  expect(receiver.received.map(({ body }) => body.data.opportunityId)).toEqual([applied.id]);
});

test('an account can be told to ping while the webhook is being made', async () => {
  const { api } = await leverWorld({}, { pingOnCreate: true });
  const receiver = await createWebhookReceiver();
  onTestFinished(() => receiver.close());
  await api('POST', '/webhooks', { event: 'candidateStageChange', url: receiver.url });
  expect(receiver.received.map(({ body }) => body.data)).toEqual([{}]);
});
