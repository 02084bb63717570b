import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Check, type CheckPhase, nothingShown } from '../src/check.ts';
import type { Connection, Environment } from '../src/connection.ts';
import type {
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  Instant,
  NoteId,
  OpportunityId,
  PackageId,
  TurnId,
  WorkerId,
} from '../src/ids.ts';
import type { CheckSubject, Checks, LeasedCheck, OrderTerms } from '../src/ports/checks.ts';
import { type StatusName, statuses } from '../src/status/check-status.ts';
import type { KnownStatus } from '../src/status/status-transition.ts';

/** What the contract needs around the checks. */
export interface ChecksHarness {
  readonly checks: Checks;
  /** A connection to order for; another Lever account each time unless one is named. */
  createConnection(given?: {
    readonly environment?: Environment;
    readonly leverAccountId?: string;
  }): Promise<Connection>;
  /** The store's own clock. */
  now(): Instant;
  /** Lets `ms` go by: a fake's clock is moved on, a real store waits. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const aLease = 60_000;
const unknownId = '00000000-0000-4000-8000-00000000dead' as CheckId;
const terms: OrderTerms = { packageId: 'P0000000001' as PackageId, invalidTags: [] };

let subjects = 0;
const aSubject = (given: Partial<CheckSubject> = {}): CheckSubject => {
  subjects += 1;
  return {
    opportunityId: `opportunity-${subjects}` as OpportunityId,
    contactId: `contact-${subjects}` as ContactId,
    orderNumber: 1,
    deliveryId: `delivery-${subjects}` as DeliveryId,
    correlationId: `correlation-${subjects}` as CorrelationId,
    displayName: 'Ada Example',
    statusTags: [],
    ...given,
  };
};

const knownAs = (name: StatusName, changedAt: Instant): KnownStatus => ({
  status: statuses[name],
  raw: name,
  generation: 1,
  recheckDate: null,
  changedAt,
});

/** What every `Checks` promises. The harness is made once; each test has a connection of its own. */
export const describeChecksContract = (name: string, createHarness: () => Promise<ChecksHarness>): void => {
  describe(`checks: ${name}`, () => {
    let harness: ChecksHarness;
    let checks: Checks;
    beforeAll(async () => {
      harness = await createHarness();
      checks = harness.checks;
    });
    afterAll(async () => {
      await harness?.close();
    });

    const connect = async (): Promise<ConnectionId> => (await harness.createConnection()).id;
    const again = async ({ connectionId, id }: Check): Promise<Check> => {
      const check = await checks.read(connectionId, id);
      if (check === null) throw new Error('Expected the check to be kept.');
      return check;
    };
    const isNow = (at: Instant | null): boolean => at !== null && Math.abs(at - harness.now()) < 30_000;
    /** Brings a fresh check to a phase by the port's own methods. */
    const reach = async (
      phase: CheckPhase,
      given: Partial<CheckSubject> & { readonly connectionId?: ConnectionId } = {},
    ): Promise<Check> => {
      const { connectionId = await connect(), ...rest } = given;
      const subject = aSubject(rest);
      if (phase === 'held') return checks.hold(connectionId, subject, 'held.missing_data', ['e-mail']);
      const check = await checks.makeReady(connectionId, subject, terms);
      if (phase === 'dismissed') await checks.dismiss(connectionId, check.id);
      if (phase === 'sending' || phase === 'unknown' || phase === 'ordered') {
        expect(await checks.claim(connectionId, check.id, 60_000)).toBe(true);
      }
      if (phase === 'unknown') {
        await checks.recordUnknown(connectionId, check.id, { lookedUp: false, nextSyncAt: harness.now() });
      }
      if (phase === 'ordered') {
        await checks.recordOrdered(connectionId, check.id, `worker-of-${check.id}` as WorkerId, 'posted');
      }
      return again(check);
    };
    const subjectOf = (check: Check, given: Partial<CheckSubject> = {}): CheckSubject =>
      aSubject({ opportunityId: check.opportunityId, orderNumber: check.orderNumber, ...given });
    const takeSync = async ({ id }: Check, leaseMs = aLease): Promise<LeasedCheck> => {
      const leased = await checks.takeSync(id, leaseMs);
      if (leased === null) throw new Error('Expected the check to be due.');
      return leased;
    };
    const takeOver = async ({ id }: Check): Promise<LeasedCheck> => {
      for (;;) {
        const leased = await checks.takeSync(id, aLease);
        if (leased !== null) return leased;
        await harness.pass(5);
      }
    };

    describe('making an order ready', () => {
      test('makes its row with everything that was decided', async () => {
        const connection = await harness.createConnection({ environment: 'sandbox' });
        const subject = aSubject({ statusTags: ['TurnStatus:Error'] });
        const given = { packageId: 'P0000000002' as PackageId, invalidTags: ['TurnPackage:'] };
        const check = await checks.makeReady(connection.id, subject, given);
        const { displayName: _, statusTags: __, ...shownFields } = subject;
        expect(check).toMatchObject({
          ...shownFields,
          ...given,
          accountId: connection.accountId,
          connectionId: connection.id,
          environment: 'sandbox',
          referenceId: `lever-sandbox-${subject.opportunityId}-1`,
          phase: 'ready',
          hold: null,
          sendingAt: null,
          orderedAt: null,
          dismissedAt: null,
          workerId: null,
          turnId: null,
          status: null,
          reportUrl: null,
          shown: { ...nothingShown, tags: ['TurnStatus:Error'] },
          writeBackStop: null,
          isNewest: true,
          lookUps: 0,
          failures: 0,
          nextSyncAt: null,
        });
        expect(isNow(check.createdAt)).toBe(true);
        expect(await checks.read(connection.id, check.id)).toEqual(check);
        expect(await checks.newest(connection.id, subject.opportunityId)).toEqual(check);
      });

      test('makes one row where many decide the same order at once', async () => {
        const connectionId = await connect();
        const subject = aSubject();
        const made = await Promise.all(
          Array.from({ length: 20 }, () => checks.makeReady(connectionId, subject, terms)),
        );
        expect(new Set(made.map(({ id }) => id)).size).toBe(1);
        expect(await checks.countOrdersSince(connectionId, harness.now() - 60_000)).toBe(1);
      });

      test('lets one of two connections to the same Lever account have the order, and refuses the other', async () => {
        const leverAccountId = `shared-lever-account-${aSubject().opportunityId}`;
        const both = [
          await harness.createConnection({ leverAccountId }),
          await harness.createConnection({ leverAccountId }),
        ];
        const subject = aSubject();
        const answers = await Promise.allSettled(both.map(({ id }) => checks.makeReady(id, subject, terms)));
        expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
        const refusal = answers.find((answer) => answer.status === 'rejected');
        expect(refusal?.reason).toMatchObject({ name: 'PortError', code: 'rejected' });
        const seen = await Promise.all(both.map(({ id }) => checks.newest(id, subject.opportunityId)));
        expect(seen.filter((check) => check !== null)).toHaveLength(1);
      });

      test('keeps the sandbox and production of one Lever account apart', async () => {
        const leverAccountId = `shared-lever-account-${aSubject().opportunityId}`;
        const subject = aSubject();
        for (const environment of ['sandbox', 'production'] as const) {
          const { id } = await harness.createConnection({ environment, leverAccountId });
          const check = await checks.makeReady(id, subject, terms);
          expect(check).toMatchObject({ environment, connectionId: id, isNewest: true });
        }
      });

      test('turns a held order ready, without its hold and with the terms of now', async () => {
        const held = await reach('held');
        const subject = subjectOf(held, { contactId: null });
        const check = await checks.makeReady(held.connectionId, subject, terms);
        expect(check).toMatchObject({
          id: held.id,
          phase: 'ready',
          hold: null,
          ...terms,
          contactId: held.contactId,
          deliveryId: subject.deliveryId,
          correlationId: subject.correlationId,
        });
      });

      test('turns a dismissed order ready', async () => {
        const dismissed = await reach('dismissed');
        const check = await checks.makeReady(dismissed.connectionId, subjectOf(dismissed), terms);
        expect(check).toMatchObject({ id: dismissed.id, phase: 'ready', dismissedAt: null });
      });

      test('gives an order that is still ready the terms of now', async () => {
        const ready = await reach('ready');
        const changed = { packageId: null, invalidTags: ['TurnPackage:x'] };
        expect(
          await checks.makeReady(ready.connectionId, subjectOf(ready, { deliveryId: null }), changed),
        ).toMatchObject({ phase: 'ready', ...changed, deliveryId: ready.deliveryId });
        expect(await checks.countOrdersSince(ready.connectionId, harness.now() - 60_000)).toBe(1);
      });

      test.each<CheckPhase>(['sending', 'unknown', 'ordered'])(
        'leaves alone what is %s, and so does a hold',
        async (phase) => {
          const check = await reach(phase);
          const subject = subjectOf(check, { statusTags: ['TurnStatus:Error'] });
          const changed = { packageId: null, invalidTags: ['x'] };
          expect(await checks.makeReady(check.connectionId, subject, changed)).toEqual(check);
          expect(await checks.hold(check.connectionId, subject, 'held.backlog', [])).toEqual(check);
          expect(await again(check)).toEqual(check);
        },
      );

      test('makes another row for the next order, which is then the newest', async () => {
        const first = await reach('ordered');
        const second = await checks.makeReady(
          first.connectionId,
          subjectOf(first, { orderNumber: 2 }),
          terms,
        );
        expect(second.id).not.toBe(first.id);
        expect(second).toMatchObject({ isNewest: true, orderNumber: 2 });
        expect(second.referenceId).toBe(`lever-production-${first.opportunityId}-2`);
        expect((await again(first)).isNewest).toBe(false);
        expect((await checks.newest(first.connectionId, first.opportunityId))?.id).toBe(second.id);
        expect((await takeSync(first)).check.isNewest).toBe(false);
      });

      test('fails for a connection that does not exist', async () => {
        const connectionId = 'no-connection' as ConnectionId;
        await expect(checks.makeReady(connectionId, aSubject(), terms)).rejects.toThrow();
      });
    });

    describe('holding', () => {
      test('makes a row that says why, and is due to be shown in Lever', async () => {
        const connectionId = await connect();
        const subject = aSubject({ statusTags: ['TurnStatus:Consider'] });
        const check = await checks.hold(connectionId, subject, 'held.package_unclear', ['a', 'b']);
        expect(check).toMatchObject({
          phase: 'held',
          hold: { reason: 'held.package_unclear', details: ['a', 'b'] },
          shown: { tags: ['TurnStatus:Consider'] },
          packageId: null,
        });
        expect(isNow(check.hold?.since ?? null)).toBe(true);
        expect((await takeSync(check)).check.id).toBe(check.id);
      });

      test('keeps since when it is held while the reason stays, and begins anew with another reason', async () => {
        const first = await reach('held');
        await harness.pass(3);
        const same = await checks.hold(first.connectionId, subjectOf(first), 'held.missing_data', ['name']);
        expect(same.hold).toEqual({
          reason: 'held.missing_data',
          details: ['name'],
          since: first.hold?.since,
        });
        const other = await checks.hold(first.connectionId, subjectOf(first), 'held.backlog', []);
        expect(other.hold).toMatchObject({ reason: 'held.backlog', details: [] });
        expect(other.hold?.since).toBeGreaterThan(first.hold?.since ?? 0);
        expect(other.id).toBe(first.id);
      });

      test.each<CheckPhase>(['ready', 'dismissed'])('takes back what is %s', async (phase) => {
        const check = await reach(phase);
        const held = await checks.hold(check.connectionId, subjectOf(check), 'held.bulk', []);
        expect(held).toMatchObject({ id: check.id, phase: 'held', dismissedAt: null });
        expect(await checks.claim(check.connectionId, check.id, 1000)).toBe(false);
      });

      test('lists what is held, oldest first', async () => {
        const first = await reach('held');
        const { connectionId } = first;
        await harness.pass(3);
        const second = await reach('held', { connectionId });
        await reach('ready', { connectionId });
        expect((await checks.listHeld(connectionId)).map(({ id }) => id)).toEqual([first.id, second.id]);
      });
    });

    describe('dismissing', () => {
      test.each<CheckPhase>(['held', 'ready'])('ends what is %s, and shows so in Lever', async (phase) => {
        const check = await reach(phase);
        expect(await checks.dismiss(check.connectionId, check.id)).toBe(true);
        const after = await again(check);
        expect(after).toMatchObject({ phase: 'dismissed', hold: null });
        expect(isNow(after.dismissedAt)).toBe(true);
        expect(await checks.takeSync(check.id, aLease)).not.toBeNull();
        expect(await checks.dismiss(check.connectionId, check.id)).toBe(false);
      });

      test.each<CheckPhase>(['sending', 'unknown', 'ordered'])('leaves alone what is %s', async (phase) => {
        const check = await reach(phase);
        expect(await checks.dismiss(check.connectionId, check.id)).toBe(false);
        expect(await again(check)).toEqual(check);
      });
    });

    describe('claiming', () => {
      test('succeeds for exactly one of 20 at once, and never again', async () => {
        const { connectionId, id } = await reach('ready');
        const claims = await Promise.all(
          Array.from({ length: 20 }, () => checks.claim(connectionId, id, 60_000)),
        );
        expect(claims.filter(Boolean)).toHaveLength(1);
        expect(await checks.claim(connectionId, id, 60_000)).toBe(false);
      });

      test('marks the check as being sent, and due for a look-up should nobody record an outcome', async () => {
        const check = await reach('ready');
        expect(await checks.claim(check.connectionId, check.id, 20)).toBe(true);
        const after = await again(check);
        expect(after.phase).toBe('sending');
        expect(isNow(after.sendingAt)).toBe(true);
        expect((await takeOver(check)).check.phase).toBe('sending');
      });

      test('does not make the look-up due before its time', async () => {
        const check = await reach('sending');
        expect(await checks.takeSync(check.id, aLease)).toBeNull();
      });

      test.each<CheckPhase>(['held', 'sending', 'unknown', 'ordered', 'dismissed'])(
        'fails for what is %s',
        async (phase) => {
          const check = await reach(phase);
          expect(await checks.claim(check.connectionId, check.id, 60_000)).toBe(false);
          expect(await again(check)).toEqual(check);
        },
      );

      test('can be won once more after it was given back', async () => {
        const check = await reach('sending');
        await checks.release(check.connectionId, check.id);
        expect(await again(check)).toMatchObject({ phase: 'ready', sendingAt: null });
        expect(await checks.claim(check.connectionId, check.id, 60_000)).toBe(true);
        expect(await checks.claim(check.connectionId, check.id, 60_000)).toBe(false);
      });

      test.each<CheckPhase>(['held', 'unknown', 'ordered', 'dismissed'])(
        'is neither given back nor refused where the check is %s',
        async (phase) => {
          const check = await reach(phase);
          await checks.release(check.connectionId, check.id);
          await checks.refuse(check.connectionId, check.id, { reason: 'held.turn_rejected', details: [] });
          expect(await again(check)).toEqual(check);
        },
      );
    });

    describe('recording the outcome', () => {
      test('a refusal holds the check, names the fields and is due to be shown', async () => {
        const check = await reach('sending');
        const hold = { reason: 'held.turn_rejected', details: ['email'] } as const;
        await checks.refuse(check.connectionId, check.id, hold);
        const after = await again(check);
        expect(after).toMatchObject({ phase: 'held', hold, sendingAt: null });
        expect(isNow(after.hold?.since ?? null)).toBe(true);
        expect(await checks.takeSync(check.id, aLease)).not.toBeNull();
      });

      test('a refused check can be made ready and claimed anew', async () => {
        const check = await reach('sending');
        await checks.refuse(check.connectionId, check.id, { reason: 'held.turn_rejected', details: [] });
        await checks.makeReady(check.connectionId, subjectOf(check), terms);
        expect(await checks.claim(check.connectionId, check.id, 60_000)).toBe(true);
      });

      test.each<CheckPhase>(['held', 'ready', 'sending', 'unknown', 'dismissed'])(
        'an order makes what was %s ordered, and due at once',
        async (phase) => {
          const check = await reach(phase);
          await checks.recordOrdered(check.connectionId, check.id, 'worker-new' as WorkerId, 'posted');
          const after = await again(check);
          expect(after).toMatchObject({ phase: 'ordered', workerId: 'worker-new', hold: null });
          expect(after.shown).toEqual(check.shown);
          expect(isNow(after.orderedAt)).toBe(true);
          expect(await checks.takeSync(check.id, aLease)).not.toBeNull();
        },
      );

      test('an order is recorded once', async () => {
        const check = await reach('ordered');
        await checks.recordOrdered(check.connectionId, check.id, 'another-worker' as WorkerId, 'adopted');
        await checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt: null });
        expect(await again(check)).toEqual(check);
      });

      test('an adopted order has its notes looked for before they are written', async () => {
        const check = await reach('ready');
        await checks.recordOrdered(check.connectionId, check.id, 'worker-1' as WorkerId, 'adopted');
        expect((await again(check)).shown.notes).toEqual({
          turnId: { kind: 'attempted', text: '' },
          report: { kind: 'attempted', text: '' },
          held: { kind: 'absent' },
        });
      });

      test('adopting keeps the notes that are known', async () => {
        const check = await reach('held');
        const leased = await takeSync(check);
        const turnId = { kind: 'written', noteId: 'note-1' as NoteId, text: 'x' } as const;
        const shown = { ...nothingShown, notes: { ...nothingShown.notes, turnId } };
        await checks.saveSync(leased, { shown });
        await checks.recordOrdered(check.connectionId, check.id, 'worker-1' as WorkerId, 'adopted');
        expect((await again(check)).shown.notes).toMatchObject({ turnId, report: { kind: 'attempted' } });
      });

      test('a lost answer makes the check unknown, due for the next look-up, and counts look-ups', async () => {
        const check = await reach('sending');
        const later = harness.now() + 60_000;
        const record = (lookedUp: boolean, nextSyncAt: Instant | null) =>
          checks.recordUnknown(check.connectionId, check.id, { lookedUp, nextSyncAt });
        await record(false, later);
        expect(await again(check)).toMatchObject({
          phase: 'unknown',
          lookUps: 0,
          nextSyncAt: later,
          hold: null,
        });
        expect(await checks.takeSync(check.id, aLease)).toBeNull();
        await record(true, harness.now() - 1);
        expect((await takeSync(check)).check.lookUps).toBe(1);
      });

      test('after the last look-up a person decides: it says so, and is due no more', async () => {
        const check = await reach('unknown');
        const end = { lookedUp: true, nextSyncAt: null };
        await checks.recordUnknown(check.connectionId, check.id, end);
        const after = await again(check);
        expect(after).toMatchObject({
          phase: 'unknown',
          nextSyncAt: null,
          hold: { reason: 'held.unknown_result', details: [] },
        });
        expect(await checks.takeSync(check.id, aLease)).toBeNull();
      });

      test.each<CheckPhase>(['held', 'ready', 'dismissed'])(
        'an answer is not lost of what was never sent: %s stays',
        async (phase) => {
          const check = await reach(phase);
          await checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt: null });
          expect(await again(check)).toEqual(check);
        },
      );
    });

    describe('syncing', () => {
      const finish = (leased: LeasedCheck, nextSyncAt: Instant | null, failed = false) =>
        checks.finishSync(leased, { nextSyncAt, failed });

      test('gives a due check to exactly one of many', async () => {
        const check = await reach('ordered');
        const taken = await Promise.all(Array.from({ length: 20 }, () => checks.takeSync(check.id, aLease)));
        expect(taken.filter((leased) => leased !== null)).toHaveLength(1);
      });

      test('gives nothing that was never due or does not exist', async () => {
        expect(await checks.takeSync((await reach('ready')).id, aLease)).toBeNull();
        expect(await checks.takeSync(unknownId, aLease)).toBeNull();
      });

      test('keeps what was learned, and leaves the rest as it was', async () => {
        const check = await reach('ordered');
        const leased = await takeSync(check);
        const learned = {
          status: { ...knownAs('consider', harness.now()), recheckDate: '2026-11-01' },
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
        expect(await checks.saveSync(leased, learned)).toBe(true);
        expect(await again(check)).toMatchObject(learned);
        expect(await checks.saveSync(leased, { writeBackStop: 'gone' })).toBe(true);
        expect(await again(check)).toMatchObject({ ...learned, writeBackStop: 'gone', phase: 'ordered' });
        expect(await checks.saveSync(leased, {})).toBe(true);
      });

      test('is due again when it says so, or only when woken', async () => {
        const check = await reach('ordered');
        const later = harness.now() + 60_000;
        expect(await finish(await takeSync(check), later)).toBe(true);
        expect((await again(check)).nextSyncAt).toBe(later);
        expect(await checks.takeSync(check.id, aLease)).toBeNull();
        const { workerId } = check;
        if (workerId !== null) await checks.wake(check.connectionId, workerId);
        expect(await finish(await takeSync(check), null)).toBe(true);
        expect((await again(check)).nextSyncAt).toBeNull();
      });

      test('counts failures in a row', async () => {
        const check = await reach('ordered');
        const past = () => harness.now() - 1;
        await finish(await takeSync(check), past(), true);
        await finish(await takeSync(check), past(), true);
        expect((await again(check)).failures).toBe(2);
        await finish(await takeSync(check), past());
        expect((await again(check)).failures).toBe(0);
      });

      test('goes to the next once the lease has lapsed, and refuses the late writes of the first', async () => {
        const check = await reach('ordered');
        const first = await takeSync(check, 1);
        const second = await takeOver(check);
        expect(await checks.saveSync(first, { turnId: 'C0000000009' as TurnId })).toBe(false);
        expect(await finish(first, null)).toBe(false);
        expect((await again(check)).turnId).toBeNull();
        expect(await checks.saveSync(second, { turnId: 'C0000000001' as TurnId })).toBe(true);
        expect(await finish(second, null)).toBe(true);
        expect(await finish(second, null)).toBe(false);
      });

      test('does not lose a wake that comes meanwhile', async () => {
        const check = await reach('ordered');
        const leased = await takeSync(check);
        expect(await checks.wake(check.connectionId, check.workerId as WorkerId)).toBe(true);
        expect(await checks.takeSync(check.id, aLease)).toBeNull();
        await finish(leased, harness.now() + 60_000);
        await finish(await takeSync(check), harness.now() + 60_000);
        expect(await checks.takeSync(check.id, aLease)).toBeNull();
      });

      test('does not lose a new hold that comes meanwhile', async () => {
        const check = await reach('held');
        const leased = await takeSync(check);
        await checks.hold(check.connectionId, subjectOf(check), 'held.same_person', []);
        await finish(leased, null);
        expect((await takeSync(check)).check.hold?.reason).toBe('held.same_person');
      });

      test('does not lose the look-up of an order that was claimed meanwhile', async () => {
        const check = await reach('held');
        const leased = await takeSync(check);
        await checks.makeReady(check.connectionId, subjectOf(check), terms);
        expect(await checks.claim(check.connectionId, check.id, 10)).toBe(true);
        await finish(leased, null);
        expect((await takeOver(check)).check.phase).toBe('sending');
      });

      test('ends a look-up that found nothing as it was recorded', async () => {
        const check = await reach('unknown');
        const leased = await takeSync(check);
        const nextSyncAt = harness.now() + 60_000;
        await checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt });
        await finish(leased, nextSyncAt);
        expect((await again(check)).nextSyncAt).toBe(nextSyncAt);
      });

      test('is due at once after a look-up that found the order', async () => {
        const check = await reach('unknown');
        const leased = await takeSync(check);
        await checks.recordOrdered(check.connectionId, check.id, 'worker-1' as WorkerId, 'adopted');
        await finish(leased, null);
        expect((await takeSync(check)).check.phase).toBe('ordered');
      });

      test('is not woken by the id of a check that the connection does not have', async () => {
        const check = await reach('ordered');
        expect(await checks.wake(check.connectionId, 'worker-unknown' as WorkerId)).toBe(false);
        expect(await checks.wake(await connect(), check.workerId as WorkerId)).toBe(false);
        expect(await again(check)).toEqual(check);
      });
    });

    describe('counting and finding', () => {
      test('names the packages of the contact that are open on other opportunities', async () => {
        const connectionId = await connect();
        const contactId = `contact-of-${connectionId}` as ContactId;
        for (const phase of ['held', 'dismissed'] as const) await reach(phase, { connectionId, contactId });
        const asked = (except: string) =>
          checks.openElsewhere(connectionId, contactId, except as OpportunityId);
        expect(await asked('another')).toEqual([]);
        const open = [];
        for (const phase of ['ready', 'sending', 'unknown', 'ordered'] as const) {
          open.push(await reach(phase, { connectionId, contactId }));
        }
        expect(await asked('another')).toEqual(Array(4).fill(terms.packageId));
        expect(await asked(open[0]?.opportunityId ?? '')).toHaveLength(3);
        expect(await checks.openElsewhere(connectionId, 'else' as ContactId, 'x' as OpportunityId)).toEqual(
          [],
        );
      });

      test.each<readonly [StatusName, boolean]>([
        ['requested', true],
        ['consider', true],
        ['dispute', true],
        ['clear', false],
        ['rejected', false],
        ['withdrawn', false],
      ])('an ordered check that is %s counts as open: %s', async (status, isOpen) => {
        const check = await reach('ordered');
        await checks.saveSync(await takeSync(check), { status: knownAs(status, harness.now()) });
        const { connectionId, contactId } = check;
        const open = await checks.openElsewhere(
          connectionId,
          contactId as ContactId,
          'another' as OpportunityId,
        );
        expect(open).toEqual(isOpen ? [terms.packageId] : []);
      });

      test("Turn's own default package is named as null", async () => {
        const connectionId = await connect();
        const subject = aSubject();
        await checks.makeReady(connectionId, subject, { packageId: null, invalidTags: [] });
        expect(
          await checks.openElsewhere(connectionId, subject.contactId as ContactId, 'x' as OpportunityId),
        ).toEqual([null]);
      });

      test('counts rows that became ready since, whatever became of them', async () => {
        const connectionId = await connect();
        for (const phase of ['held', 'ready', 'sending', 'unknown', 'ordered', 'dismissed'] as const) {
          await reach(phase, { connectionId });
        }
        expect(await checks.countOrdersSince(connectionId, harness.now() - 60_000)).toBe(5);
        expect(await checks.countOrdersSince(connectionId, harness.now() + 60_000)).toBe(0);
      });

      test('knows the opportunities that have a row, whatever its phase', async () => {
        const connectionId = await connect();
        const held = await reach('held', { connectionId });
        const dismissed = await reach('dismissed', { connectionId });
        const ids = [held.opportunityId, dismissed.opportunityId, 'unseen' as OpportunityId];
        expect((await checks.known(connectionId, ids)).toSorted()).toEqual(ids.slice(0, 2).toSorted());
        expect(await checks.known(connectionId, [])).toEqual([]);
      });
    });

    test('another connection sees nothing and changes nothing', async () => {
      const other = await connect();
      const ready = await reach('ready');
      expect(await checks.read(other, ready.id)).toBeNull();
      expect(await checks.newest(other, ready.opportunityId)).toBeNull();
      expect(await checks.known(other, [ready.opportunityId])).toEqual([]);
      expect(await checks.listHeld(other)).toEqual([]);
      expect(await checks.countOrdersSince(other, 0)).toBe(0);
      expect(await checks.openElsewhere(other, ready.contactId as ContactId, 'x' as OpportunityId)).toEqual(
        [],
      );
      expect(await checks.dismiss(other, ready.id)).toBe(false);
      expect(await checks.claim(other, ready.id, 1)).toBe(false);
      await checks.recordOrdered(other, ready.id, 'worker-1' as WorkerId, 'posted');
      expect(await again(ready)).toEqual(ready);
      const sending = await reach('sending');
      await checks.release(other, sending.id);
      await checks.refuse(other, sending.id, { reason: 'held.turn_rejected', details: [] });
      await checks.recordUnknown(other, sending.id, { lookedUp: true, nextSyncAt: null });
      expect(await again(sending)).toEqual(sending);
    });

    test('knows no check under an id that was never given', async () => {
      const connectionId = await connect();
      expect(await checks.read(connectionId, unknownId)).toBeNull();
      expect(await checks.newest(connectionId, 'unseen' as OpportunityId)).toBeNull();
      expect(await checks.dismiss(connectionId, unknownId)).toBe(false);
    });
  });
};
