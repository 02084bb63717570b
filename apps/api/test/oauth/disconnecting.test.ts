import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resultIn } from '../console/console-world.ts';
import { createOAuthWorld, type OAuthWorld } from './oauth-world.ts';

let world: OAuthWorld;
beforeAll(async () => {
  world = await createOAuthWorld();
});
afterAll(() => world.close());

describe('R79 disconnecting', () => {
  test('says beforehand in numbers what it ends', async () => {
    const { accountId, connectionId, superAdmin, ...partner } = await world.connected();
    const input = { accountId, connectionId };
    await partner.inPhase(partner.order(), 'ordered');
    await partner.held(partner.order({ emails: [] }), 'held.missing_data');
    const preview = async () =>
      resultIn(await superAdmin.browser.query('connection.disconnectPreview', input));
    expect(await preview()).toEqual({
      openChecks: 1,
      heldChecks: 1,
      waitingDeliveries: 0,
      createdWebhooks: 0,
      hasPastedSecret: true,
    });
  });

  test('erases every secret, answers 410 at the old address, and leaves a fresh connection', async () => {
    const { accountId, connectionId, superAdmin, ...partner } = await world.connected();
    const { browser } = superAdmin;
    await world.sweptByItself(connectionId);
    const input = { accountId, connectionId };
    expect((await browser.mutate('connection.disconnect', input)).status).toBe(200);
    const [row] = await world.ask`
      select access_token_sealed, refresh_token_sealed, turn_token_sealed, "authorization", next_sweep_at,
        next_keep_alive_at from connection where id = ${connectionId}`;
    expect(new Set(Object.values(row ?? { none: 'row' }))).toEqual(new Set([null]));
    expect(await world.ask`select id from signature_token where connection_id = ${connectionId}`).toEqual([]);
    const id = partner.order();
    expect((await partner.post({ opportunityId: id })).status).toBe(410);
    expect(partner.ordersOf(id)).toEqual([]);
    expect((await browser.query('connection.disconnectPreview', input)).status).toBe(404);
    const fresh = await world.connectionOf(accountId);
    expect(fresh).toMatchObject({ lever: 'not-connected', turn: 'not-connected', environment: 'sandbox' });
    const state = resultIn<{ connection: { id: string } }>(
      await browser.query('account.state', { accountId }),
    );
    expect(state.connection.id).toBe(fresh.id);
  });

  test('and authorizing again connects the fresh one, to whichever Lever account', async () => {
    const { accountId, connectionId, superAdmin } = await world.connected();
    await superAdmin.browser.mutate('connection.disconnect', { accountId, connectionId });
    const other = world.lever.createAccount();
    const landing = await world.goThrough(superAdmin.browser, accountId, other);
    expect(landing.query.lever).toBe('connected');
    const connection = await world.connectionOf(accountId);
    expect(connection).toMatchObject({ lever: 'working', leverAccountId: other.id });
    expect(connection.id).not.toBe(connectionId);
  });
});
