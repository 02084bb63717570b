import { expect, test, vi } from 'vitest';
import { startNear } from '../../src/http/listen-near.ts';
import { createLeverEmulator } from '../../src/lever/create-lever-emulator.ts';
import { seed } from '../../src/seed.ts';
import { createTurnEmulator } from '../../src/turn/create-turn-emulator.ts';
import { jsonClient } from '../../testing/json-client.ts';
import { leverWorld } from '../lever/lever-world.ts';
import { turnWorld } from '../turn/turn-world.ts';

test('another process can read an account and act on it, unseen by journal and faults', async () => {
  const { lever, account } = await leverWorld();
  const { id } = account.addOpportunity({ name: 'Ada Example' });
  const control = jsonClient(`${lever.url}/_emulator`, null);
  lever.faults.add({ route: '*', kind: 'status', status: 500 });
  expect((await control('GET', '/accounts')).body).toEqual([{ id: account.id, name: account.name }]);
  const act = (action: string, body: object) => control('POST', `/accounts/${account.id}/${action}`, body);
  expect((await act('moveOpportunity', { opportunityId: id, stage: 'Reference Check' })).status).toBe(200);
  expect((await act('addTag', { opportunityId: id, tag: 'x' })).status).toBe(200);
  const shown = (await control('GET', `/accounts/${account.id}`)).body;
  expect(shown.opportunities).toMatchObject([{ id, stageText: 'Reference Check', tags: ['x'] }]);
  expect((await act('createGrant', {})).body.accessToken).toEqual(expect.any(String));
  expect(lever.journal.count()).toBe(0);
  expect(lever.faults.fired).toEqual([]);
});

test('every control action a page uses works on a Lever account', async () => {
  const { lever, account } = await leverWorld();
  const act = async (action: string, body: object) => {
    const answer = await jsonClient(`${lever.url}/_emulator`, null)(
      'POST',
      `/accounts/${account.id}/${action}`,
      body,
    );
    expect(answer.status, action).toBe(200);
    return answer.body;
  };
  const { id: opportunityId } = await act('addOpportunity', {
    name: 'Ada',
    emails: ['ada@example.com'],
    tags: ['a'],
  });
  await act('removeTag', { opportunityId, tag: 'a' });
  const { noteId } = await act('addNote', { opportunityId, value: 'hello' });
  await act('deleteNote', { opportunityId, noteId });
  await act('archive', { opportunityId });
  await act('unarchive', { opportunityId });
  const { id: webhookId } = await act('createWebhook', { url: 'http://127.0.0.1:9/hook' });
  expect(await act('verifyConnection', { webhookId })).toEqual({ status: null });
  await act('regenerateSignatureToken', { webhookId });
  const [delivery] = await act('moveOpportunity', { opportunityId, stage: 'offer' });
  expect(await act('rerun', { deliveryId: delivery.id })).toEqual({ status: null });
  await act('switchOnEventGroup', { event: 'candidateStageChange', on: false });
  expect(account.isEventGroupOn('candidateStageChange')).toBe(false);
  await act('deleteWebhook', { webhookId });
  await act('createGrant', {});
  await act('revokeAccess', {});
  expect(account.authorizedApps().map(({ isActive }) => isActive)).toEqual([false, false]);
  await act('anonymise', { opportunityId });
  await act('deleteOpportunity', { opportunityId });
  expect(account.opportunities()).toEqual([]);
});

test('a Turn account is shown and moved on over HTTP', async () => {
  const { turn, account, order } = await turnWorld();
  const { body } = await order();
  const control = jsonClient(`${turn.url}/_emulator`, null);
  const act = (action: string, input: object) => control('POST', `/accounts/${account.id}/${action}`, input);
  expect((await act('advance', { id: body.worker_id, state: 'consent' })).body.state).toBe('consent');
  expect((await act('setScreeningWebhookUrl', { url: 'http://127.0.0.1:9/hook' })).status).toBe(200);
  expect(account.screeningWebhookUrl()).toBe('http://127.0.0.1:9/hook');
  expect((await control('GET', `/accounts/${account.id}`)).body.checks).toMatchObject([{ state: 'consent' }]);
});

