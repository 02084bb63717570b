import { describe, expect, test } from 'vitest';
import { LeaseLostError } from '../../src/ports/checks.ts';
import type { LeasedDelivery } from '../../src/ports/inbox.ts';
import { aSubject, type ChecksWorld, terms } from './world.ts';

/** What a decision may write for its delivery: only while that is its own, and nobody dismissed the order meanwhile. */
export const describeFencing = (world: ChecksWorld): void => {
  const lose: Readonly<Record<string, (leased: LeasedDelivery) => Promise<unknown>>> = {
    'was settled': (leased) =>
      world.inbox.settle(leased, { reason: 'ordered', checkId: null, trail: [], enteredAt: null }),
    'was put back': (leased) => world.inbox.postpone(leased, world.now() - 1),
    'was put back and taken over': async (leased) => {
      await world.inbox.postpone(leased, world.now() - 1);
      await world.inbox.take(leased.delivery.id, 60_000);
    },
  };

  describe('for a delivery', () => {
    test('decides, claims and ends while it is leased', async () => {
      const connectionId = await world.connect();
      const leased = await world.leaseDelivery(connectionId);
      const decider = { leased, dismissedAt: null };
      const subject = aSubject();
      const held = await world.checks.hold(connectionId, subject, 'held.bulk', [], decider);
      expect(held).toMatchObject({ phase: 'held' });
      expect(await world.checks.makeReady(connectionId, subject, terms, decider)).toMatchObject({
        phase: 'ready',
      });
      expect(await world.checks.claim(connectionId, held.id, 60_000, leased)).toBe(true);
      const other = await world.reach('ready', { connectionId });
      expect(await world.checks.end(connectionId, other.id, leased)).toBe(true);
    });

    test.each(Object.entries(lose))('that %s does nothing', async (_title, act) => {
      const connectionId = await world.connect();
      const leased = await world.leaseDelivery(connectionId);
      const decider = { leased, dismissedAt: null };
      const ready = await world.reach('ready', { connectionId });
      const known = world.subjectOf(ready);
      await act(leased);
      for (const subject of [known, aSubject()]) {
        await expect(world.checks.makeReady(connectionId, subject, terms, decider)).rejects.toThrow(
          LeaseLostError,
        );
        await expect(world.checks.hold(connectionId, subject, 'held.bulk', [], decider)).rejects.toThrow(
          LeaseLostError,
        );
        const newest = await world.checks.newest(connectionId, subject.opportunityId);
        expect(newest).toEqual(subject === known ? ready : null);
      }
      expect(await world.checks.end(connectionId, ready.id, leased)).toBe(false);
      expect(await world.checks.claim(connectionId, ready.id, 60_000, leased)).toBe(false);
      expect(await world.again(ready)).toEqual(ready);
    });

    test('leaves alone what was dismissed since it was read', async () => {
      const dismissed = await world.reach('dismissed');
      const { connectionId } = dismissed;
      const decider = { leased: await world.leaseDelivery(connectionId), dismissedAt: null };
      const subject = world.subjectOf(dismissed);
      expect(await world.checks.makeReady(connectionId, subject, terms, decider)).toEqual(dismissed);
      expect(await world.checks.hold(connectionId, subject, 'held.bulk', [], decider)).toEqual(dismissed);
      expect(await world.again(dismissed)).toEqual(dismissed);
    });

    test('decides anew what it read as dismissed, and a hold keeps when that was', async () => {
      const dismissed = await world.reach('dismissed');
      const { connectionId, dismissedAt } = dismissed;
      const decider = { leased: await world.leaseDelivery(connectionId), dismissedAt };
      const subject = world.subjectOf(dismissed);
      const held = await world.checks.hold(connectionId, subject, 'held.bulk', [], decider);
      expect(held).toMatchObject({ phase: 'held', dismissedAt });
      expect(await world.checks.end(connectionId, held.id, decider.leased)).toBe(true);
      expect(await world.again(held)).toMatchObject({ phase: 'dismissed', dismissedAt });
      expect(await world.checks.makeReady(connectionId, subject, terms, decider)).toMatchObject({
        phase: 'ready',
        dismissedAt: null,
      });
    });
  });
};
