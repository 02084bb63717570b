import { expect, test } from 'vitest';
import type { DeliveryId } from '../../src/ids.ts';
import { applicantStage } from '../../testing/an-opportunity.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

const minute = 60_000;
const month = 30 * 24 * 60 * minute;

const newestWish = ({ inbox }: PersonWorld): DeliveryId => {
  const wish = inbox.deliveries().findLast(({ source }) => source === 'person');
  if (wish === undefined) throw new Error('Expected a wish of a person.');
  return wish.id;
};

/** Replays as an Admin and as a Super Admin, and lets everything happen that follows. */
const replayInVain = async (world: PersonWorld, deliveryId: DeliveryId): Promise<void> => {
  for (const role of ['admin', 'super-admin'] as const) {
    const replay = await world.actions.replay(world.person(role), world.connectionId, deliveryId);
    expect(replay).toEqual({ kind: 'too-late' });
    const [noEffect, begun] = await world.audit();
    expect([begun, noEffect]).toMatchObject(
      ['begun', 'no-effect'].map((outcome) => ({ action: 'replay', role, outcome })),
    );
    await world.settle();
  }
};

/** Held since the candidate moved on before we could look, and ordered anyway by a Super Admin. */
const orderedAnyway = async (world: PersonWorld) => {
  const id = world.enter();
  await world.hear(id);
  world.pass(10 * minute);
  world.ats.moveOpportunity(world.connectionId, id, applicantStage);
  const checkId = await world.held(id, 'held.left_stage');
  world.ats.change(world.connectionId, id, { emails: [] });
  await world.actions.orderAnyway(world.person(), world.connectionId, checkId);
  return { id, checkId };
};

test('“order again” that came to nothing is not replayed into a second check', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  await world.hear(id);
  await world.settle();
  await world.advance(id, 'clear');
  const { id: checkId } = await world.checkOf(id);
  world.ats.change(world.connectionId, id, { isArchived: true });
  await world.actions.orderAgain(world.person(), world.connectionId, checkId);
  await world.settle();
  expect(await world.reasonOf(newestWish(world))).toBe('ignored.archived');
  world.ats.change(world.connectionId, id, { isArchived: false });
  world.pass(month);
  await replayInVain(world, newestWish(world));
  expect(world.checkProvider.orders).toHaveLength(1);
  // Whoever may order again still can, by doing it.
  await world.actions.orderAgain(world.person(), world.connectionId, checkId);
  await world.settle();
  expect(world.checkProvider.orders).toHaveLength(2);
});

test('a check that was dismissed is not ordered by replaying an earlier “order anyway”', async () => {
  const world = createPersonWorld();
  const { id, checkId } = await orderedAnyway(world);
  expect(await world.held(id, 'held.missing_data')).toBe(checkId);
  world.pass(minute);
  await world.actions.dismiss(world.person(), world.connectionId, checkId);
  world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
  world.pass(minute);
  await replayInVain(world, newestWish(world));
  expect(await world.checkOf(id)).toMatchObject({ phase: 'dismissed' });
  expect(world.checkProvider.orders).toEqual([]);
});

test('a wish that was cancelled is not replayed', async () => {
  const world = createPersonWorld();
  const { id } = await orderedAnyway(world);
  world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
  const wish = newestWish(world);
  const cancel = await world.actions.cancel(world.person('team-member'), world.connectionId, wish);
  expect(cancel).toMatchObject({ kind: 'done' });
  world.pass(minute);
  await replayInVain(world, wish);
  expect(await world.reasonOf(wish)).toBe('ignored.cancelled');
  expect(world.checkProvider.orders).toEqual([]);
});

test('an entry that was discarded is not ordered by replaying the discard, nor what Lever said of it before', async () => {
  const world = createPersonWorld();
  const id = world.enter({ isArchived: true });
  const heard = await world.hear(id);
  await world.settle();
  world.ats.change(world.connectionId, id, { isArchived: false });
  world.pass(minute);
  const entry = { opportunityId: id, enteredAt: world.now() - minute };
  await world.actions.discardRetroactive(world.person(), world.connectionId, entry);
  world.pass(minute);
  await replayInVain(world, newestWish(world));
  await replayInVain(world, heard);
  expect(world.checkProvider.orders).toEqual([]);
});

test('a check that was dismissed is not ordered by replaying what Lever said of that entry', async () => {
  const world = createPersonWorld();
  const id = world.enter({ emails: [] });
  const heard = await world.hear(id);
  const checkId = await world.held(id, 'held.missing_data');
  await world.actions.dismiss(world.person('admin'), world.connectionId, checkId);
  world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
  world.pass(minute);
  const replay = await world.actions.replay(world.person(), world.connectionId, heard);
  expect(replay).toMatchObject({ kind: 'done' });
  await world.settle();
  expect(await world.reasonOf(heard)).toBe('ignored.dismissed');
  expect(world.checkProvider.orders).toEqual([]);
});

test('“order now” is not repeated by a replay: it waits for a later entry like any other', async () => {
  const world = createPersonWorld();
  const id = world.enter({ isArchived: true });
  const heard = await world.hear(id, 30_000);
  await world.actions.orderNow(world.person(), world.connectionId, heard);
  await world.settle();
  world.ats.change(world.connectionId, id, { isArchived: false });
  world.pass(minute);
  const { stageId } = world.ats.opportunity(world.connectionId, id);
  if (stageId !== null) world.ats.moveOpportunity(world.connectionId, id, stageId);
  await world.actions.replay(world.person('admin'), world.connectionId, heard);
  await world.settle();
  expect(world.checkProvider.orders).toEqual([]);
  world.pass(30_000);
  await world.settle();
  expect(world.checkProvider.orders).toHaveLength(1);
});
