import { describe, expect, test } from 'vitest';
import type { CheckId, OpportunityId } from '../../src/ids.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { applicantStage } from '../../testing/an-opportunity.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

const minute = 60_000;

/** Does something once, when a call at a port has been answered. */
const after = <Port extends object>(port: Port, method: keyof Port, act: () => Promise<unknown>): void => {
  const member = port[method];
  if (typeof member !== 'function') throw new TypeError('Not a method.');
  const once = async (...given: unknown[]): Promise<unknown> => {
    Object.assign(port, { [method]: member });
    const answer: unknown = await Reflect.apply(member, port, given);
    await act();
    return answer;
  };
  Object.assign(port, { [method]: once });
};

const failLever = ({ ats }: PersonWorld): void =>
  ats.fail(new PortError('unavailable', 'x', { vendor: 'lever' }), { method: 'readOpportunity' });

/** Hours of sweeps and due work, after which nothing may have been ordered. */
const expectNoOrder = async (world: PersonWorld): Promise<void> => {
  for (let sweep = 0; sweep < 4; sweep += 1) {
    world.pass(15 * minute);
    await world.sweep();
    await world.settle();
  }
  expect(world.checkProvider.orders).toEqual([]);
};

const heldForLeaving = async (world: PersonWorld) => {
  const id = world.enter();
  await world.hear(id);
  world.pass(10 * minute);
  world.ats.moveOpportunity(world.connectionId, id, applicantStage);
  return world.held(id, 'held.left_stage');
};

const heldForEmail = async (world: PersonWorld) => {
  const id = world.enter({ emails: [] });
  const deliveryId = await world.hear(id);
  const checkId = await world.held(id, 'held.missing_data');
  world.pass(minute);
  return { id, deliveryId, checkId };
};

const complete = ({ ats, connectionId }: PersonWorld, id: OpportunityId): void =>
  ats.change(connectionId, id, { emails: ['ada@example.com'] });

describe('dismissed', () => {
  const dismiss = ({ actions, person, connectionId }: PersonWorld, checkId: CheckId) =>
    actions.dismiss(person('admin'), connectionId, checkId);

  test.each([true, false])(
    'is not ordered by what a person asked for before, tried already: %s',
    async (isTried) => {
      const world = createPersonWorld();
      const checkId = await heldForLeaving(world);
      await world.actions.orderAnyway(world.person(), world.connectionId, checkId);
      if (isTried) {
        failLever(world);
        await world.settle();
      }
      expect(await dismiss(world, checkId)).toMatchObject({ kind: 'done' });
      await expectNoOrder(world);
    },
  );

  test('comes too late while it is being decided, and that is what the person is told', async () => {
    const world = createPersonWorld();
    const { id, checkId } = await heldForEmail(world);
    complete(world, id);
    await world.actions.retry(world.person(), world.connectionId, checkId);
    const answers: unknown[] = [];
    after(world.ats, 'readOpportunity', async () => answers.push(await dismiss(world, checkId)));
    await world.settle();
    expect(answers).toEqual([{ kind: 'too-late' }]);
    expect(world.checkProvider.orders).toHaveLength(1);
  });

  test.each([
    ['an order', true],
    ['a hold', false],
  ])('is decided again where a decision that began meanwhile ends in %s', async (_title, isCured) => {
    const world = createPersonWorld();
    const { id, checkId } = await heldForEmail(world);
    // Between the dismissal's two steps a webhook comes in, and is being decided before the second.
    after(world.inbox, 'cancelAll', async () => {
      if (isCured) complete(world, id);
      const late = await world.hear(id);
      after(world.checks, 'countOrdersSince', async () => {
        await world.checks.dismiss(world.connectionId, checkId);
      });
      await world.processDelivery(late);
    });
    expect(await dismiss(world, checkId)).toEqual({ kind: 'too-late' });
    expect(await world.checkOf(id)).toMatchObject({ phase: 'dismissed' });
    complete(world, id);
    await expectNoOrder(world);
  });

  test('stays so for a person’s word that was spoken before it and decided after it', async () => {
    const world = createPersonWorld();
    const checkId = await heldForLeaving(world);
    await world.actions.orderAnyway(world.person(), world.connectionId, checkId);
    await world.checks.dismiss(world.connectionId, checkId);
    await expectNoOrder(world);
  });

  test('stays so through a broken connection', async () => {
    const world = createPersonWorld();
    const { id, checkId } = await heldForEmail(world);
    await dismiss(world, checkId);
    complete(world, id);
    await world.connections.saveHealth(world.connectionId, 'turn', 'reconnect-needed');
    await world.hear(id);
    await world.settle();
    expect(await world.checkOf(id)).toMatchObject({ phase: 'held' });
    await expectNoOrder(world);
    expect(await world.checkOf(id)).toMatchObject({ phase: 'dismissed' });
  });

  test('is finished by pressing again where the first press broke off', async () => {
    const world = createPersonWorld();
    const checkId = await heldForLeaving(world);
    await world.actions.orderAnyway(world.person(), world.connectionId, checkId);
    after(world.inbox, 'cancelAll', async () => {
      throw new PortError('unavailable', 'x');
    });
    await expect(dismiss(world, checkId)).rejects.toThrow(PortError);
    expect(await dismiss(world, checkId)).toMatchObject({ kind: 'done' });
    await expectNoOrder(world);
  });
});

