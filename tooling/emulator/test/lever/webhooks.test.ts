import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { signDelivery } from '../../src/lever/sign-delivery.ts';
import type { NewAccount } from '../../src/lever/state/account-state.ts';
import { createWebhookReceiver } from '../../testing/webhook-receiver.ts';
import { leverWorld } from './lever-world.ts';

async function webhookWorld(input: NewAccount = {}) {
  const world = await leverWorld({}, input);
  const receiver = await createWebhookReceiver();
  onTestFinished(() => receiver.close());
  const { id, contactId } = world.account.addOpportunity({ name: 'Ada Example' });
  return { ...world, receiver, id, contactId };
}

const signatureOf = (key: string, token: string, triggeredAt: number) =>
  createHmac('sha256', key).update(`${token}${triggeredAt}`).digest('hex');

test('signatures match the test vector of lever-api.md §3.3', () => {
  const { signature } = signDelivery({
    signatureToken: 'c0ffee00'.repeat(6),
    token: 'ab12cd34'.repeat(6),
    triggeredAt: 1766500000000,
    data: {},
  });
  expect(signature).toBe('80d7e0a370f611d2214fb8ea6349b8678ec51699ea34b835622a5df76d82a65a');
});

test('a stage change is delivered, signed, with ids only', async () => {
  const { lever, account, receiver, id, contactId } = await webhookWorld();
  const { signatureToken } = account.createWebhook({ url: receiver.url });
  account.moveOpportunity(id, 'reference check ', { at: 1_700_000_000_000 });
  await lever.idle();
  const [delivery] = receiver.received;
  const { data, ...envelope } = delivery?.body ?? {};
  expect(data).toMatchObject({ opportunityId: id, contactId, fromStageId: 'lead-new' });
  expect(data.toStageId).toBe(account.opportunity(id).stage);
  expect([id, contactId]).not.toContain(data.candidateId);
  expect(Object.keys(envelope).sort()).toEqual(['event', 'signature', 'token', 'triggeredAt']);
  expect(envelope).toMatchObject({ event: 'candidateStageChange', triggeredAt: 1_700_000_000_000 });
  expect(envelope.signature).toBe(signatureOf(signatureToken, envelope.token, envelope.triggeredAt));
  expect(delivery?.headers).toMatchObject({
    'user-agent': 'Lever-Webhooks',
    'content-type': 'application/json',
  });
  expect(account.opportunity(id).stageChanges.at(-1)).toMatchObject({ updatedAt: 1_700_000_000_000 });
});

test('entering the stage one is in already, or being created in a stage, is no stage change', async () => {
  const { lever, account, receiver, id } = await webhookWorld();
  account.createWebhook({ url: receiver.url });
  expect(account.moveOpportunity(id, 'lead-new')).toEqual([]);
  account.addOpportunity({ name: 'New', stage: 'Offer' });
  await lever.idle();
  expect(receiver.received).toEqual([]);
});

test('failures, redirects included, are tried five times with the same body; any 2xx ends it', async () => {
  const { lever, account, receiver, id } = await webhookWorld();
  account.createWebhook({ url: receiver.url });
  receiver.answerWith(500, 302, 204);
  account.moveOpportunity(id, 'offer');
  await lever.idle();
  expect(account.deliveries[0]?.attempts.map(({ status }) => status)).toEqual([500, 302, 204]);
  expect(new Set(receiver.received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  receiver.answerWith(500, 500, 500, 500, 500, 500);
  account.moveOpportunity(id, 'lead-new');
  await lever.idle();
  expect(account.deliveries[1]?.attempts).toHaveLength(5);
});

test('nobody listening is a failure without status', async () => {
  const { lever, account, receiver, id } = await webhookWorld();
  account.createWebhook({ url: receiver.url });
  await receiver.close();
  account.moveOpportunity(id, 'offer');
  await lever.idle();
  expect(account.deliveries[0]?.attempts.map(({ status }) => status)).toEqual(Array(5).fill(null));
});

test('Rerun repeats the same body', async () => {
  const { lever, account, receiver, id } = await webhookWorld();
  account.createWebhook({ url: receiver.url });
  const [delivery] = account.moveOpportunity(id, 'offer');
  await lever.idle();
  expect(await account.rerun(delivery?.id ?? '')).toEqual({ status: 200 });
  expect(receiver.received[1]?.body).toEqual(receiver.received[0]?.body);
});

test('Verify connection sends a signed ping with empty data', async () => {
  const { account, receiver } = await webhookWorld();
  const { id, signatureToken } = account.createWebhook({ url: receiver.url });
  receiver.answerWith(503);
  expect(await account.verifyConnection(id)).toEqual({ status: 503 });
  const { body } = receiver.received[0] ?? {};
  expect(body.data).toEqual({});
  expect(body.signature).toBe(signatureOf(signatureToken, body.token, body.triggeredAt));
});

test('nothing is sent while the event group is switched off, nor later', async () => {
  const { lever, account, receiver, id } = await webhookWorld();
  account.createWebhook({ url: receiver.url });
  account.switchOnEventGroup('candidateStageChange', false);
  account.moveOpportunity(id, 'offer');
  account.switchOnEventGroup('candidateStageChange', true);
  await lever.idle();
  expect(receiver.received).toEqual([]);
  account.moveOpportunity(id, 'lead-new');
  await lever.idle();
  expect(receiver.received).toHaveLength(1);
});

test('a lossy account delivers nothing', async () => {
  const { lever, account, receiver, id } = await webhookWorld({ deliverWebhooks: false });
  account.createWebhook({ url: receiver.url });
  account.moveOpportunity(id, 'offer');
  await lever.idle();
  expect(receiver.received).toEqual([]);
});

test('the optional id appears when the account includes it; without a signature token there is no signature', async () => {
  const { lever, account, receiver, id } = await webhookWorld({ includeEventId: true });
  const webhook = account.createWebhook({ url: receiver.url });
  account.removeSignatureToken(webhook.id);
  account.moveOpportunity(id, 'offer');
  await lever.idle();
  expect(receiver.received[0]?.body.id).toEqual(expect.any(String));
  expect(receiver.received[0]?.body).not.toHaveProperty('signature');
});

test('a regenerated signature token signs from then on', async () => {
  const { lever, account, receiver, id } = await webhookWorld();
  const webhook = account.createWebhook({ url: receiver.url });
  const fresh = account.regenerateSignatureToken(webhook.id);
  expect(fresh).not.toBe(webhook.signatureToken);
  account.moveOpportunity(id, 'offer');
  await lever.idle();
  const { body } = receiver.received[0] ?? {};
  expect(body.signature).toBe(signatureOf(fresh, body.token, body.triggeredAt));
});

test('moves by API, archiving and deleting are announced too', async () => {
  const { lever, account, api, receiver, id } = await webhookWorld();
  for (const event of ['candidateStageChange', 'candidateArchiveChange', 'candidateDeleted']) {
    account.createWebhook({ url: receiver.url, event });
  }
  await api('PUT', `/opportunities/${id}/stage`, { stage: 'offer' });
  account.archive(id);
  account.deleteOpportunity(id);
  await lever.idle();
  const events = receiver.received.map(({ body }) => body.event).sort();
  expect(events).toEqual(['candidateArchiveChange', 'candidateDeleted', 'candidateStageChange']);
});
