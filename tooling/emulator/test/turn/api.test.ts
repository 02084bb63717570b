import { expect, test } from 'vitest';
import { jsonClient } from '../../testing/json-client.ts';
import { turnWorld } from './turn-world.ts';

test('no header is 401, a bad or revoked token is 400, never 403', async () => {
  const { turn, account, api } = await turnWorld();
  const missing = await jsonClient(turn.apiUrl, null)('GET', '/public_api/me');
  expect(missing).toMatchObject({ status: 401, body: { code: 'authorization_header_missing' } });
  const bad = await jsonClient(turn.apiUrl, 'nonsense')('GET', '/public_api/me');
  expect(bad).toMatchObject({
    status: 400,
    body: { code: 'invalid_header', description: expect.any(String) },
  });
  expect((await api('GET', '/public_api/me')).body).toEqual({ name: 'Example Partner' });
  account.revokeToken();
  expect(await api('GET', '/public_api/me')).toMatchObject({ status: 400, body: { code: 'invalid_header' } });
});

test('the package list comes in either shape, or is not offered', async () => {
  const packages = [{ id: 'P0000000001', name: 'Basic' }];
  const list = async (input: object) => (await turnWorld({}, input)).api('GET', '/public_api/me/packages');
  expect((await list({ packages })).body).toEqual({
    packages: [{ package_id: 'P0000000001', name: 'Basic' }],
  });
  expect((await list({ packages, listShape: 'bare' })).body).toEqual(packages);
  expect((await list({ packages: 'not-offered' })).status).toBe(404);
});

test('an order is answered without the turn id, and makes a check that waits for the candidate', async () => {
  const { account, order } = await turnWorld();
  const { status, body } = await order({
    reference_id: 'ref-1',
    package_id: 'P0000000001',
    phone_number: '5550100000',
  });
  expect(status).toBe(200);
  expect(body).not.toHaveProperty('turn_id');
  expect(body).toMatchObject({
    message: { code: '9200' },
    reference_id: 'ref-1',
    email_status: { status: true },
    sms_status: { status: true },
  });
  const check = account.check(body.worker_id);
  expect(check).toMatchObject({
    uuid: body.uuid,
    referenceId: 'ref-1',
    packageId: 'P0000000001',
    state: 'emailed',
    candidate: { firstName: 'Ada', lastName: 'Example', email: 'ada@example.com', phoneNumber: '5550100000' },
  });
  expect(check.turnId).toMatch(/^C\d{10}$/);
});

test.each(['first_name', 'last_name', 'email', 'callback_url'])(
  'an order without %s is 422 and makes nothing',
  async (field) => {
    const { account, order } = await turnWorld();
    const { status, body } = await order({ [field]: undefined });
    expect(status).toBe(422);
    expect(body).toEqual({ [`json.${field}`]: ['Missing data for required field.'] });
    expect(account.checks).toEqual([]);
  },
);

test.each([
  ['surprise', 'x', 'Unknown field.'],
  ['email', 'not an address', 'Not a valid email address.'],
  ['phone_number', '+1 555 0100', 'Not a valid phone number.'],
  ['callback_url', 'nowhere', 'Not a valid URL.'],
  ['do_checks', 'yes', 'Not a valid boolean.'],
  ['package_id', null, 'Field may not be null.'],
])('an order with %s = %j is 422: %s', async (field, value, message) => {
  const { account, order } = await turnWorld();
  expect(await order({ [field]: value })).toMatchObject({
    status: 422,
    body: { [`json.${field}`]: [message] },
  });
  expect(account.checks).toEqual([]);
});

test('an unknown package is 422; where no list is offered any package is taken', async () => {
  const { order } = await turnWorld();
  const { status, body } = await order({ package_id: 'P9999999999' });
  expect(status).toBe(422);
  expect(body).toEqual({ message: "Package P9999999999 doesn't exist." });
  const without = await turnWorld({}, { packages: 'not-offered' });
  expect((await without.order({ package_id: 'P9999999999' })).status).toBe(200);
});