describe('discarded', () => {
  test('of the backlog is not ordered by a wish that still waits', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    await world.actions.pause(world.person(), world.connectionId);
    await world.hear(id);
    await world.settle();
    world.pass(minute);
    await world.actions.resume(world.person(), world.connectionId);
    const checkId = await world.held(id, 'held.backlog');
    await world.actions.orderBacklog(world.person(), world.connectionId, checkId);
    expect(await world.actions.discardBacklog(world.person(), world.connectionId, checkId)).toMatchObject({
      kind: 'done',
    });
    await expectNoOrder(world);
  });

  test.each([true, false])('retroactively is not ordered, held already: %s', async (isHeld) => {
    const world = createPersonWorld();
    const id = world.enter({ emails: isHeld ? [] : ['ada@example.com'] });
    const entry = { opportunityId: id, enteredAt: world.now() };
    world.pass(minute);
    await world.actions.orderRetroactive(world.person(), world.connectionId, entry);
    if (isHeld) await world.held(id, 'held.missing_data');
    const discard = () => world.actions.discardRetroactive(world.person(), world.connectionId, entry);
    expect(await discard()).toMatchObject({ kind: 'done' });
    expect(await discard()).toEqual({ kind: 'too-late' });
    complete(world, id);
    await expectNoOrder(world);
  });

  test('retroactively comes too late while it is being decided, and changes nothing', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    const entry = { opportunityId: id, enteredAt: world.now() };
    await world.inbox.take(await world.hear(id), minute);
    expect(await world.actions.discardRetroactive(world.person(), world.connectionId, entry)).toEqual({
      kind: 'too-late',
    });
    expect(await world.inbox.turnedDownAt(world.connectionId, id)).toBeNull();
  });
});

describe('cancelled', () => {
  test('comes too late while another webhook of the candidate is being decided', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    const first = await world.hear(id);
    const second = await world.hear(id, 30_000);
    const answers: unknown[] = [];
    after(world.checks, 'countOrdersSince', async () =>
      answers.push(await world.actions.cancel(world.person(), world.connectionId, second)),
    );
    await world.processDelivery(first);
    expect(answers).toEqual([{ kind: 'too-late' }]);
    expect(await world.reasonOf(second)).toBeNull();
    expect(world.checkProvider.orders).toHaveLength(1);
  });

  test.each(['countOrdersSince', 'openElsewhere', 'makeReady', 'newest'] as const)(
    'is not ordered by a process that stood still beyond its lease after %s',
    async (method) => {
      const world = createPersonWorld();
      const id = world.enter();
      const deliveryId = await world.hear(id);
      const answers: unknown[] = [];
      after(world.checks, method, async () => {
        world.pass(2 * minute + 1);
        answers.push(await world.actions.cancel(world.person(), world.connectionId, deliveryId));
      });
      await world.processDelivery(deliveryId);
      expect(answers).toMatchObject([{ kind: 'done' }]);
      await expectNoOrder(world);
      expect(await world.reasonOf(deliveryId)).toBe('ignored.cancelled');
    },
  );

  test('is not held, and then ordered, by a process that stood still beyond its lease', async () => {
    const world = createPersonWorld();
    const id = world.enter({ emails: [] });
    const deliveryId = await world.hear(id);
    after(world.checks, 'countOrdersSince', async () => {
      world.pass(2 * minute + 1);
      await world.actions.cancel(world.person(), world.connectionId, deliveryId);
    });
    await world.processDelivery(deliveryId);
    expect(world.checks.all()).toEqual([]);
    complete(world, id);
    await expectNoOrder(world);
  });

  test('comes too late where the process that stood still has claimed the order', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    const deliveryId = await world.hear(id);
    const answers: unknown[] = [];
    after(world.checks, 'claim', async () => {
      world.pass(2 * minute + 1);
      answers.push(await world.actions.cancel(world.person(), world.connectionId, deliveryId));
    });
    await world.processDelivery(deliveryId);
    expect(answers).toEqual([{ kind: 'too-late' }]);
    expect(world.checkProvider.orders).toHaveLength(1);
    expect(await world.reasonOf(deliveryId)).toBe('ordered');
  });

  test('is finished by pressing again where the first press broke off', async () => {
    const world = createPersonWorld();
    const { id, deliveryId, checkId } = await heldForEmail(world);
    await world.actions.retry(world.person(), world.connectionId, checkId);
    failLever(world);
    await world.settle();
    const cancel = () => world.actions.cancel(world.person('team-member'), world.connectionId, deliveryId);
    after(world.inbox, 'cancel', async () => {
      throw new PortError('unavailable', 'x');
    });
    await expect(cancel()).rejects.toThrow(PortError);
    expect(await world.reasonOf(deliveryId)).toBe('ignored.cancelled');
    expect(await cancel()).toMatchObject({ kind: 'done' });
    expect(await cancel()).toEqual({ kind: 'too-late' });
    complete(world, id);
    await expectNoOrder(world);
  });
});
