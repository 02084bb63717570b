import { describe, expect, test } from 'vitest';
import type { NewDelivery } from '../../src/delivery.ts';
import type { OpportunityId } from '../../src/ids.ts';
import { aLease, type InboxWorld, settlement, unknownId } from './world.ts';

/** What people do to deliveries that wait, and what a sweep makes of it. */
export const describeByPerson = (world: InboxWorld): void => {
  const entryOf = ({ happening }: NewDelivery, enteredAt: number) => ({
    opportunityId: happening.opportunityId as OpportunityId,
    enteredAt,
  });

  describe('bringing forward', () => {
    test('makes a delivery that waits due at once, for one of many who ask', async () => {
      const delivery = await world.aFresh({ dueAt: world.now() + 60_000 });
      const id = await world.store(delivery);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => world.inbox.bringForward(delivery.connectionId, id)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      const { delivery: forward } = await world.take(id);
      expect(forward).toMatchObject({ key: delivery.key, attempts: 0, waivers: ['wait'] });
    });

    test('waives the wait beside what is waived already, and not twice', async () => {
      for (const waivers of [['bulk'], ['wait', 'bulk']] as const) {
        const delivery = await world.aFresh({ dueAt: world.now() + 60_000, waivers });
        const id = await world.store(delivery);
        await world.inbox.bringForward(delivery.connectionId, id);
        expect((await world.take(id)).delivery.waivers.toSorted()).toEqual(['bulk', 'wait']);
      }
    });

    test('leaves alone what is due, being decided, settled, another connection’s or not there', async () => {
      const { inbox } = world;
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      expect(await inbox.bringForward(delivery.connectionId, id)).toBe(false);
      const leased = await world.take(id);
      expect(await inbox.bringForward(delivery.connectionId, id)).toBe(false);
      await inbox.settle(leased, settlement);
      expect(await inbox.bringForward(delivery.connectionId, id)).toBe(false);
      expect(await inbox.bringForward(delivery.connectionId, unknownId)).toBe(false);
      const waiting = await world.aFresh({ dueAt: world.now() + 60_000 });
      const other = await world.createConnection();
      expect(await inbox.bringForward(other.id, await world.store(waiting))).toBe(false);
    });
  });

  describe('replaying', () => {
    const settled = async (given: Parameters<typeof world.aFresh>[0] = {}) => {
      const delivery = await world.aFresh(given);
      const id = await world.store(delivery);
      const leased = await world.take(id);
      await world.inbox.settle(leased, settlement);
      return { delivery, id, replay: () => world.inbox.replay(delivery.connectionId, id) };
    };

    test('makes a settled delivery due without waivers and order number, for one of many who ask', async () => {
      const { id, replay } = await settled({ waivers: ['wait', 'bulk'], orderNumber: 2 });
      const answers = await Promise.all(Array.from({ length: 5 }, replay));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await world.take(id)).delivery).toMatchObject({ waivers: [], orderNumber: null, attempts: 0 });
      expect(await replay()).toBe(false);
    });

    test('leaves alone a person’s wish, another connection’s delivery and one that is not there', async () => {
      const wish = await settled({ source: 'person' });
      expect(await wish.replay()).toBe(false);
      expect((await world.stored(wish.delivery, wish.id)).settlement).toMatchObject({ reason: 'ordered' });
      const { delivery, id, replay } = await settled();
      expect(await world.inbox.replay((await world.createConnection()).id, id)).toBe(false);
      expect(await world.inbox.replay(delivery.connectionId, unknownId)).toBe(false);
      expect(await replay()).toBe(true);
    });

    test('leaves alone what came before a person discarded an entry, of that candidate alone', async () => {
      const discard = {
        source: 'person',
        key: 'discard',
        ignored: 'ignored.dismissed',
        dueAt: null,
      } as const;
      const earlier = await settled();
      await world.store({ ...earlier.delivery, ...discard });
      expect(await earlier.replay()).toBe(false);
      const later = await settled({ receivedAt: world.now() + 60_000, dueAt: world.now() - 1000 });
      await world.store({ ...later.delivery, ...discard });
      expect(await later.replay()).toBe(true);
      const other = await settled();
      const happening = { ...other.delivery.happening, opportunityId: 'somebody-else' as OpportunityId };
      await world.store({ ...other.delivery, ...discard, happening });
      expect(await other.replay()).toBe(true);
    });
  });

  describe('the newest wish', () => {
    test('is the last one of its kind for this order of this opportunity', async () => {
      const receivedAt = world.now() - 5000;
      const wish = await world.aFresh({
        ...{ source: 'person', key: 'first', orderNumber: 2, receivedAt },
        happening: { event: 'order again' },
      });
      const newest = (
        about: { event?: string; orderNumber?: number } = {},
        connectionId = wish.connectionId,
      ) =>
        world.inbox.newestWish(connectionId, wish.happening.opportunityId as OpportunityId, {
          event: 'order again',
          orderNumber: 2,
          ...about,
        });
      expect(await newest()).toBeNull();
      expect(await newest()).toBeNull();
      const first = await world.store(wish);
      expect(await newest()).toEqual({ id: first, receivedAt });
      const second = await world.store({ ...wish, key: 'second', receivedAt: receivedAt + 1 });
      await world.store({ ...wish, key: 'no wish', source: 'webhook' });
      expect(await newest()).toEqual({ id: second, receivedAt: receivedAt + 1 });
      await world.inbox.settle(await world.take(second), settlement);
      expect(await newest()).toEqual({ id: second, receivedAt: receivedAt + 1 });
      expect(await newest({ orderNumber: 3 })).toBeNull();
      expect(await newest({ event: 'release' })).toBeNull();
      expect(await newest({}, (await world.createConnection()).id)).toBeNull();
    });
  });

  describe('what was turned down', () => {
    const turnedDownAt = ({ connectionId, happening }: NewDelivery, connection = connectionId) =>
      world.inbox.turnedDownAt(connection, happening.opportunityId as OpportunityId);

    test('is known from the time a person cancelled or discarded it, until it is reopened', async () => {
      const delivery = await world.aFresh({ dueAt: world.now() + 60_000 });
      const id = await world.store(delivery);
      expect(await turnedDownAt(delivery)).toBeNull();
      await world.inbox.cancel(delivery.connectionId, id);
      expect(await turnedDownAt(delivery)).toBe((await world.stored(delivery, id)).settlement?.settledAt);
      await world.inbox.reopen(delivery.connectionId, id);
      expect(await turnedDownAt(delivery)).toBeNull();
      const discarded = {
        ...delivery,
        source: 'person',
        key: 'discard',
        ignored: 'ignored.dismissed',
      } as const;
      await world.store({ ...discarded, dueAt: null });
      expect(await turnedDownAt(delivery)).not.toBeNull();
    });

    test('is nothing that no person did, and nothing of another connection', async () => {
      const delivery = await world.aFresh({ ignored: 'ignored.dismissed', dueAt: null });
      await world.store(delivery);
      expect(await turnedDownAt(delivery)).toBeNull();
      const other = await world.aFresh({ dueAt: world.now() + 60_000 });
      await world.inbox.cancel(other.connectionId, await world.store(other));
      expect(await turnedDownAt(other, (await world.createConnection()).id)).toBeNull();
    });
  });

  describe('cancelling', () => {
    test('settles what waits, for one of many who ask', async () => {
      const delivery = await world.aFresh({ dueAt: world.now() + 60_000 });
      const id = await world.store(delivery);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => world.inbox.cancel(delivery.connectionId, id)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect((await world.stored(delivery, id)).settlement).toMatchObject({
        reason: 'ignored.cancelled',
        checkId: null,
      });
      expect(await world.inbox.bringForward(delivery.connectionId, id)).toBe(false);
    });

    test('settles what else waits for the opportunity, and nothing of anybody else', async () => {
      const delivery = await world.aFresh({ key: 'one' });
      const id = await world.store(delivery);
      const same = { ...delivery, key: 'two' };
      const sameId = await world.store(same);
      const happening = { ...delivery.happening, opportunityId: 'somebody-else' as OpportunityId };
      const other = { ...delivery, key: 'three', happening };
      const otherId = await world.store(other);
      const theirs = { ...delivery, connectionId: (await world.createConnection()).id };
      const theirId = await world.store(theirs);
      expect(await world.inbox.cancel(delivery.connectionId, id)).toBe(true);
      expect((await world.stored(same, sameId)).settlement?.reason).toBe('ignored.cancelled');
      expect((await world.stored(other, otherId)).settlement).toBeNull();
      expect((await world.stored(theirs, theirId)).settlement).toBeNull();
    });

    test('comes too late for what is being decided, and changes nothing then', async () => {
      const delivery = await world.aFresh({ key: 'one' });
      const id = await world.store(delivery);
      const same = { ...delivery, key: 'two' };
      const sameId = await world.store(same);
      const leased = await world.take(id);
      expect(await world.inbox.cancel(delivery.connectionId, id)).toBe(false);
      expect((await world.stored(same, sameId)).settlement).toBeNull();
      expect(await world.inbox.settle(leased, settlement)).toBe(true);
      expect(await world.inbox.cancel(delivery.connectionId, id)).toBe(false);
      expect((await world.stored(delivery, id)).settlement?.reason).toBe('ordered');
      expect(await world.inbox.cancel(delivery.connectionId, unknownId)).toBe(false);
    });

    test('comes too late where anything else of the opportunity is being decided', async () => {
      const delivery = await world.aFresh({ key: 'one' });
      const { connectionId } = delivery;
      const id = await world.store(delivery);
      const same = { ...delivery, key: 'two' };
      const leased = await world.take(await world.store(same));
      const opportunityId = delivery.happening.opportunityId as OpportunityId;
      expect(await world.inbox.cancel(connectionId, id)).toBe(false);
      expect(await world.inbox.cancelAll(connectionId, opportunityId)).toBeNull();
      expect((await world.stored(delivery, id)).settlement).toBeNull();
      expect(await world.inbox.settle(leased, settlement)).toBe(true);
      expect(await world.inbox.cancelAll(connectionId, opportunityId)).toBe(1);
      expect((await world.stored(delivery, id)).settlement?.reason).toBe('ignored.cancelled');
      expect((await world.stored(same, leased.delivery.id)).settlement?.reason).toBe('ordered');
      expect(await world.inbox.cancelAll(connectionId, opportunityId)).toBe(0);
    });

    test('takes away from a process whose lease has lapsed what it was deciding', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const leased = await world.take(id, 1);
      await world.pass(20);
      const opportunityId = delivery.happening.opportunityId as OpportunityId;
      expect(await world.inbox.cancelAll(delivery.connectionId, opportunityId)).toBe(1);
      expect(await world.inbox.settle(leased, settlement)).toBe(false);
      expect((await world.stored(delivery, id)).settlement?.reason).toBe('ignored.cancelled');
    });

    test('all that waits for an opportunity leaves everybody else alone', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const { opportunityId } = (await world.aFresh()).happening;
      expect(await world.inbox.cancelAll(delivery.connectionId, opportunityId as OpportunityId)).toBe(0);
      const other = (await world.createConnection()).id;
      const mine = delivery.happening.opportunityId as OpportunityId;
      expect(await world.inbox.cancelAll(other, mine)).toBe(0);
      expect((await world.stored(delivery, id)).settlement).toBeNull();
    });

    test('refuses another connection', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      expect(await world.inbox.cancel((await world.createConnection()).id, id)).toBe(false);
      expect(await world.inbox.take(id, aLease)).not.toBeNull();
    });

    test('decides every entry until then, and none later', async () => {
      const delivery = await world.aFresh({ dueAt: world.now() + 60_000 });
      const id = await world.store(delivery);
      await world.inbox.cancel(delivery.connectionId, id);
      const earlier = entryOf(delivery, world.now() - 30_000);
      const later = entryOf(delivery, world.now() + 60_000);
      expect(await world.inbox.undecided(delivery.connectionId, [earlier, later])).toEqual([later]);
    });
  });

  test('what a person discarded is decided on until then, and what only stood there too early is not', async () => {
    const discarded = await world.aFresh({ source: 'person', ignored: 'ignored.dismissed' });
    await world.store(discarded);
    const earlier = entryOf(discarded, world.now() - 86_400_000);
    const later = entryOf(discarded, world.now() + 60_000);
    expect(await world.inbox.undecided(discarded.connectionId, [earlier, later])).toEqual([later]);
    const early = await world.aFresh();
    const enteredAt = world.now() - 60_000;
    const reason = 'ignored.before_connect' as const;
    await world.inbox.settle(await world.take(await world.store(early)), {
      ...settlement,
      reason,
      enteredAt,
    });
    const entry = entryOf(early, enteredAt);
    expect(await world.inbox.undecided(early.connectionId, [entry])).toEqual([entry]);
  });

  test('keeps which order a person asks for', async () => {
    const delivery = await world.aFresh({ source: 'person', orderNumber: 2 });
    const id = await world.store(delivery);
    expect((await world.take(id)).delivery.orderNumber).toBe(2);
  });
};
