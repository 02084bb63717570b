import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { createWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => world.close());

const hour = 3_600_000;

describe('Money guards', () => {
  test('entries before the connection was made are not ordered by a sweep', async () => {
    const account = await world.account();
    const id = account.add({ stage: 'Reference Check', at: Date.now() - hour });
    await world.sweep(account.connectionId);
    expect(await account.check(id)).toBeNull();
    expect(account.turn.checks).toHaveLength(0);
  });

  test('R9 an entry older than 24 h when decided is held', async () => {
    const account = await world.account();
    await world.setOrderingSince(account.connectionId, Date.now() - 72 * hour);
    const id = account.add();
    account.lever.moveOpportunity(id, account.stage, { at: Date.now() - 25 * hour });
    await account.held(id, 'held.backlog');
  });

  test('R15 a sweep that finds more than 20 orders none of them by itself', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    account.lever.settings.deliverWebhooks = false;
    const ids = Array.from({ length: 21 }, () => account.order());
    await world.lever.idle();
    expect(account.lever.deliveries).toEqual([]);
    await world.sweep(account.connectionId);
    for (const id of ids) await account.held(id, 'held.backlog');
    expect(account.turn.checks).toHaveLength(0);
  });

  test('R15 a sweep orders the few that no webhook told us of, once', async () => {
    const account = await world.account();
    account.lever.settings.deliverWebhooks = false;
    const ids = [account.order(), account.order()];
    await world.sweep(account.connectionId);
    for (const id of ids) await account.inPhase(id, 'ordered');
    await world.sweep(account.connectionId);
    expect(account.turn.checks).toHaveLength(2);
    expect(await world.stores().incidents.listOpen(account.connectionId)).toContainEqual(
      expect.objectContaining({ kind: 'missed-by-webhook' }),
    );
  });

  test('R8 beyond the hourly limit the rest is held', async () => {
    const account = await world.account({ settings: { ordersPerHour: 2 } });
    for (const id of [account.order(), account.order()]) await account.inPhase(id, 'ordered');
    await account.held(account.order(), 'held.bulk');
    expect(account.turn.checks).toHaveLength(2);
  });

  test('a pause holds, receiving goes on, and what came meanwhile is not ordered by itself afterwards', async () => {
    const account = await world.account();
    const { connections } = world.stores();
    await connections.savePaused(account.connectionId, Date.now(), Date.now());
    const id = account.order();
    await account.held(id, 'held.paused');
    expect(account.lever.deliveries.at(-1)?.attempts.at(-1)?.status).toBe(200);
    await connections.savePaused(account.connectionId, null, Date.now());
    const held = await account.held(id, 'held.paused');
    await world.stores().inbox.reopen(account.connectionId, held.deliveryId ?? ('' as never));
    await account.held(id, 'held.backlog');
    const later = account.order();
    await account.inPhase(later, 'ordered');
    expect(account.turn.checks).toHaveLength(1);
  });

  test('a test name in production is held', async () => {
    const account = await world.account({ environment: 'production' });
    await account.held(account.order({ name: 'Darth Vader' }), 'held.test_identity');
    await account.inPhase(account.order({ name: 'Dora Vader' }), 'ordered');
  });
});

describe('Held', () => {
  test('shows one note to followers and Error; the note is replaced when the reason changes and deleted when resolved', async () => {
    const account = await world.account();
    const id = account.order({ emails: [] });
    const held = await account.held(id, 'held.missing_data');
    await account.showing(id, 'Error');
    const note = await eventually(() => {
      const [only, ...more] = account.lever.opportunity(id).notes;
      expect(more).toEqual([]);
      expect(only).toMatchObject({ secret: false, notifyFollowers: true });
      return only;
    });

    account.lever.updateContact(id, { emails: [canary.email] });
    account.lever.setTags(id, ['TurnStatus:Error', 'TurnPackage:P0000000001:A', 'TurnPackage:P0000000002:B']);
    await world.stores().inbox.reopen(account.connectionId, held.deliveryId ?? ('' as never));
    await account.held(id, 'held.package_unclear');
    await eventually(() => {
      expect(account.shown(id).notes).toEqual([expect.stringContaining('package tags')]);
      expect(
        account.lever.opportunity(id).notes.find((one) => one.id === note?.id)?.deletedAt,
      ).not.toBeNull();
    });

    account.lever.removeTag(id, 'TurnPackage:P0000000002:B');
    await world.sweep(account.connectionId);
    await account.inPhase(id, 'ordered');
    await account.showing(id, 'Emailed');
    await eventually(() =>
      expect(account.shown(id).notes).toEqual([
        expect.stringMatching(/^Turn background check ordered. Turn ID: C/u),
      ]),
    );
  });

  test('a cause of ours is not written into the candidate’s record', async () => {
    const account = await world.account({ settings: { defaultPackageId: 'P9' as never } });
    const id = account.order();
    await account.held(id, 'held.config');
    const check = await account.check(id);
    await eventually(async () => expect((await account.check(id))?.nextSyncAt).toBeNull());
    expect(check?.hold?.details).toEqual(["default package P9 is not in Turn's list"]);
    expect(account.shown(id)).toMatchObject({ tags: [], notes: [] });
  });

  test('Turn’s refusal names the field, not its value', async () => {
    const account = await world.account();
    world.turn.faults.add({
      route: 'POST /v1/person/search_async',
      kind: 'status',
      status: 422,
      body: { 'json.email': [`Not a deliverable address: ${canary.email}`] },
    });
    const id = account.order();
    expect(await account.held(id, 'held.turn_rejected')).toMatchObject({ hold: { details: ['email'] } });
    await eventually(() => expect(account.shown(id).notes[0]).toContain('Turn refused the order: email'));
    expect(account.shown(id).notes.join()).not.toContain(canary.email);
  });

  test('a candidate who was held and then archived is no longer shown as held', async () => {
    const account = await world.account();
    const id = account.order({ emails: [] });
    const held = await account.held(id, 'held.missing_data');
    await account.showing(id, 'Error');
    account.lever.archive(id);
    await world.stores().inbox.reopen(account.connectionId, held.deliveryId ?? ('' as never));
    await eventually(() => expect(account.shown(id)).toMatchObject({ tags: [], notes: [] }));
  });
});
