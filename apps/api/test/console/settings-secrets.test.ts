import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleWorld, createConsoleWorld, resultIn } from './console-world.ts';
import { openSettings } from './settings-world.ts';

const webhooksRoute = 'POST /v1/webhooks';
const accountRoute = 'GET /v1/public_api/me';
const newSecret = 'signature-token-that-was-pasted-a1b2';

let world: ConsoleWorld;
beforeAll(async () => {
  world = await createConsoleWorld();
  canaryWatch.keepSecret(newSecret);
});
afterAll(() => world.close());

const ping = (url: string, signatureToken: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signDelivery({ signatureToken, data: {} })),
  });

describe('a webhook secret', () => {
  test('is taken with blanks around it, works at once, and the one before goes on for a day', async () => {
    const page = await openSettings(world);
    const saved = page.mutate('saveWebhookSecret', { secret: `  ${newSecret}\n` });
    expect(await page.kindOf(saved)).toBe('saved');
    for (const secret of [newSecret, page.signatureToken])
      expect((await ping(page.leverUrl, secret)).status).toBe(200);
    const { webhook } = (await page.view()) as unknown as {
      webhook: { secret: { endsIn: string; savedBy: unknown; previousValidUntil: number } };
    };
    expect(webhook.secret).toMatchObject({ endsIn: 'a1b2', savedBy: { name: 'Ada Example' } });
    expect(webhook.secret.previousValidUntil).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    expect(await page.kindOf(page.mutate('saveWebhookSecret', { secret: newSecret }))).toBe('same');
  });

  test.each([
    ['', 'empty'],
    [' \n ', 'empty'],
    ['x'.repeat(513), 'too-long'],
    ['with a blank', 'unprintable'],
    ['with\u0000nul', 'unprintable'],
    ['with-\u200bnothing', 'unprintable'],
  ])('%j is %s, and nothing is saved', async (secret, why) => {
    const page = await openSettings(world);
    expect(resultIn(await page.mutate('saveWebhookSecret', { secret }))).toEqual({ kind: 'unfit', why });
    expect((await ping(page.leverUrl, page.signatureToken)).status).toBe(200);
    expect(resultIn(await page.mutate('saveTurnToken', { token: secret }))).toEqual({ kind: 'unfit', why });
  });

  test('is audited without a letter of it', async () => {
    const page = await openSettings(world);
    await page.mutate('saveWebhookSecret', { secret: newSecret });
    const [entry] = await page.audited();
    expect(entry).toMatchObject({ action: 'change secrets', outcome: 'begun' });
    expect(JSON.stringify(entry)).not.toContain('a1b2');
  });
});

describe('listening', () => {
  test('tells of a signed ping, of an event, and why something was refused', async () => {
    const page = await openSettings(world);
    const heard = async () => resultIn(await page.query('listening'));
    expect(await heard()).toEqual({ lastSigned: null, lastRefused: null });
    await ping(page.leverUrl, 'some-other-token');
    expect(await heard()).toMatchObject({ lastSigned: null, lastRefused: { reason: 'rejected.signature' } });
    await page.lever.verifyConnection(page.webhookId);
    expect(await heard()).toMatchObject({ lastSigned: { kind: 'ping' } });
    await page.post({ opportunityId: 'o-1', toStageId: 'elsewhere' });
    expect(await heard()).toMatchObject({ lastSigned: { kind: 'event' } });
    const { checklist } = (await page.view()) as unknown as { checklist: { isDone: boolean }[] };
    expect(checklist.slice(0, 3).every(({ isDone }) => isDone)).toBe(true);
    expect(checklist.at(-1)).toEqual({ step: 'first-event', isDone: true });
  });
});