test('wrong control requests are a 4xx with a message', async () => {
  const { lever, account } = await leverWorld();
  const control = jsonClient(`${lever.url}/_emulator`, null);
  const at = `/accounts/${account.id}`;
  expect((await control('GET', '/accounts/nobody')).status).toBe(404);
  expect((await control('POST', `${at}/toString`, {})).status).toBe(404);
  expect((await control('POST', `${at}/addTag`, { tag: 'x' })).body.message).toContain('opportunityId');
  expect((await control('POST', `${at}/addTag`, { opportunityId: 'none', tag: 'x' })).status).toBe(400);
  expect((await control('POST', `${at}/addTag`, [])).status).toBe(400);
  expect((await control('GET', '/nothing')).status).toBe(404);
  const form = await fetch(`${lever.url}/_emulator${at}/revokeAccess`, {
    method: 'POST',
    body: new URLSearchParams('a=b'),
  });
  expect(form.status).toBe(400);
});

test('faults and the journal can be handled over HTTP', async () => {
  const { lever, api } = await leverWorld();
  const control = jsonClient(`${lever.url}/_emulator`, null);
  await control('POST', '/faults', { route: 'GET /v1/stages', kind: 'status', status: 503, times: null });
  expect((await api('GET', '/stages')).status).toBe(503);
  expect((await control('GET', '/faults')).body).toMatchObject([{ kind: 'status', route: 'GET /v1/stages' }]);
  expect((await control('GET', '/journal')).body).toMatchObject([{ status: 503, fault: 'status' }]);
  await control('DELETE', '/faults');
  await control('DELETE', '/journal');
  expect(lever.journal.count()).toBe(0);
  expect((await api('GET', '/stages')).status).toBe(200);
  expect((await control('POST', '/faults', { kind: 'status' })).status).toBe(400);
});

test('pages and their files are served, other files are not', async () => {
  const { lever } = await leverWorld();
  const { turn, order } = await turnWorld();
  const { body } = await order({ first_name: '<script>alert(1)</script>' });
  const pages = [`${lever.url}/`, `${lever.url}/candidates/x`, `${lever.url}/settings`, `${turn.url}/`];
  for (const url of [...pages, `${turn.url}/workers/${body.worker_id}`]) {
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain('<main');
    expect(html).not.toContain('<script>');
    for (const [, file] of html.matchAll(/(?:src|href)="(\/_emulator\/pages\/[^"]+)"/g)) {
      expect((await fetch(new URL(file ?? '', url))).status).toBe(200);
    }
  }
  for (const file of ['package.json', '..%2Fpackage.json', 'none.js']) {
    expect((await fetch(`${lever.url}/_emulator/pages/${file}`)).status).toBe(404);
  }
  expect((await fetch(`${turn.url}/workers/nobody`)).status).toBe(404);
});

test('a taken port means the next free one', async () => {
  const first = await createLeverEmulator();
  const taken = Number(new URL(first.url).port);
  const second = await startNear(taken, (port) => createTurnEmulator({ port }));
  expect(Number(new URL(second.url).port)).toBeGreaterThan(taken);
  const { leverAccount, turnAccount } = seed(first, second);
  expect(leverAccount.opportunities()).toHaveLength(6);
  expect(second.accounts()).toEqual([turnAccount]);
  await Promise.all([first.close(), second.close()]);
});

test('closing does not wait for a check that goes by itself or a delivery to be retried', async () => {
  const { lever, account } = await leverWorld({ retryDelaysMs: [0, 3_600_000] });
  account.createWebhook({ url: 'http://127.0.0.1:9/hook' });
  account.moveOpportunity(account.addOpportunity({ name: 'Ada' }).id, 'offer');
  await vi.waitFor(() => expect(account.deliveries[0]?.attempts).toHaveLength(1));
  await lever.close();
  const { turn, order } = await turnWorld({ autoAdvance: { stepMs: 3_600_000 } });
  await order();
  await turn.close();
  await turn.idle();
});
