import { expect, test } from 'vitest';
import { createPersonWorld } from './world.ts';

const wait = 30_000;

test('order now ends the wait, for one of two people at once', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  const deliveryId = await world.hear(id, wait);
  await world.settle();
  expect(world.checkProvider.orders).toEqual([]);
  const orderNow = () => world.actions.orderNow(world.person(), world.connectionId, deliveryId);
  const kinds = (await Promise.all([orderNow(), orderNow()])).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(['done', 'too-late']);
  await world.settle();
  expect(await world.checkOf(id)).toMatchObject({ phase: 'ordered' });
  expect(await orderNow()).toEqual({ kind: 'too-late' });
});

test('order now waives no other guard', async () => {
  const world = createPersonWorld();
  const id = world.enter({ emails: [] });
  const deliveryId = await world.hear(id, wait);
  await world.actions.orderNow(world.person(), world.connectionId, deliveryId);
  await world.held(id, 'held.missing_data');
});

test('order now does not wait for a later entry either, where the candidate went out and in again', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  const deliveryId = await world.hear(id, wait);
  world.pass(20_000);
  const { stageId } = world.ats.opportunity(world.connectionId, id);
  if (stageId !== null) world.ats.moveOpportunity(world.connectionId, id, stageId);
  const orderNow = await world.actions.orderNow(world.person(), world.connectionId, deliveryId);
  expect(orderNow).toMatchObject({ kind: 'done' });
  await world.settle();
  expect(world.checkProvider.orders).toHaveLength(1);
});

test('what was cancelled is not ordered by the wait, a second webhook, or a sweep', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  const deliveryId = await world.hear(id, wait);
  const second = await world.hear(id, wait);
  world.pass(1000);
  const cancel = () => world.actions.cancel(world.person('team-member'), world.connectionId, deliveryId);
  expect(await cancel()).toMatchObject({ kind: 'done' });
  expect(await cancel()).toEqual({ kind: 'too-late' });
  expect(await world.reasonOf(second)).toBe('ignored.cancelled');
  world.pass(900_000);
  await world.settle();
  expect(await world.sweep()).toMatchObject({ missed: 0, reopened: 0 });
  await world.settle();
  expect(world.checkProvider.orders).toEqual([]);
});

test('moving the candidate in again after a cancel orders', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  await world.actions.cancel(world.person(), world.connectionId, await world.hear(id, wait));
  world.pass(600_000);
  const { stageId } = world.ats.opportunity(world.connectionId, id);
  if (stageId !== null) world.ats.moveOpportunity(world.connectionId, id, stageId);
  await world.hear(id);
  await world.settle();
  expect(await world.checkOf(id)).toMatchObject({ phase: 'ordered' });
});

test('what is cancelled between two tries leaves no check that could be ordered', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  world.checkProvider.orderOutcomeNext({ kind: 'not-carried-out', retryAfter: 60_000 }, { committed: false });
  const deliveryId = await world.hear(id);
  await world.settle();
  expect(await world.checkOf(id)).toMatchObject({ phase: 'ready' });
  await world.actions.cancel(world.person(), world.connectionId, deliveryId);
  world.pass(900_000);
  await world.sweep();
  await world.settle();
  expect(await world.checkOf(id)).toMatchObject({ phase: 'dismissed' });
  expect(world.checkProvider.orders).toEqual([]);
});

test('what was cancelled is not ordered by a word of Lever’s that comes late', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  const deliveryId = await world.hear(id, 30_000);
  world.pass(1000);
  await world.actions.cancel(world.person(), world.connectionId, deliveryId);
  world.pass(1000);
  const late = await world.hear(id);
  await world.settle();
  expect(await world.reasonOf(late)).toBe('ignored.dismissed');
  expect(world.checkProvider.orders).toEqual([]);
  await world.actions.replay(world.person(), world.connectionId, deliveryId);
  await world.settle();
  expect(world.checkProvider.orders).toHaveLength(1);
});

test('cancel comes too late for what is being decided', async () => {
  const world = createPersonWorld();
  const deliveryId = await world.hear(world.enter());
  await world.inbox.take(deliveryId, 60_000);
  expect(await world.actions.cancel(world.person(), world.connectionId, deliveryId)).toEqual({
    kind: 'too-late',
  });
  expect((await world.audit()).map(({ outcome }) => outcome)).toEqual(['no-effect', 'begun']);
});

test('a replay decides on what Lever says now, and cannot order twice', async () => {
  const world = createPersonWorld();
  const ordered = await world.hear(world.enter());
  const archived = world.enter({ isArchived: true });
  const ignored = await world.hear(archived);
  await world.settle();
  world.ats.change(world.connectionId, archived, { isArchived: false });
  for (const deliveryId of [ordered, ignored]) {
    const replay = await world.actions.replay(world.person('admin'), world.connectionId, deliveryId);
    expect(replay).toMatchObject({ kind: 'done' });
  }
  expect(await world.actions.replay(world.person(), world.connectionId, ordered)).toEqual({
    kind: 'too-late',
  });
  await world.settle();
  expect(await world.reasonOf(ordered)).toBe('ignored.already_ordered');
  expect(await world.reasonOf(ignored)).toBe('ordered');
  expect(world.checkProvider.orders).toHaveLength(2);
});