describe('a webhook made for somebody', () => {
  const ofOurs = (page: Awaited<ReturnType<typeof openSettings>>) =>
    page.lever.webhooks().filter(({ clientId }) => clientId !== null);

  test('is made once, and what it sends is let in', async () => {
    const page = await openSettings(world);
    await page.authorize({ withWebhooks: true });
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('created');
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('exists');
    const [made, ...others] = ofOurs(page);
    expect(others).toEqual([]);
    expect(made).toMatchObject({ url: page.leverUrl, event: 'candidateStageChange' });
    expect((await ping(page.leverUrl, made?.signatureToken ?? '')).status).toBe(200);
    expect(await page.view()).toMatchObject({
      webhook: { created: true, mayCreate: true },
      lever: { connectedBy: { name: 'Ada Example' }, authorizedAs: 'lever-user-1' },
    });
  });

  test('is one, whoever asks at the same moment', async () => {
    const page = await openSettings(world);
    await page.authorize({ withWebhooks: true });
    await Promise.all([1, 2, 3].map(() => page.mutate('createWebhook')));
    expect(ofOurs(page)).toHaveLength(1);
  });

  test('whose answer was lost is made anew, and the lost one is gone', async () => {
    const page = await openSettings(world);
    await page.authorize({ withWebhooks: true });
    world.lever.faults.add({ route: webhooksRoute, kind: 'reset-after-committing' });
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('created');
    const [made, ...others] = ofOurs(page);
    expect(others).toEqual([]);
    expect((await ping(page.leverUrl, made?.signatureToken ?? '')).status).toBe(200);
  });

  test('leaves nothing behind where Lever does not answer', async () => {
    const page = await openSettings(world);
    await page.authorize({ withWebhooks: true });
    world.lever.faults.add({ route: webhooksRoute, kind: 'reset-after-committing', times: 2 });
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('unavailable');
    expect(ofOurs(page)).toEqual([]);
    expect(await page.view()).toMatchObject({ webhook: { created: false } });
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('created');
  });

  test('is not made without the permission, or without Lever', async () => {
    const page = await openSettings(world);
    await page.authorize({ withWebhooks: false });
    expect(await page.view()).toMatchObject({ webhook: { mayCreate: false } });
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('not-allowed');
    await page.authorize({ withWebhooks: true });
    page.lever.revokeAccess();
    expect(await page.kindOf(page.mutate('createWebhook'))).toBe('reconnect-needed');
    await world.stores().connections.disconnect(page.connectionId, Date.now());
    const [fresh] = await world.stores().connections.ofAccount(page.accountId);
    const unconnected = page.mutate('createWebhook', { connectionId: fresh?.id });
    expect(await page.kindOf(unconnected)).toBe('not-connected');
  });
});

describe("Turn's token", () => {
  test('is saved once Turn has answered to it, and what waited for it becomes backlog', async () => {
    const page = await openSettings(world, { settings: { waitBeforeOrdering: 0 } });
    page.turn.revokeToken();
    const candidate = page.order();
    await page.held(candidate, 'held.disconnected');
    const { id } = await page.held(candidate, 'held.disconnected');
    const other = world.turn.createAccount({ packages: 'not-offered' });
    const saved = resultIn(await page.mutate('saveTurnToken', { token: ` ${other.token} ` }));
    expect(saved).toMatchObject({ kind: 'saved', accountName: expect.stringMatching(/\S/u) });
    await page.held(candidate, 'held.backlog');
    expect((await page.check(candidate))?.id).toBe(id);
    expect(other.checks).toEqual([]);
    expect(await page.view()).toMatchObject({
      turn: { state: 'working', token: { endsIn: other.token.slice(-4), savedBy: { name: 'Ada Example' } } },
    });
  });

  test('that Turn does not know, or does not answer to, is not saved', async () => {
    const page = await openSettings(world);
    const before = await world.stores().connections.turnToken(page.connectionId);
    expect(await page.kindOf(page.mutate('saveTurnToken', { token: 'nobody-has-this-token' }))).toBe(
      'refused',
    );
    world.turn.faults.add({ route: accountRoute, kind: 'status', status: 500 });
    const { token } = world.turn.createAccount({ packages: 'not-offered' });
    expect(await page.kindOf(page.mutate('saveTurnToken', { token }))).toBe('unavailable');
    expect(await world.stores().connections.turnToken(page.connectionId)).toBe(before);
  });
});

test('a verdict and a report are for those who may see them, in the list of checks', async () => {
  const page = await openSettings(world, { settings: { waitBeforeOrdering: 0 } });
  const candidate = page.order();
  const { workerId } = await page.inPhase(candidate, 'ordered');
  const { browser: member } = await world.join(page.accountId, 'team-member');
  const list = async (browser: typeof member) =>
    resultIn<{ checks: Record<string, unknown>[] }>(await browser.query('checks.list', page.ids)).checks;
  // Turn's page of the check is there already; it is no report yet.
  await page.showing(candidate, 'Emailed');
  const [early] = await list(page.browser);
  expect(early).toMatchObject({ status: 'Emailed', reportUrl: null });
  await page.turn.advance(workerId ?? '', 'approved');
  await page.showing(candidate, 'Clear');
  const [seen] = await list(page.browser);
  expect(seen).toMatchObject({
    opportunityId: candidate,
    status: 'Clear',
    reportUrl: expect.stringMatching(/^http/u),
  });
  const [hidden] = await list(member);
  expect(hidden).toMatchObject({ opportunityId: candidate, status: 'Done' });
  expect(hidden).not.toHaveProperty('reportUrl');
});
