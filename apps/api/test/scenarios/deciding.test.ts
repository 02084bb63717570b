import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { eventually } from '../eventually.ts';
import { seldomPolled } from '../quick-times.ts';
import { createWorld, type World } from '../world.ts';
import { moveSilently, post, settled, stageChange } from './post.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: seldomPolled,
  });
});
afterAll(() => world.close());

const minute = 60_000;

describe('Only Lever’s present state counts', () => {
  test.each([
    ['in', true],
    ['out', false],
  ])(
    'R31 events in the wrong order, the candidate is %s: decided by where the candidate stands',
    async (_title, endsIn) => {
      const account = await world.account();
      await world.sweptByItself(account.connectionId);
      const id = account.add();
      moveSilently(account, id, account.stage);
      moveSilently(account, id, 'Offer');
      if (endsIn) moveSilently(account, id, account.stage);
      const entered = stageChange(account, id);
      const left = stageChange(account, id, { data: { opportunityId: id, toStageId: 'offer' } });
      for (const body of [left, entered]) expect(await post(account.leverUrl, body)).toBe(200);
      expect((await settled(world, left.token)).reason).toBe('ignored.not_trigger_stage');
      expect((await settled(world, entered.token)).reason).toBe(endsIn ? 'ordered' : 'ignored.left_stage');
      const arrived =
        await world.ask`select key from delivery where connection_id = ${account.connectionId} order by received_at, id`;
      expect(arrived.map(({ key }) => key)).toEqual([left.token, entered.token]);
      expect(account.ordersOf(id)).toHaveLength(endsIn ? 1 : 0);
      await audit(world, [account]);
    },
  );

  test('R32 in, out and in again within a second: one order, and each other entry says that there is one', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const id = account.add();
    for (let round = 0; round < 4; round += 1) {
      account.lever.moveOpportunity(id, account.stage);
      account.lever.moveOpportunity(id, 'Offer');
    }
    account.lever.moveOpportunity(id, account.stage);
    await account.inPhase(id, 'ordered');
    await audit(world, [account]);
    const rows =
      await world.ask`select to_stage_id = ${account.stage} as entered, reason from delivery where connection_id = ${account.connectionId}`;
    const reasons = (entered: boolean) =>
      rows.filter((row) => row.entered === entered).map(({ reason }) => reason);
    expect(reasons(false)).toEqual(Array(4).fill('ignored.not_trigger_stage'));
    expect(reasons(true)).toHaveLength(5);
    expect(reasons(true)).toContain('ordered');
    // More than one says "ordered" where it found the first one's order at Turn before the answer to it was stored.
    expect(
      reasons(true).filter((one) => !['ordered', 'ignored.already_ordered'].includes(String(one))),
    ).toEqual([]);
    expect(account.ordersOf(id)).toHaveLength(1);
  });
});

describe('The trigger stage', () => {
  test('R33 deleted in Lever: a person is told, events are held, and replayed once it is repaired', async () => {
    const account = await world.account();
    await world.sweptByItself(account.connectionId);
    const id = account.add();
    moveSilently(account, id, account.stage);
    account.lever.deleteStage('Reference Check');
    await world.sweep(account.connectionId);
    expect(await world.stores().incidents.listOpen(account.connectionId)).toContainEqual(
      expect.objectContaining({ kind: 'trigger-stage-unclear' }),
    );
    const body = stageChange(account, id);
    expect(await post(account.leverUrl, body)).toBe(200);
    expect((await settled(world, body.token)).reason).toBe('held.config');
    const held = await account.held(id, 'held.config');
    expect(account.turn.checks).toHaveLength(0);

    const again = account.lever.addStage({ text: 'Reference Check' });
    await world.sweep(account.connectionId);
    expect(await world.stores().incidents.listOpen(account.connectionId)).toEqual([]);
    moveSilently(account, id, again.id);
    if (held.deliveryId === null) throw new Error('The held order names no delivery.');
    await world.stores().inbox.reopen(account.connectionId, held.deliveryId);
    await account.inPhase(id, 'ordered');
    await audit(world, [account]);
  });

  test('R34 changed while events wait: the stage at the time of deciding counts, and stands on the row', async () => {
    const account = await world.account({ settings: { waitBeforeOrdering: 2 } });
    await world.sweptByItself(account.connectionId);
    const [stays, moves] = [account.add(), account.add()];
    const offer = account.lever.stages().find(({ text }) => text === 'Offer')?.id ?? '';
    moveSilently(account, stays, account.stage);
    moveSilently(account, moves, offer);
    const first = stageChange(account, stays);
    expect(await post(account.leverUrl, first)).toBe(200);
    expect(await world.deliveryOf(first.token)).toMatchObject({ state: 'due' });
    await world
      .stores()
      .connections.saveTriggerStage(
        account.connectionId,
        { kind: 'resolved', id: offer as never, name: 'Offer' },
        1,
      );
    // Until the program has heard of it: what is kept of a connection is forgotten on a notification.
    await eventually(async () => {
      const probe = stageChange(account, 'o-1', { data: { opportunityId: 'o-1', toStageId: offer } });
      await post(account.leverUrl, probe);
      expect(await world.deliveryOf(probe.token)).toMatchObject({ reason: null });
    });
    const second = stageChange(account, moves, { data: { opportunityId: moves, toStageId: offer } });
    expect(await post(account.leverUrl, second)).toBe(200);
    expect((await settled(world, first.token)).reason).toBe('ignored.not_trigger_stage');
    expect((await settled(world, second.token)).reason).toBe('ordered');
    const [row] = await world.ask`select trail::text as trail from delivery where key = ${first.token}`;
    expect(String(row?.trail)).toContain(`"id": "${offer}"`);
    expect(account.turn.checks).toHaveLength(1);
    await audit(world, [account]);
  });
});

