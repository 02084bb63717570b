import { describe, expect, test } from 'vitest';
import type { ContactId, OpportunityId } from '../../src/ids.ts';
import { defaultSettings } from '../../src/settings.ts';
import { createPlaceOrder } from '../../src/use-cases/place-order.ts';
import { createProcessDelivery } from '../../src/use-cases/process-delivery.ts';
import { applicantStage, referenceCheckStage } from '../../testing/an-opportunity.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

const hour = 3_600_000;

/** Held since the candidate moved on before we could look. */
const leftLate = async (world: PersonWorld) => {
  const id = world.enter();
  await world.hear(id);
  world.pass(300_000);
  world.ats.moveOpportunity(world.connectionId, id, applicantStage);
  return { id, checkId: await world.held(id, 'held.left_stage') };
};

const ordersOf = ({ checkProvider }: PersonWorld, id: OpportunityId) =>
  checkProvider.orders.filter(({ referenceId }) => referenceId.includes(id));

describe('retry', () => {
  test('orders once the cause is gone', async () => {
    const world = createPersonWorld();
    const id = world.enter({ emails: [] });
    await world.hear(id);
    const checkId = await world.held(id, 'held.missing_data');
    world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
    expect(await world.actions.retry(world.person(), world.connectionId, checkId)).toMatchObject({
      kind: 'done',
    });
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ id: checkId, phase: 'ordered' });
  });

  test('of two at once one is too late, and so is one after the order', async () => {
    const world = createPersonWorld();
    const id = world.enter({ emails: [] });
    await world.hear(id);
    const checkId = await world.held(id, 'held.missing_data');
    world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
    const retry = () => world.actions.retry(world.person(), world.connectionId, checkId);
    const kinds = (await Promise.all([retry(), retry()])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['done', 'too-late']);
    await world.settle();
    expect(await retry()).toEqual({ kind: 'too-late' });
    expect(ordersOf(world, id)).toHaveLength(1);
  });
});

describe('dismiss', () => {
  test('ends a held check, and a sweep does not bring it back', async () => {
    const world = createPersonWorld();
    const id = world.enter({ emails: [] });
    await world.hear(id);
    const checkId = await world.held(id, 'held.missing_data');
    await world.actions.dismiss(world.person(), world.connectionId, checkId);
    world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
    world.pass(900_000);
    await world.sweep();
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ phase: 'dismissed' });
    expect(world.checkProvider.orders).toEqual([]);
    expect(await world.actions.dismiss(world.person(), world.connectionId, checkId)).toEqual({
      kind: 'too-late',
    });
  });
});

describe('order anyway', () => {
  test('orders for somebody who left the stage, once for two people at once', async () => {
    const world = createPersonWorld();
    const { id, checkId } = await leftLate(world);
    const anyway = () => world.actions.orderAnyway(world.person(), world.connectionId, checkId);
    const kinds = (await Promise.all([anyway(), anyway()])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['done', 'too-late']);
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ phase: 'ordered', orderNumber: 1 });
    expect(ordersOf(world, id)).toHaveLength(1);
    expect(await anyway()).toEqual({ kind: 'too-late' });
  });

  test('waives one guard at a time, and what was waived before stays so', async () => {
    const world = createPersonWorld();
    const contactId = 'same-contact' as ContactId;
    const open = world.enter({ contactId });
    await world.hear(open);
    await world.settle();
    const { id, checkId } = await leftLate(world);
    world.ats.change(world.connectionId, id, { contactId });
    await world.actions.orderAnyway(world.person(), world.connectionId, checkId);
    expect(await world.held(id, 'held.same_person')).toBe(checkId);
    world.pass(1000);
    await world.actions.orderAnyway(world.person(), world.connectionId, checkId);
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ phase: 'ordered' });
    const { trail } = (
      await world.inbox.read(world.connectionId, world.inbox.deliveries().at(-1)?.id ?? ('' as never))
    )?.settlement ?? { trail: [] };
    expect(trail.filter(({ outcome }) => outcome === 'waived').map(({ step }) => step)).toEqual([
      'stage',
      'same person',
    ]);
  });

  test('does not order what is held for another reason', async () => {
    const world = createPersonWorld();
    const id = world.enter({ emails: [] });
    await world.hear(id);
    const checkId = await world.held(id, 'held.missing_data');
    const { orderAnyway, release, orderBacklog, orderAgain } = world.actions;
    for (const order of [orderAnyway, release, orderBacklog, orderAgain])
      expect(await order(world.person(), world.connectionId, checkId)).toEqual({ kind: 'too-late' });
    expect(world.inbox.deliveries()).toHaveLength(1);
  });

  test('never lets a sandbox invite a real person through a real Turn', async () => {
    const world = createPersonWorld({ environment: 'sandbox' }, { turnIsLocal: false });
    const id = world.enter();
    await world.hear(id);
    const checkId = await world.held(id, 'held.sandbox_person');
    expect(await world.actions.orderAnyway(world.person(), world.connectionId, checkId)).toEqual({
      kind: 'too-late',
    });
  });
});

