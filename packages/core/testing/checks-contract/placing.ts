import { describe, expect, test } from 'vitest';
import { type CheckPhase, nothingShown } from '../../src/check.ts';
import type { Instant, NoteId, WorkerId } from '../../src/ids.ts';
import { aLease, type ChecksWorld, terms } from './world.ts';

/** The claim, and what may come after it. */
export const describePlacing = (world: ChecksWorld): void => {
  describe('claiming', () => {
    test('succeeds for exactly one of 20 at once, and never again', async () => {
      const { connectionId, id } = await world.reach('ready');
      const claims = await Promise.all(
        Array.from({ length: 20 }, () => world.checks.claim(connectionId, id, 60_000)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await world.checks.claim(connectionId, id, 60_000)).toBe(false);
    });

    test('marks the check as being sent, and due for a look-up should nobody record an outcome', async () => {
      const check = await world.reach('ready');
      expect(await world.checks.claim(check.connectionId, check.id, 20)).toBe(true);
      const after = await world.again(check);
      expect(after.phase).toBe('sending');
      expect(world.isNow(after.sendingAt)).toBe(true);
      expect((await world.takeOver(check)).check.phase).toBe('sending');
    });

    test('does not make the look-up due before its time', async () => {
      const check = await world.reach('sending');
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
    });

    test.each<CheckPhase>(['held', 'sending', 'unknown', 'ordered', 'dismissed'])(
      'fails for what is %s',
      async (phase) => {
        const check = await world.reach(phase);
        expect(await world.checks.claim(check.connectionId, check.id, 60_000)).toBe(false);
        expect(await world.again(check)).toEqual(check);
      },
    );

    test('can be won once more after it was given back', async () => {
      const check = await world.reach('sending');
      await world.checks.release(check.connectionId, check.id);
      expect(await world.again(check)).toMatchObject({ phase: 'ready', sendingAt: null });
      expect(await world.checks.claim(check.connectionId, check.id, 60_000)).toBe(true);
      expect(await world.checks.claim(check.connectionId, check.id, 60_000)).toBe(false);
    });

    test.each<CheckPhase>(['held', 'unknown', 'ordered', 'dismissed'])(
      'is neither given back nor refused where the check is %s',
      async (phase) => {
        const check = await world.reach(phase);
        await world.checks.release(check.connectionId, check.id);
        await world.checks.refuse(check.connectionId, check.id, {
          reason: 'held.turn_rejected',
          details: [],
        });
        expect(await world.again(check)).toEqual(check);
      },
    );
  });

  describe('recording the outcome', () => {
    test('a refusal holds the check, names the fields and is due to be shown', async () => {
      const check = await world.reach('sending');
      const hold = { reason: 'held.turn_rejected', details: ['email'] } as const;
      await world.checks.refuse(check.connectionId, check.id, hold);
      const after = await world.again(check);
      expect(after).toMatchObject({ phase: 'held', hold, sendingAt: null });
      expect(world.isNow(after.hold?.since ?? null)).toBe(true);
      expect(await world.checks.takeSync(check.id, aLease)).not.toBeNull();
    });

    test('a refused check can be made ready and claimed anew', async () => {
      const check = await world.reach('sending');
      await world.checks.refuse(check.connectionId, check.id, { reason: 'held.turn_rejected', details: [] });
      await world.checks.makeReady(check.connectionId, world.subjectOf(check), terms);
      expect(await world.checks.claim(check.connectionId, check.id, 60_000)).toBe(true);
    });

    test.each<CheckPhase>(['held', 'ready', 'sending', 'unknown', 'dismissed'])(
      'an order makes what was %s ordered, and due at once',
      async (phase) => {
        const check = await world.reach(phase);
        await world.checks.recordOrdered(check.connectionId, check.id, 'worker-new' as WorkerId, 'posted');
        const after = await world.again(check);
        expect(after).toMatchObject({ phase: 'ordered', workerId: 'worker-new', hold: null });
        expect(after.shown).toEqual(check.shown);
        expect(world.isNow(after.orderedAt)).toBe(true);
        expect(await world.checks.takeSync(check.id, aLease)).not.toBeNull();
      },
    );

    test('an order is recorded once', async () => {
      const check = await world.reach('ordered');
      await world.checks.recordOrdered(check.connectionId, check.id, 'another-worker' as WorkerId, 'adopted');
      await world.checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt: null });
      expect(await world.again(check)).toEqual(check);
    });

    test('an adopted order has its notes looked for before they are written', async () => {
      const check = await world.reach('ready');
      await world.checks.recordOrdered(check.connectionId, check.id, 'worker-1' as WorkerId, 'adopted');
      expect((await world.again(check)).shown.notes).toEqual({
        turnId: { kind: 'attempted', text: '' },
        report: { kind: 'attempted', text: '' },
        held: { kind: 'absent' },
      });
    });

    test('adopting keeps the notes that are known', async () => {
      const check = await world.reach('held');
      const leased = await world.takeSync(check);
      const turnId = { kind: 'written', noteId: 'note-1' as NoteId, text: 'x' } as const;
      const shown = { ...nothingShown, notes: { ...nothingShown.notes, turnId } };
      await world.checks.saveSync(leased, { shown });
      await world.checks.recordOrdered(check.connectionId, check.id, 'worker-1' as WorkerId, 'adopted');
      expect((await world.again(check)).shown.notes).toMatchObject({ turnId, report: { kind: 'attempted' } });
    });

    test('a lost answer makes the check unknown, due for the next look-up, and counts look-ups', async () => {
      const check = await world.reach('sending');
      const later = world.now() + 60_000;
      const record = (lookedUp: boolean, nextSyncAt: Instant | null) =>
        world.checks.recordUnknown(check.connectionId, check.id, { lookedUp, nextSyncAt });
      await record(false, later);
      expect(await world.again(check)).toMatchObject({
        phase: 'unknown',
        lookUps: 0,
        nextSyncAt: later,
        hold: null,
      });
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
      await record(true, world.now() - 1);
      expect((await world.takeSync(check)).check.lookUps).toBe(1);
    });

    test('after the last look-up a person decides: it says so, and is due no more', async () => {
      const check = await world.reach('unknown');
      const end = { lookedUp: true, nextSyncAt: null };
      await world.checks.recordUnknown(check.connectionId, check.id, end);
      const after = await world.again(check);
      expect(after).toMatchObject({
        phase: 'unknown',
        nextSyncAt: null,
        hold: { reason: 'held.unknown_result', details: [] },
      });
      expect(await world.checks.takeSync(check.id, aLease)).toBeNull();
    });

    test.each<CheckPhase>(['held', 'ready', 'dismissed'])(
      'an answer is not lost of what was never sent: %s stays',
      async (phase) => {
        const check = await world.reach(phase);
        await world.checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt: null });
        expect(await world.again(check)).toEqual(check);
      },
    );
  });
};
