import { describe, expect, test } from 'vitest';
import type { DeliveryId } from '../../src/ids.ts';
import { aLease, type InboxWorld, settlement, unknownId } from './world.ts';

/** Leases, settling, postponing, reopening. */
export const describeDeciding = (world: InboxWorld): void => {
  describe('taking', () => {
    test('gives a due delivery to exactly one of many', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const taken = await Promise.all(Array.from({ length: 20 }, () => world.inbox.take(id, aLease)));
      expect(taken.filter((leased) => leased !== null)).toHaveLength(1);
      expect(taken.find((leased) => leased !== null)?.delivery).toEqual({
        ...delivery,
        id,
        count: 1,
        attempts: 0,
      });
    });

    test('does not give what is not due yet', async () => {
      const id = await world.store(await world.aFresh({ dueAt: world.now() + 60_000 }));
      expect(await world.inbox.take(id, aLease)).toBeNull();
    });

    test('does not give what does not exist', async () => {
      expect(await world.inbox.take(unknownId, aLease)).toBeNull();
      expect(await world.inbox.take('no-id-at-all' as DeliveryId, aLease)).toBeNull();
    });

    test('gives it to the next once the lease has lapsed, and refuses the late writes of the first', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const first = await world.take(id, 1);
      const second = await world.takeOver(id);
      expect(second.lease).not.toBe(first.lease);
      expect(await world.inbox.settle(first, settlement)).toBe(false);
      expect(await world.inbox.postpone(first, world.now())).toBe(false);
      expect(await world.stored(delivery, id)).toMatchObject({ settlement: null, delivery: { attempts: 0 } });
      expect(await world.inbox.settle(second, settlement)).toBe(true);
    });
  });

  describe('settling', () => {
    test('keeps the decision with everything that was seen', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const before = world.now();
      expect(await world.inbox.settle(await world.take(id), settlement)).toBe(true);
      const read = await world.stored(delivery, id);
      expect(read.settlement).toMatchObject(settlement);
      expect(Math.abs((read.settlement?.settledAt ?? 0) - before)).toBeLessThan(30_000);
    });

    test('settles once', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const leased = await world.take(id);
      expect(await world.inbox.settle(leased, settlement)).toBe(true);
      expect(await world.inbox.settle(leased, { ...settlement, reason: 'ignored.archived' })).toBe(false);
      expect(await world.inbox.postpone(leased, world.now())).toBe(false);
      expect(await world.inbox.take(id, aLease)).toBeNull();
      expect((await world.stored(delivery, id)).settlement?.reason).toBe('ordered');
    });

    test('counts a repeat of a settled delivery without making it due', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      await world.inbox.settle(await world.take(id), settlement);
      expect(await world.inbox.receive(delivery)).toBe('duplicate');
      expect(await world.inbox.take(id, aLease)).toBeNull();
    });
  });

  describe('postponing', () => {
    test('puts it back with one more attempt, due when it was asked for', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      const later = world.now() + 60_000;
      expect(await world.inbox.postpone(await world.take(id), later)).toBe(true);
      expect((await world.stored(delivery, id)).delivery).toMatchObject({ attempts: 1, dueAt: later });
      expect(await world.inbox.take(id, aLease)).toBeNull();
    });

    test('gives it again once that time has come', async () => {
      const id = await world.store(await world.aFresh());
      await world.inbox.postpone(await world.take(id), world.now() - 1);
      const again = await world.take(id);
      await world.inbox.postpone(again, world.now() - 1);
      expect((await world.take(id)).delivery.attempts).toBe(2);
    });
  });

  describe('reopening', () => {
    test('makes a settled delivery due at once, as if nobody had tried', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      await world.inbox.postpone(await world.take(id), world.now() - 1);
      await world.inbox.settle(await world.take(id), settlement);
      expect(await world.inbox.reopen(delivery.connectionId, id)).toBe(true);
      expect((await world.stored(delivery, id)).settlement).toBeNull();
      expect((await world.take(id)).delivery.attempts).toBe(0);
    });

    test('makes due what was ignored on arrival', async () => {
      const delivery = await world.aFresh({ ignored: 'ignored.not_trigger_stage' });
      const id = await world.store(delivery);
      expect(await world.inbox.reopen(delivery.connectionId, id, 25)).toBe(true);
      expect((await world.take(id)).delivery).toMatchObject({ ignored: null, count: 1 });
    });

    test('leaves alone what is due already, or not there', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      expect(await world.inbox.reopen(delivery.connectionId, id)).toBe(false);
      expect(await world.inbox.reopen(delivery.connectionId, unknownId)).toBe(false);
    });

    test('happens once where two ask at once', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      await world.inbox.settle(await world.take(id), settlement);
      const answers = await Promise.all(
        Array.from({ length: 5 }, () => world.inbox.reopen(delivery.connectionId, id)),
      );
      expect(answers.filter(Boolean)).toHaveLength(1);
    });
  });
};
