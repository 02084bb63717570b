import { expect, onTestFinished, test } from 'vitest';
import { createWebhookReceiver } from '../../testing/webhook-receiver.ts';
import { turnWorld } from './turn-world.ts';

async function webhookWorld(options = {}) {
  const world = await turnWorld(options);
  const status = await createWebhookReceiver();
  const results = await createWebhookReceiver();
  onTestFinished(async () => {
    await status.close();
    await results.close();
  });
  world.account.setScreeningWebhookUrl(status.url);
  const order = (change: object = {}) =>
    world.order({ callback_url: results.url, reference_id: 'ref-1', ...change });
  return { ...world, order, status, results };
}

test('every change of state is posted, unsigned, without turn id and reference', async () => {
  const { account, order, status, results } = await webhookWorld();
  const { body: ordered } = await order();
  await account.advance('ref-1', 'processing', { at: 1_700_000_000_999 });
  expect(status.received).toHaveLength(1);
  expect(status.received[0]?.body).toEqual({
    event_id: expect.any(String),
    timestamp: 1_700_000_000,
    original_state: 'emailed',
    state: 'processing',
    worker_id: ordered.worker_id,
    worker_email: 'ada@example.com',
    team_member_email: null,
    dashboard_url: account.check('ref-1').dashboardUrl,
    consent_date: '2023-11-14T22:13:20.999Z',
    recheck_date: null,
    cm_criminal_enroll: false,
    criminal_monitoring_triggered: false,
  });
  expect(results.received).toEqual([]);
});

test('results with whole records go to the callback URL on approved and pending only', async () => {
  const { account, order, results } = await webhookWorld();
  const { body: ordered } = await order();
  for (const state of ['processing', 'pending', 'pending__first_notice', 'rejected', 'approved']) {
    await account.advance('ref-1', state);
  }
  expect(results.received.map(({ body }) => body.partner_worker_status)).toEqual(['pending', 'approved']);
  expect(results.received[0]?.body).toMatchObject({
    turn_id: account.check('ref-1').turnId,
    reference_id: 'ref-1',
    worker_uuid: ordered.worker_id,
    callback_uuid: ordered.uuid,
    date_of_birth: expect.any(String),
  });
  expect(results.received[0]?.body.checks.criminal.length).toBeGreaterThan(0);
});

test('a recheck sets its date', async () => {
  const { account, order, status } = await webhookWorld();
  await order();
  await account.advance('ref-1', 'approved');
  await account.advance('ref-1', 'processing', { recheck: true });
  expect(status.received.map(({ body }) => body.recheck_date)).toEqual([null, expect.any(String)]);
});

test('webhooks can be lost, doubled and repeated; a refused one is not tried again', async () => {
  const { account, order, status } = await webhookWorld();
  await order();
  account.setWebhookCopies(0);
  await account.advance('ref-1', 'consent');
  expect(status.received).toHaveLength(0);
  account.setWebhookCopies(2);
  await account.advance('ref-1', 'processing');
  expect(new Set(status.received.map(({ body }) => body.event_id)).size).toBe(1);
  expect(status.received).toHaveLength(2);
  account.setWebhookCopies(1);
  status.answerWith(500);
  await account.advance('ref-1', 'review');
  const last = account.deliveries.at(-1);
  expect(last?.status).toBe(500);
  await account.repeatDelivery(last?.id ?? '');
  expect(status.received.slice(2).map(({ body }) => body.state)).toEqual(['review', 'review']);
});

test('without a Screening Webhook URL no status is posted', async () => {
  const { account, order, status } = await webhookWorld();
  await order();
  account.setScreeningWebhookUrl(null);
  await account.advance('ref-1', 'consent');
  expect(status.received).toEqual([]);
});

test('checks can go by themselves, one state after the other', async () => {
  const { turn, account, order, status } = await webhookWorld({ autoAdvance: { stepMs: 1 } });
  await order();
  await turn.idle();
  expect(status.received.map(({ body }) => body.state)).toEqual(['consent', 'processing', 'approved']);
  expect(account.check('ref-1').consentDate).not.toBeNull();
});

test('a test identity ends in pending, as a report full of hits', async () => {
  const { turn, account, order } = await webhookWorld({ autoAdvance: { stepMs: 1 } });
  await order({ first_name: 'Walter', last_name: 'White' });
  await turn.idle();
  expect(account.check('ref-1').state).toBe('pending');
});

test('any state and any dashboard URL can be made up', async () => {
  const { account, api, order } = await webhookWorld();
  await order();
  await account.advance('ref-1', 'foo__bar');
  account.setDashboardUrl('ref-1', 'https://evil.example/workers/1');
  expect((await api('GET', '/person/ref-1/status')).body).toMatchObject({
    state: 'foo__bar',
    dashboard_url: 'https://evil.example/workers/1',
  });
});
