import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultIn } from '../console/console-world.ts';
import { createOAuthWorld, type OAuthWorld } from './oauth-world.ts';

let world: OAuthWorld;
beforeAll(async () => {
  world = await createOAuthWorld();
});
afterAll(() => world.close());

describe('after somebody revoked access in Lever', () => {
  test('the connection asks for it, and a new authorization shows what waits before it is ordered', async () => {
    const { accountId, connectionId, superAdmin, ...partner } = await world.connected();
    await world.sweptByItself(connectionId);
    partner.lever.revokeAccess();
    const waiting = partner.order();
    await partner.held(waiting, 'held.disconnected');
    const state = () => superAdmin.browser.query('account.state', { accountId });
    expect(resultIn(await state())).toMatchObject({ connection: { lever: 'reconnect-needed' } });
    const landing = await world.goThrough(superAdmin.browser, accountId, partner.lever);
    expect(landing.query).toEqual({ account: accountId, lever: 'reconnected' });
    expect(resultIn(await state())).toMatchObject({ connection: { id: connectionId, lever: 'working' } });
    await partner.held(waiting, 'held.backlog');
    const preview = await superAdmin.browser.mutate('backlog.preview', { accountId, connectionId });
    expect(resultIn<{ opportunityId: string }[]>(preview).map((one) => one.opportunityId)).toEqual([waiting]);
    expect(partner.ordersOf(waiting)).toEqual([]);
    expect(await world.stores().incidents.listOpen(connectionId)).toEqual([]);
    const later = partner.order();
    await partner.inPhase(later, 'ordered');
  });
});

describe('R76 the wrong Lever account', () => {
  test('on a new authorization is refused, and the old grant goes on working', async () => {
    const { accountId, connectionId, superAdmin } = await world.connected();
    const before = await world.stores().grants.read(connectionId);
    const other = world.lever.createAccount();
    const landing = await world.goThrough(superAdmin.browser, accountId, other);
    expect(landing.query).toEqual({ account: accountId, lever: 'other-account' });
    expect(await world.stores().grants.read(connectionId)).toEqual(before);
    const [last] = await world.stores().auditLog.list(connectionId, 1);
    expect(last).toMatchObject({ action: 'connect', outcome: 'no-effect' });
  });

  test('that another account of ours has is refused, and neither is changed', async () => {
    const theirs = await world.connected();
    const mine = await world.unconnected();
    const untouched = await world.connectionOf(theirs.accountId);
    const landing = await world.goThrough(mine.superAdmin.browser, mine.accountId, theirs.lever);
    expect(landing.query).toEqual({ account: mine.accountId, lever: 'taken' });
    expect(await world.connectionOf(mine.accountId)).toMatchObject({ lever: 'not-connected' });
    expect(await world.connectionOf(theirs.accountId)).toEqual(untouched);
  });

  test('is given to one of two accounts that ask for it at once', async () => {
    const [one, other] = [await world.unconnected(), await world.unconnected()];
    const lever = world.lever.createAccount();
    const backs = await Promise.all(
      [one, other].map(async ({ superAdmin, accountId }) =>
        world.decide(await world.start(superAdmin.browser, accountId), lever),
      ),
    );
    const landings = await Promise.all(
      [one, other].map(({ superAdmin }, index) => world.land(superAdmin.browser, backs[index] ?? '')),
    );
    expect(landings.map(({ query }) => query.lever).toSorted()).toEqual(['connected', 'taken']);
  });
});

describe('R78 a new authorization while an old token is being refreshed', () => {
  test('the old pair is not written back over the new one', async () => {
    const { accountId, connectionId, superAdmin, lever } = await world.connected();
    const { grants } = world.stores();
    await world.sweptByItself(connectionId);
    const old = await grants.read(connectionId);
    if (old === null) throw new Error('no grant');
    const lease = await grants.takeRefresh(connectionId, old.version, 60_000);
    if (lease === null) throw new Error('no lease');
    expect((await world.goThrough(superAdmin.browser, accountId, lever)).query.lever).toBe('reconnected');
    const fresh = await grants.read(connectionId);
    expect(await grants.store(connectionId, lease, old)).toBe(false);
    expect(await grants.read(connectionId)).toEqual(fresh);
    expect(fresh?.accessToken).not.toBe(old.accessToken);
  });
});