describe('Package tags', () => {
  test('R35 one valid tag among 500 others is found, and all of them stay', async () => {
    const account = await world.account();
    const tags = Array.from({ length: 500 }, (_, index) => `Source ${index} 🎯`);
    tags.splice(250, 0, 'turnpackage: P0000000002 : Plus ✨: with MVR');
    const id = account.order({ tags });
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe('P0000000002');
    await audit(world, [account]);
  });

  test.each<[string, string[]]>([
    ['the same id twice', ['TurnPackage:P0000000002:Plus', 'TurnPackage:P0000000002:Old name']],
    ['a valid one beside a retired one', ['TurnPackage:P9:Retired', 'TurnPackage:P0000000002:Plus']],
    ['a valid one beside one without an id', ['TurnPackage::Plus', 'TurnPackage:P0000000002:Plus']],
  ])('R35 %s: the valid id is ordered', async (_title, tags) => {
    const account = await world.account();
    const id = account.order({ tags });
    const { invalidTags } = await account.inPhase(id, 'ordered');
    expect(invalidTags).toEqual(tags.filter((tag) => !tag.includes(':P0000000002:')));
    expect(account.ordersOf(id)[0]?.packageId).toBe('P0000000002');
    await audit(world, [account]);
  });

  test('R36 a default that Turn no longer offers: held, not lost, and ordered once the default is repaired', async () => {
    const account = await world.account({ settings: { defaultPackageId: 'P7777777777' as never } });
    const id = account.order({ tags: ['TurnPackage:P9:Retired'] });
    const held = await account.held(id, 'held.config');
    expect(held.hold?.details).toEqual([expect.stringContaining('P7777777777')]);
    expect(account.turn.checks).toHaveLength(0);
    await world.ask`update connection set settings = jsonb_set(settings, '{defaultPackageId}', '"P0000000001"')
      where id = ${account.connectionId}`;
    if (held.deliveryId === null) throw new Error('The held order names no delivery.');
    await world.stores().inbox.reopen(account.connectionId, held.deliveryId);
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe('P0000000001');
    await audit(world, [account]);
  });

  test('R40 Turn’s list cannot be read and the kept one does not know the tag: held, never decided on an old list', async () => {
    const account = await world.account();
    const first = account.order({ tags: ['TurnPackage:P0000000001:Standard'] });
    await account.inPhase(first, 'ordered');
    world.turn.faults.add({
      route: 'GET /v1/public_api/me/packages',
      kind: 'status',
      status: 503,
      times: Infinity,
    });
    try {
      const known = account.order({ tags: ['TurnPackage:P0000000002:Plus'] });
      await account.inPhase(known, 'ordered');
      expect(world.turn.faults.fired).toHaveLength(0);
      const unknown = account.order({ tags: ['TurnPackage:P5555555555:New'] });
      await account.held(unknown, 'held.packages_unavailable');
      expect(world.turn.faults.fired.length).toBeGreaterThan(1);
      expect(account.ordersOf(unknown)).toEqual([]);
    } finally {
      world.turn.faults.clear();
    }
    await audit(world, [account]);
  });
});

