import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOAuthWorld, type Landing, type OAuthWorld } from './oauth-world.ts';

let world: OAuthWorld;
beforeAll(async () => {
  world = await createOAuthWorld();
});
afterAll(() => world.close());

type Unconnected = Awaited<ReturnType<OAuthWorld['unconnected']>>;

/** Nothing was stored: neither tokens nor what came with them. */
const expectNothing = async ({ accountId, connectionId }: Unconnected): Promise<void> => {
  expect(await world.connectionOf(accountId)).toMatchObject({
    id: connectionId,
    lever: 'not-connected',
    leverAccountId: connectionId,
    authorization: null,
  });
  expect(await world.stores().grants.read(connectionId)).toBeNull();
};
/** The last word of the audit log on a connection. */
const audited = async ({ connectionId }: Unconnected) => {
  const [last] = await world.stores().auditLog.list(connectionId, 1);
  return { outcome: last?.outcome, why: last?.after.authorization };
};
const withoutAccount = (landing: Landing, outcome: string): void => {
  expect(landing).toMatchObject({ status: 303, page: '/settings' });
  expect(landing.query).toEqual({ lever: outcome });
};
const changed = (address: string, name: string, value: string | null): string => {
  const url = new URL(address);
  if (value === null) url.searchParams.delete(name);
  else url.searchParams.set(name, value);
  return url.href;
};

describe('R73 a return that does not fit', () => {
  test.each<[string, (back: string) => string]>([
    ['no state', (back) => changed(back, 'state', null)],
    ['an invented state', (back) => changed(back, 'state', 'A'.repeat(43))],
    ['an endless state', (back) => changed(back, 'state', 'A'.repeat(6000))],
    ['two states', (back) => `${back}&state=${'A'.repeat(43)}`],
    ['nothing at all', (back) => back.split('?')[0] ?? back],
  ])('with %s is refused', async (_title, change) => {
    const one = await world.unconnected();
    const back = await world.decide(await world.start(one.superAdmin.browser, one.accountId), one.lever);
    withoutAccount(await world.land(one.superAdmin.browser, change(back)), 'state');
    await expectNothing(one);
  });

  test('twice works once', async () => {
    const { accountId, superAdmin, lever } = await world.unconnected();
    const back = await world.decide(await world.start(superAdmin.browser, accountId), lever);
    const landings = await Promise.all([1, 2].map(() => world.land(superAdmin.browser, back)));
    expect(landings.map(({ query }) => query.lever).toSorted()).toEqual(['connected', 'state']);
    withoutAccount(await world.land(superAdmin.browser, back), 'state');
  });

  test('after ten minutes is too late', async () => {
    const one = await world.unconnected();
    const back = await world.decide(await world.start(one.superAdmin.browser, one.accountId), one.lever);
    const [row] = await world.ask`
      select extract(epoch from expires_at - now())::int as left_over from authorization_request
      where connection_id = ${one.connectionId}`;
    expect(Number(row?.left_over)).toBeLessThanOrEqual(600);
    await world.ask`
      update authorization_request set expires_at = now() - interval '1 second'
      where connection_id = ${one.connectionId}`;
    withoutAccount(await world.land(one.superAdmin.browser, back), 'state');
    await expectNothing(one);
  });

  test('of an attempt that was begun anew is over', async () => {
    const one = await world.unconnected();
    const back = await world.decide(await world.start(one.superAdmin.browser, one.accountId), one.lever);
    await world.start(one.superAdmin.browser, one.accountId);
    withoutAccount(await world.land(one.superAdmin.browser, back), 'state');
    await expectNothing(one);
  });

  test('with a code that Lever does not know is refused, and so is a code that was used', async () => {
    const one = await world.unconnected();
    const { browser } = one.superAdmin;
    const start = () => world.start(browser, one.accountId);
    const invented = changed(await world.decide(await start(), one.lever), 'code', 'invented');
    expect((await world.land(browser, invented)).query.lever).toBe('refused');
    expect(await audited(one)).toEqual({ outcome: 'no-effect', why: 'refused' });
    const other = await world.unconnected();
    const used = await world.decide(
      await world.start(other.superAdmin.browser, other.accountId),
      other.lever,
    );
    await world.land(other.superAdmin.browser, used);
    const code = new URL(used).searchParams.get('code');
    const replayed = changed(await world.decide(await start(), one.lever), 'code', code);
    expect((await world.land(browser, replayed)).query.lever).toBe('refused');
    await expectNothing(one);
  });

  test('without a code, or from another environment’s server, is refused before Lever is asked', async () => {
    const one = await world.unconnected();
    const { browser } = one.superAdmin;
    const exchanges = world.lever.journal.count('POST /oauth/token');
    for (const [name, value] of [
      ['code', null],
      ['iss', 'https://auth.lever.co/'],
    ] as const) {
      const back = await world.decide(await world.start(browser, one.accountId), one.lever);
      expect((await world.land(browser, changed(back, name, value))).query.lever).toBe('refused');
    }
    expect(world.lever.journal.count('POST /oauth/token')).toBe(exchanges);
    await expectNothing(one);
    const back = await world.decide(await world.start(browser, one.accountId), one.lever);
    const landing = await world.land(browser, changed(back, 'iss', `${world.lever.authUrl}/`));
    expect(landing.query.lever).toBe('connected');
  });

  test('because the person said no says so', async () => {
    const one = await world.unconnected();
    const url = await world.start(one.superAdmin.browser, one.accountId);
    const landing = await world.land(one.superAdmin.browser, await world.decide(url, one.lever, 'deny'));
    expect(landing.query).toEqual({ account: one.accountId, lever: 'denied' });
    expect(await audited(one)).toEqual({ outcome: 'no-effect', why: 'denied' });
    await expectNothing(one);
  });

  test('with another error of Lever’s repeats nothing that it says', async () => {
    const one = await world.unconnected();
    const url = await world.start(one.superAdmin.browser, one.accountId);
    let back = await world.decide(url, one.lever, 'deny');
    back = changed(back, 'error', '"><script>alert(1)</script>');
    const landing = await world.land(one.superAdmin.browser, back);
    expect(landing.query).toEqual({ account: one.accountId, lever: 'refused' });
  });

  test('of somebody who signed out meanwhile asks to sign in, and cannot be used afterwards', async () => {
    const one = await world.unconnected();
    const { browser, email } = one.superAdmin;
    const back = await world.decide(await world.start(browser, one.accountId), one.lever);
    const cookie = browser.cookie();
    browser.setCookie(null);
    withoutAccount(await world.land(browser, back), 'session');
    browser.setCookie(cookie);
    withoutAccount(await world.land(browser, back), 'state');
    expect(await audited(one)).toEqual({ outcome: 'no-effect', why: 'session' });
    const again = await world.decide(await world.start(browser, one.accountId), one.lever);
    await browser.signOut();
    await browser.signIn(email);
    withoutAccount(await world.land(browser, again), 'state');
    await expectNothing(one);
  });
});

