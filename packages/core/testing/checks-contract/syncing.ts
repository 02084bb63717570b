import { describe, expect, test } from 'vitest';
import type { Instant, NoteId, TurnId, WorkerId } from '../../src/ids.ts';
import type { LeasedCheck } from '../../src/ports/checks.ts';
import { aLease, type ChecksWorld, knownAs, terms, unknownId } from './world.ts';

/** Leases, progress and waking. */
export const describeSyncing = (world: ChecksWorld): void => {
  describe('syncing', () => {
    const finish = (leased: LeasedCheck, nextSyncAt: Instant | null, failed = false) =>
      world.checks.finishSync(leased, { nextSyncAt, failed });

    test('gives a due check to exactly one of many', async () => {
      const check = await world.reach('ordered');
      const taken = await Promise.all(
        Array.from({ length: 20 }, () => world.checks.takeSync(check.id, aLease)),
      );
      expect(taken.filter((leased) => leased !== null)).toHaveLength(1);
    });

    test('gives nothing that was never due or does not exist', async () => {
      expect(await world.checks.takeSync((await world.reach('ready')).id, aLease)).toBeNull();
      expect(await world.checks.takeSync(unknownId, aLease)).toBeNull();
    });

    test('keeps what was learned, and leaves the rest as it was', async () => {
      const check = await world.reach('ordered');
      const leased = await world.takeSync(check);
      const learned = {
        status: { ...knownAs('consider', world.now()), recheckDate: '2026-11-01' },
        workerId: 'worker-other' as WorkerId,
        turnId: 'C0000000001' as TurnId,
        reportUrl: 'https://dashboard.example.com/c/1',
        shown: {
          tags: ['TurnStatus:Consider'],
          stubborn: { 'TurnStatus:Old "quoted"': 1 },
          notes: {
            turnId: { kind: 'written', noteId: 'note-1' as NoteId, text: 'one\ntwo' },
            report: { kind: 'attempted', text: 'three' },
            held: { kind: 'absent' },
          },
        },
      } as const;
      expect(await world.checks.saveSync(leased, learned)).toBe(true);
      expect(await world.again(check)).toMatchObject(learned);
      expect(await world.checks.saveSync(leased, { writeBackStop: 'gone' })).toBe(true);
      expect(await world.again(check)).toMatchObject({ ...learned, writeBackStop: 'gone', phase: 'ordered' });
      expect(await world.checks.saveSync(leased, {})).toBe(true);
    });

    test('is due again when it says so, or only when woken', async () => {
      const check = await world.reach('ordered');
      const later = world.now() + 60_000;
      expect(await finish(await world.takeSync(check), later)).toBe(true);
      expect((await world.again(check)).nextSyncAt).toBe(later);
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
      const { workerId } = check;
      if (workerId !== null) await world.checks.wake(check.connectionId, workerId);
      expect(await finish(await world.takeSync(check), null)).toBe(true);
      expect((await world.again(check)).nextSyncAt).toBeNull();
    });

    test('counts failures in a row', async () => {
      const check = await world.reach('ordered');
      const past = () => world.now() - 1;
      await finish(await world.takeSync(check), past(), true);
      await finish(await world.takeSync(check), past(), true);
      expect((await world.again(check)).failures).toBe(2);
      await finish(await world.takeSync(check), past());
      expect((await world.again(check)).failures).toBe(0);
    });

    test('goes to the next once the lease has lapsed, and refuses the late writes of the first', async () => {
      const check = await world.reach('ordered');
      const first = await world.takeSync(check, 1);
      const second = await world.takeOver(check);
      expect(await world.checks.saveSync(first, { turnId: 'C0000000009' as TurnId })).toBe(false);
      expect(await finish(first, null)).toBe(false);
      expect((await world.again(check)).turnId).toBeNull();
      expect(await world.checks.saveSync(second, { turnId: 'C0000000001' as TurnId })).toBe(true);
      expect(await finish(second, null)).toBe(true);
      expect(await finish(second, null)).toBe(false);
    });

    test('does not lose a wake that comes meanwhile', async () => {
      const check = await world.reach('ordered');
      const leased = await world.takeSync(check);
      expect(await world.checks.wake(check.connectionId, check.workerId as WorkerId)).toBe(true);
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
      await finish(leased, world.now() + 60_000);
      await finish(await world.takeSync(check), world.now() + 60_000);
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
    });

    test('does not lose a new hold that comes meanwhile', async () => {
      const check = await world.reach('held');
      const leased = await world.takeSync(check);
      await world.checks.hold(check.connectionId, world.subjectOf(check), 'held.same_person', []);
      await finish(leased, null);
      expect((await world.takeSync(check)).check.hold?.reason).toBe('held.same_person');
    });

    test('does not lose the look-up of an order that was claimed meanwhile', async () => {
      const check = await world.reach('held');
      const leased = await world.takeSync(check);
      await world.checks.makeReady(check.connectionId, world.subjectOf(check), terms);
      expect(await world.checks.claim(check.connectionId, check.id, 10)).toBe(true);
      await finish(leased, null);
      expect((await world.takeOver(check)).check.phase).toBe('sending');
    });

    test('does not bring that look-up forward, whatever else the sync was for', async () => {
      const check = await world.reach('held');
      const leased = await world.takeSync(check);
      await world.checks.hold(check.connectionId, world.subjectOf(check), 'held.same_person', []);
      await world.checks.makeReady(check.connectionId, world.subjectOf(check), terms);
      expect(await world.checks.claim(check.connectionId, check.id, 90_000)).toBe(true);
      await finish(leased, world.now() - 1, true);
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
      expect((await world.again(check)).nextSyncAt).toBeGreaterThan(world.now() + 30_000);
    });

    test('does not lose a wake even where the look-up under way records a later time', async () => {
      const check = await world.reach('unknown');
      const leased = await world.takeSync(check);
      const workerId = `worker-of-${check.id}` as WorkerId;
      await world.checks.saveSync(leased, { workerId });
      expect(await world.checks.wake(check.connectionId, workerId)).toBe(true);
      const nextSyncAt = world.now() + 60_000;
      await world.checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt });
      await finish(leased, nextSyncAt);
      expect(await world.checks.takeSync(check.id, aLease)).not.toBeNull();
    });

    test('ends a look-up that found nothing as it was recorded', async () => {
      const check = await world.reach('unknown');
      const leased = await world.takeSync(check);
      const nextSyncAt = world.now() + 60_000;
      await world.checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt });
      await finish(leased, nextSyncAt);
      expect((await world.again(check)).nextSyncAt).toBe(nextSyncAt);
    });

    test('is due at once after a look-up that found the order', async () => {
      const check = await world.reach('unknown');
      const leased = await world.takeSync(check);
      await world.checks.recordOrdered(check.connectionId, check.id, 'worker-1' as WorkerId, 'adopted');
      await finish(leased, null);
      expect((await world.takeSync(check)).check.phase).toBe('ordered');
    });

    test('is not woken by the id of a check that the connection does not have', async () => {
      const check = await world.reach('ordered');
      expect(await world.checks.wake(check.connectionId, 'worker-unknown' as WorkerId)).toBe(false);
      expect(await world.checks.wake(await world.connect(), check.workerId as WorkerId)).toBe(false);
      expect(await world.again(check)).toEqual(check);
    });
  });
};