describe('The candidate', () => {
  test('R37 three addresses: the first valid one is used, and a held one says what is missing without naming anybody', async () => {
    const account = await world.account();
    const id = account.order({
      emails: ['no address of mailcanary', `first.${canary.email}`, `second.${canary.email}`],
    });
    const missing = account.order({ name: canary.firstName, emails: [] });
    await account.inPhase(id, 'ordered');
    const posted = world.turn.journal
      .entries({ route: 'POST /v1/person/search_async' })
      .find(({ body }) => JSON.stringify(body).includes(id));
    expect(posted?.body).toMatchObject({ email: `first.${canary.email}` });
    const held = await account.held(missing, 'held.missing_data');
    expect(held.hold?.details).toEqual(['e-mail', 'first and last name']);
    await account.showing(missing, 'Error');
    await audit(world, [account]);
  });

  test.each<[string, string, (account: Awaited<ReturnType<World['account']>>, id: string) => void]>([
    ['anonymised', 'ignored.anonymised', ({ lever }, id) => lever.anonymise(id)],
    ['archived', 'ignored.archived', ({ lever }, id) => lever.archive(id)],
    ['deleted', 'ignored.deleted', ({ lever }, id) => lever.deleteOpportunity(id)],
  ])(
    'R38 %s between event and decision: ended with its reason, and Lever is not asked again',
    async (_title, reason, change) => {
      const account = await world.account();
      await world.sweptByItself(account.connectionId);
      const id = account.add();
      moveSilently(account, id, account.stage);
      change(account, id);
      world.lever.journal.clear();
      const body = stageChange(account, id);
      expect(await post(account.leverUrl, body)).toBe(200);
      expect((await settled(world, body.token)).reason).toBe(reason);
      const reads = world.lever.journal.entries().filter(({ path }) => path.includes(id));
      expect(reads.length).toBe(1);
      account.stopExpecting(id);
      await world.sweep(account.connectionId);
      expect(account.turn.checks).toHaveLength(0);
      await audit(world, [account], { retagged: [id] });
      await world.sweep(account.connectionId);
      expect(world.lever.journal.entries({ route: 'GET /v1/opportunities/:id' })).toHaveLength(1);
      expect(await world.stores().incidents.listOpen(account.connectionId)).toEqual([]);
    },
  );

  test('R39 two opportunities of one contact: another package is ordered, the same one is held', async () => {
    const account = await world.account();
    const first = account.order({ tags: ['TurnPackage:P0000000001:Standard'] });
    await account.inPhase(first, 'ordered');
    const { contactId } = account.lever.opportunity(first);
    const other = account.order({ contactId, tags: ['TurnPackage:P0000000002:Plus'] });
    await account.inPhase(other, 'ordered');
    const same = account.order({ contactId, tags: ['TurnPackage:P0000000001:Standard'] });
    await account.held(same, 'held.same_person');
    expect(account.turn.checks).toHaveLength(2);
    await audit(world, [account]);
  });
});

test('R30 moved on while nobody could look: more than half a minute later it is for a person', async () => {
  const account = await world.account();
  await world.sweptByItself(account.connectionId);
  await world.setOrderingSince(account.connectionId, Date.now() - 10 * minute);
  const [slip, late] = [account.add(), account.add()];
  const now = Date.now();
  moveSilently(account, slip, account.stage, { at: now - 5 * minute });
  moveSilently(account, slip, 'Offer', { at: now - 5 * minute + 20_000 });
  moveSilently(account, late, account.stage, { at: now - 5 * minute });
  moveSilently(account, late, 'Offer', { at: now - 4 * minute });
  const bodies = [slip, late].map((id) => stageChange(account, id));
  for (const body of bodies) expect(await post(account.leverUrl, body)).toBe(200);
  expect((await settled(world, bodies[0]?.token ?? '')).reason).toBe('ignored.left_stage');
  expect((await settled(world, bodies[1]?.token ?? '')).reason).toBe('held.left_stage');
  expect(account.turn.checks).toHaveLength(0);
  await audit(world, [account]);
});