test('release orders beyond the hourly limit, and only what is released', async () => {
  const world = createPersonWorld({ settings: { ...defaultSettings, ordersPerHour: 1 } });
  const ids = [world.enter(), world.enter(), world.enter()];
  for (const id of ids) await world.hear(id);
  await world.settle();
  const [, second, third] = ids as [OpportunityId, OpportunityId, OpportunityId];
  const checkId = await world.held(second, 'held.bulk');
  expect(await world.actions.release(world.person(), world.connectionId, checkId)).toMatchObject({
    kind: 'done',
  });
  await world.settle();
  expect(await world.checkOf(second)).toMatchObject({ phase: 'ordered' });
  expect(await world.checkOf(third)).toMatchObject({ phase: 'held' });
});

describe('order again', () => {
  test('orders under the next number once the last check is settled, wherever the candidate stands, once', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    const first = await world.checkOf(id);
    const again = () => world.actions.orderAgain(world.person(), world.connectionId, first.id);
    expect(await again()).toEqual({ kind: 'too-late' });
    await world.advance(id, 'clear');
    world.ats.moveOpportunity(world.connectionId, id, applicantStage);
    const kinds = (await Promise.all([again(), again()])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['done', 'too-late']);
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ phase: 'ordered', orderNumber: 2, isNewest: true });
    expect(ordersOf(world, id).map(({ referenceId }) => referenceId)).toEqual([
      first.referenceId,
      first.referenceId.replace(/1$/u, '2'),
    ]);
    world.pass(120_000);
    expect(await again()).toEqual({ kind: 'too-late' });
  });

  test('two wishes that were both stored still make one order', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    const { id: checkId } = await world.checkOf(id);
    for (let press = 0; press < 2; press += 1) {
      const { kind } = await world.actions.orderAgain(world.person(), world.connectionId, checkId);
      expect(kind).toBe('done');
      world.pass(120_000);
    }
    await world.settle();
    expect(ordersOf(world, id)).toHaveLength(2);
  });

  test('two presses within a minute are one wish, also where the minute of the clock turns between them', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    const { id: checkId } = await world.checkOf(id);
    const again = () => world.actions.orderAgain(world.person(), world.connectionId, checkId);
    world.pass(59_999);
    expect(await again()).toMatchObject({ kind: 'done' });
    for (const ms of [2, 59_997]) {
      world.pass(ms);
      expect(await again()).toEqual({ kind: 'too-late' });
    }
    world.pass(1);
    expect((await Promise.all([again(), again()])).map(({ kind }) => kind).toSorted()).toEqual([
      'done',
      'too-late',
    ]);
    await world.settle();
    expect(ordersOf(world, id)).toHaveLength(2);
  });

  test('is not lost where another decision ends its row before it is sent', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    const { id: checkId } = await world.checkOf(id);
    world.pass(60_000);
    world.ats.moveOpportunity(world.connectionId, id, applicantStage);
    await world.actions.orderAgain(world.person(), world.connectionId, checkId);
    const wish = world.inbox.deliveries().at(-1)?.id ?? ('' as never);
    const other = await world.hear(id);
    const makeReady: typeof world.checks.makeReady = async (...about) => {
      const check = await world.checks.makeReady(...about);
      await world.processDelivery(other);
      return check;
    };
    const checks = { ...world.checks, makeReady };
    await createProcessDelivery({ ...world, checks, placeOrder: createPlaceOrder(world) })(wish);
    expect(await world.reasonOf(wish)).toBeNull();
    world.pass(60_000);
    await world.settle();
    expect(await world.reasonOf(wish)).toBe('ordered');
    expect(await world.checkOf(id)).toMatchObject({ phase: 'ordered', orderNumber: 2 });
    expect(ordersOf(world, id)).toHaveLength(2);
  });

  test('a re-entry after it orders nothing', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    world.ats.moveOpportunity(world.connectionId, id, referenceCheckStage);
    const deliveryId = await world.hear(id);
    await world.settle();
    expect(await world.reasonOf(deliveryId)).toBe('ignored.already_ordered');
    expect(ordersOf(world, id)).toHaveLength(1);
  });

  test('what is held under the next number is held for it, and the earlier check is left alone', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    const first = await world.checkOf(id);
    world.ats.change(world.connectionId, id, { emails: [] });
    await world.actions.orderAgain(world.person(), world.connectionId, first.id);
    const heldId = await world.held(id, 'held.missing_data');
    expect(await world.checkOf(id)).toMatchObject({ orderNumber: 2 });
    expect(await world.checks.read(world.connectionId, first.id)).toMatchObject({ phase: 'ordered' });
    world.ats.change(world.connectionId, id, { emails: ['ada@example.com'] });
    await world.actions.retry(world.person(), world.connectionId, heldId);
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ orderNumber: 2, phase: 'ordered' });
    expect(ordersOf(world, id)).toHaveLength(2);
  });

  test('is not ended by a re-entry that was decided on what was there before', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    const first = await world.checkOf(id);
    const reentry = await world.hear(id);
    const { opportunityId, contactId, correlationId } = first;
    const second = await world.checks.makeReady(
      world.connectionId,
      {
        ...{ opportunityId, contactId, correlationId, orderNumber: 2 },
        ...{ deliveryId: null, displayName: null, statusTags: null },
      },
      { packageId: null, invalidTags: [] },
    );
    let isStale = true;
    const newest: typeof world.checks.newest = async (...about) => {
      if (!isStale) return world.checks.newest(...about);
      isStale = false;
      return first;
    };
    const checks = { ...world.checks, newest };
    await createProcessDelivery({ ...world, checks, placeOrder: createPlaceOrder(world) })(reentry);
    expect(await world.reasonOf(reentry)).toBe('ignored.already_ordered');
    expect(await world.checkOf(id)).toMatchObject({ id: second.id, phase: 'ready' });
  });

  test('a person decides where the answer was lost and the look-ups are over, never before', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    world.checkProvider.orderOutcomeNext({ kind: 'unknown' }, { committed: false });
    await world.hear(id);
    await world.settle();
    const { id: checkId } = await world.checkOf(id);
    const again = () => world.actions.orderAgain(world.person(), world.connectionId, checkId);
    expect(await again()).toEqual({ kind: 'too-late' });
    for (let look = 0; look < 6; look += 1) {
      world.pass(hour);
      await world.settle();
    }
    expect(await world.checkOf(id)).toMatchObject({ hold: { reason: 'held.unknown_result' } });
    expect(await again()).toMatchObject({ kind: 'done' });
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ orderNumber: 2, phase: 'ordered' });
  });

  test('may be asked for again where it came to nothing', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    await world.advance(id, 'clear');
    const { id: checkId } = await world.checkOf(id);
    world.ats.change(world.connectionId, id, { mayBeContacted: false });
    await world.actions.orderAgain(world.person(), world.connectionId, checkId);
    await world.settle();
    world.ats.change(world.connectionId, id, { mayBeContacted: true });
    world.pass(60_000);
    await world.actions.orderAgain(world.person(), world.connectionId, checkId);
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ orderNumber: 2, phase: 'ordered' });
  });
});

test('an invitation is sent again, and Turn’s refusal means too late', async () => {
  const world = createPersonWorld();
  const id = world.enter();
  await world.hear(id);
  await world.settle();
  await world.advance(id, 'emailed');
  const { id: checkId } = await world.checkOf(id);
  const resend = () => world.actions.resendInvitation(world.person(), world.connectionId, checkId);
  expect(await resend()).toMatchObject({ kind: 'done' });
  await world.advance(id, 'processing');
  expect(await resend()).toEqual({ kind: 'too-late' });
  expect(world.checkProvider.journal.filter(({ method }) => method === 'resendInvitation')).toHaveLength(2);
});
