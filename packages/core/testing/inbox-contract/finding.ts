import { describe, expect, test } from 'vitest';
import type { NewDelivery } from '../../src/delivery.ts';
import type { DeliveryId, OpportunityId } from '../../src/ids.ts';
import { type InboxWorld, settlement, unknownId } from './world.ts';

/** What a sweep asks, and whom the inbox answers. */
export const describeFinding = (world: InboxWorld): void => {
  describe('entries that nobody decided on', () => {
    const opportunityOf = ({ happening }: NewDelivery): OpportunityId =>
      happening.opportunityId as OpportunityId;

    test('are all of them where no delivery came', async () => {
      const { id } = await world.createConnection();
      const entries = [{ opportunityId: 'never-seen' as OpportunityId, enteredAt: world.now() }];
      expect(await world.inbox.undecided(id, entries)).toEqual(entries);
      expect(await world.inbox.undecided(id, [])).toEqual([]);
    });

    test('leave out what a delivery is about to decide', async () => {
      const delivery = await world.aFresh({ dueAt: world.now() + 60_000 });
      await world.store(delivery);
      const due = { opportunityId: opportunityOf(delivery), enteredAt: world.now() };
      const other = { opportunityId: 'somebody-else' as OpportunityId, enteredAt: world.now() };
      expect(await world.inbox.undecided(delivery.connectionId, [due, other])).toEqual([other]);
    });

    test('leave out the entry that was decided on, give or take a second, but not a later one', async () => {
      const delivery = await world.aFresh();
      const enteredAt = world.now() - 60_000;
      await world.inbox.settle(await world.take(await world.store(delivery)), { ...settlement, enteredAt });
      const entry = (after: number) => ({
        opportunityId: opportunityOf(delivery),
        enteredAt: enteredAt + after,
      });
      expect(
        await world.inbox.undecided(delivery.connectionId, [entry(0), entry(900), entry(-900), entry(5000)]),
      ).toEqual([entry(5000)]);
    });

    test('include those of deliveries that were settled without looking at an entry', async () => {
      const delivery = await world.aFresh({ ignored: 'ignored.event_type' });
      await world.store(delivery);
      const entry = { opportunityId: opportunityOf(delivery), enteredAt: world.now() };
      expect(await world.inbox.undecided(delivery.connectionId, [entry])).toEqual([entry]);
    });
  });

  test('counts what waits, now or later, of that connection alone', async () => {
    const [due, later] = [await world.aFresh(), await world.aFresh({ dueAt: world.now() + 60_000 })];
    const ignored = await world.aFresh({ ignored: 'ignored.event_type' });
    const settled = await world.store({ ...due, key: `${due.key}-settled` });
    for (const delivery of [due, later, ignored]) await world.store(delivery);
    await world.inbox.settle(await world.take(settled), settlement);
    expect(await world.inbox.countWaiting(due.connectionId)).toBe(1);
    expect(await world.inbox.countWaiting(later.connectionId)).toBe(1);
    expect(await world.inbox.countWaiting(ignored.connectionId)).toBe(0);
  });

  test('shows and gives nothing to another connection', async () => {
    const delivery = await world.aFresh();
    const id = await world.store(delivery);
    const other = await world.createConnection();
    const entry = {
      opportunityId: delivery.happening.opportunityId as OpportunityId,
      enteredAt: world.now(),
    };
    expect(await world.inbox.read(other.id, id)).toBeNull();
    expect(await world.inbox.undecided(other.id, [entry])).toEqual([entry]);
    await world.inbox.settle(await world.take(id), settlement);
    expect(await world.inbox.reopen(other.id, id)).toBe(false);
    expect((await world.stored(delivery, id)).settlement?.reason).toBe('ordered');
  });

  test('knows no delivery under an id that was never given', async () => {
    const { id } = await world.createConnection();
    expect(await world.inbox.read(id, unknownId)).toBeNull();
    expect(await world.inbox.read(id, 'no-id-at-all' as DeliveryId)).toBeNull();
  });
};