test('a body that is no object is 422, unreadable JSON 400', async () => {
  const { turn, account, api } = await turnWorld();
  expect(await api('POST', '/person/search_async', [])).toMatchObject({
    status: 422,
    body: { _schema: [expect.any(String)] },
  });
  const unreadable = await fetch(`${turn.apiUrl}/person/search_async`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${account.token}` },
    body: '{',
  });
  expect(unreadable.status).toBe(400);
});

test('the same order twice is two checks; their reference finds the most recent', async () => {
  const { account, api, order } = await turnWorld();
  await order({ reference_id: 'lever:x/1' });
  const second = await order({ reference_id: 'lever:x/1' });
  expect(account.checks).toHaveLength(2);
  const found = await api('GET', `/person/${encodeURIComponent('lever:x/1')}/status`);
  expect(found.body.worker_id).toBe(second.body.worker_id);
});

test('the status is found by worker id, turn id and reference id', async () => {
  const { account, api, order } = await turnWorld();
  const { body } = await order({ reference_id: 'ref-1' });
  const check = account.check(body.worker_id);
  for (const id of [check.workerId, check.turnId, 'ref-1']) {
    const answer = await api('GET', `/person/${id}/status`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      state: 'emailed',
      turn_id: check.turnId,
      worker_id: check.workerId,
      worker_email: 'ada@example.com',
      dashboard_url: check.dashboardUrl,
      consent_date: null,
      recheck_date: null,
      cm_criminal_enroll: false,
      criminal_monitoring_triggered: false,
    });
  }
});

test('an unknown worker is 422, and so is one of another account', async () => {
  const { turn, account, api, order } = await turnWorld();
  await order({ reference_id: 'ref-1' });
  expect(await api('GET', '/person/nobody/status')).toMatchObject({
    status: 422,
    body: { message: 'Worker with id nobody was not found' },
  });
  const other = jsonClient(turn.apiUrl, turn.createAccount().token);
  expect((await other('GET', `/person/${account.check('ref-1').turnId}/status`)).status).toBe(422);
});

test('details need consent and are seen in the journal', async () => {
  const { turn, account, api, order } = await turnWorld();
  const { body } = await order();
  expect((await api('GET', `/person/${body.worker_id}/details`)).status).toBe(422);
  await account.advance(body.worker_id, 'processing');
  expect((await api('GET', `/person/${body.worker_id}/details`)).body).toMatchObject({
    complete: false,
    ssn: expect.any(String),
  });
  expect(turn.journal.count('GET /v1/person/:id/details')).toBe(2);
});

test('an invitation is sent again until the candidate has consented', async () => {
  const { account, api, order } = await turnWorld();
  const { body } = await order();
  const { turnId } = account.check(body.worker_id);
  const resend = (id: string) => api('POST', `/fcra/${id}/email/consent/resend`);
  expect((await resend(turnId)).status).toBe(200);
  expect(account.check(turnId).invitationsSent).toBe(2);
  await account.advance(turnId, 'consent');
  expect((await resend(turnId)).status).toBe(422);
  expect((await resend('C9999999999')).status).toBe(404);
});

test('a recheck starts from a settled state only, under the same turn id', async () => {
  const { account, api, order } = await turnWorld();
  const { turnId } = account.check((await order()).body.worker_id);
  const recheck = () => api('PUT', `/fcra_check/${turnId}/recheck`);
  expect((await recheck()).status).toBe(422);
  await account.advance(turnId, 'approved');
  expect((await recheck()).status).toBe(200);
  expect(account.check(turnId)).toMatchObject({ state: 'processing', recheckDate: expect.any(String) });
  expect((await api('PUT', '/fcra_check/C9999999999/recheck')).status).toBe(404);
});

test('do_checks false stands by uninvited until it is run', async () => {
  const { account, api, order } = await turnWorld();
  const { body } = await order({ do_checks: false });
  const id = body.worker_id;
  expect(account.check(id)).toMatchObject({ state: 'initiated', invitationsSent: 0 });
  expect((await api('POST', `/fcra/${account.check(id).turnId}/email/consent/resend`)).status).toBe(422);
  expect((await api('POST', `/person/${id}/run`)).status).toBe(200);
  expect(account.check(id).state).toBe('emailed');
  expect((await api('POST', `/person/${id}/run`)).status).toBe(205);
});

test('employers can withdraw a check', async () => {
  const { account, api, order } = await turnWorld();
  const { turnId } = account.check((await order()).body.worker_id);
  expect((await api('PUT', `/fcra/${turnId}/withdraw`, { note: 'x' })).status).toBe(200);
  expect(account.check(turnId).state).toBe('withdrawn');
});

test('an unknown path is 404 with a message', async () => {
  const { api } = await turnWorld();
  expect(await api('GET', '/nothing')).toMatchObject({ status: 404, body: { message: expect.any(String) } });
});

test('a lost answer leaves the check ordered', async () => {
  const { turn, account, order } = await turnWorld();
  turn.faults.add({ route: 'POST /v1/person/search_async', kind: 'reset-after-committing' });
  await expect(order({ reference_id: 'ref-1' })).rejects.toThrow();
  expect(account.check('ref-1').state).toBe('emailed');
  expect(turn.journal.entries()[0]).toMatchObject({ committed: true, status: null, accountId: account.id });
});