describe('R74 somebody begins and another browser finishes', () => {
  test('of the same account, of another one, or of the same person: refused, audited, spent', async () => {
    const one = await world.unconnected();
    const { superAdmin, accountId } = one;
    const elsewhere = await world.unconnected();
    const colleague = await world.join(accountId, 'super-admin');
    const same = world.browser();
    await same.signIn(superAdmin.email);
    for (const other of [colleague.browser, elsewhere.superAdmin.browser, same]) {
      const back = await world.decide(await world.start(superAdmin.browser, accountId), one.lever);
      withoutAccount(await world.land(other, back), 'state');
      expect(await audited(one)).toEqual({ outcome: 'no-effect', why: 'state' });
      withoutAccount(await world.land(superAdmin.browser, back), 'state');
    }
    await expectNothing(one);
    await expectNothing(elsewhere);
  });
});

describe('R75 between start and return somebody', () => {
  test('was demoted: refused', async () => {
    const one = await world.unconnected();
    const { superAdmin, accountId } = one;
    const back = await world.decide(await world.start(superAdmin.browser, accountId), one.lever);
    await world.ask`update membership set role = 'admin' where person_id = ${superAdmin.id}`;
    const landing = await world.land(superAdmin.browser, back);
    expect(landing.query).toEqual({ account: accountId, lever: 'demoted' });
    expect(await audited(one)).toEqual({ outcome: 'no-effect', why: 'demoted' });
    await expectNothing(one);
  });

  test('was removed from the account: refused', async () => {
    const one = await world.unconnected();
    const { superAdmin, accountId } = one;
    await world.join(accountId, 'super-admin');
    const back = await world.decide(await world.start(superAdmin.browser, accountId), one.lever);
    await world.stores().people.remove(accountId, superAdmin.id);
    expect((await world.land(superAdmin.browser, back)).query.lever).toBe('demoted');
    await expectNothing(one);
  });

  test('disconnected: the attempt is over', async () => {
    const one = await world.connected();
    const { browser } = one.superAdmin;
    const back = await world.decide(await world.start(browser, one.accountId), one.lever);
    const { accountId, connectionId } = one;
    expect((await browser.mutate('connection.disconnect', { accountId, connectionId })).status).toBe(200);
    withoutAccount(await world.land(browser, back), 'state');
    expect(await world.connectionOf(accountId)).toMatchObject({ lever: 'not-connected' });
  });
});

describe('R77 fewer permissions than were asked for', () => {
  test.each([
    [['notes:write:admin'], 'notes'],
    [['stages:read:admin', 'webhooks:write:admin'], 'stages webhooks'],
    [['offline_access'], 'offline'],
  ])('without %j the missing ones are named, and nothing is stored', async (left, missing) => {
    const one = await world.unconnected();
    const { browser } = one.superAdmin;
    const url = new URL(await world.start(browser, one.accountId, { withWebhooks: true }));
    const asked = url.searchParams.get('scope')?.split(' ') ?? [];
    url.searchParams.set('scope', asked.filter((scope) => !left.includes(scope)).join(' '));
    const landing = await world.land(browser, await world.decide(url.href, one.lever));
    expect(landing.query).toEqual({ account: one.accountId, lever: 'scope', missing });
    expect(await audited(one)).toEqual({ outcome: 'no-effect', why: 'scope' });
    await expectNothing(one);
  });
});

describe('Lever is down at the exchange', () => {
  test.each([
    ['answers 503', { kind: 'status', status: 503 } as const],
    ['cuts the answer off', { kind: 'half-body' } as const],
    ['gives no token type', { kind: 'wrong-json', body: { access_token: 'x' } } as const],
    ['knows our secret no more', { kind: 'status', status: 401, body: { error: 'access_denied' } } as const],
  ])('and %s: nothing is half-saved, and a new start works', async (_title, fault) => {
    const one = await world.unconnected();
    const { browser } = one.superAdmin;
    const back = await world.decide(await world.start(browser, one.accountId), one.lever);
    world.lever.faults.add({ route: 'POST /oauth/token', ...fault });
    expect((await world.land(browser, back)).query).toEqual({ account: one.accountId, lever: 'unavailable' });
    await expectNothing(one);
    expect((await world.goThrough(browser, one.accountId, one.lever)).query.lever).toBe('connected');
  });
});
