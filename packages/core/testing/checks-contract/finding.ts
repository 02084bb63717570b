import { describe, expect, test } from 'vitest';
import type { CheckPhase } from '../../src/check.ts';
import type { Environment } from '../../src/connection.ts';
import type { CheckId, ConnectionId, ContactId, OpportunityId, WorkerId } from '../../src/ids.ts';
import type { StatusName } from '../../src/status/check-status.ts';
import { canary } from '../canaries.ts';
import { aSubject, type ChecksWorld, knownAs, terms, unknownId } from './world.ts';

/** Questions, and whom they answer. */
export const describeFinding = (world: ChecksWorld): void => {
  describe('counting and finding', () => {
    test('lists the newest first, page by page, of that connection alone', async () => {
      const connectionId = await world.connect();
      const made = [];
      for (const phase of ['held', 'ready', 'ordered'] as const)
        made.push(await world.reach(phase, { connectionId }));
      await world.reach('held');
      const [oldest, middle, newest] = made;
      const page = async (before: CheckId | null, limit: number) =>
        (await world.checks.list(connectionId, { before, limit })).map(({ check }) => check.id);
      expect(await page(null, 10)).toEqual([newest?.id, middle?.id, oldest?.id]);
      expect(await page(null, 2)).toEqual([newest?.id, middle?.id]);
      expect(await page(middle?.id ?? null, 2)).toEqual([oldest?.id]);
      expect(await page(oldest?.id ?? null, 2)).toEqual([]);
      const [first] = await world.checks.list(connectionId, { before: null, limit: 1 });
      expect(first).toEqual({ check: newest, displayName: canary.name });
    });

    test('names the packages of the contact that are open on other opportunities', async () => {
      const connectionId = await world.connect();
      const contactId = `contact-of-${connectionId}` as ContactId;
      for (const phase of ['held', 'dismissed'] as const)
        await world.reach(phase, { connectionId, contactId });
      const asked = (except: string) =>
        world.checks.openElsewhere(connectionId, contactId, except as OpportunityId);
      expect(await asked('another')).toEqual([]);
      const open = [];
      for (const phase of ['ready', 'sending', 'unknown', 'ordered'] as const) {
        open.push(await world.reach(phase, { connectionId, contactId }));
      }
      expect(await asked('another')).toEqual(Array(4).fill(terms.packageId));
      expect(await asked(open[0]?.opportunityId ?? '')).toHaveLength(3);
      expect(
        await world.checks.openElsewhere(connectionId, 'else' as ContactId, 'x' as OpportunityId),
      ).toEqual([]);
    });

    test.each<readonly [StatusName, boolean]>([
      ['requested', true],
      ['consider', true],
      ['dispute', true],
      ['clear', false],
      ['rejected', false],
      ['withdrawn', false],
    ])('an ordered check that is %s counts as open: %s', async (status, isOpen) => {
      const check = await world.reach('ordered');
      await world.checks.saveSync(await world.takeSync(check), { status: knownAs(status, world.now()) });
      const { connectionId, contactId } = check;
      const open = await world.checks.openElsewhere(
        connectionId,
        contactId as ContactId,
        'another' as OpportunityId,
      );
      expect(open).toEqual(isOpen ? [terms.packageId] : []);
    });

    test('counts what is open and what is held, of that connection alone', async () => {
      const [connectionId, other] = [await world.connect(), await world.connect()];
      for (const phase of ['ready', 'sending', 'unknown', 'ordered', 'held', 'held', 'dismissed'] as const)
        await world.reach(phase, { connectionId });
      const over = await world.reach('ordered', { connectionId });
      await world.checks.saveSync(await world.takeSync(over), { status: knownAs('clear', world.now()) });
      expect(await world.checks.countStanding(connectionId)).toEqual({ open: 4, held: 2 });
      expect(await world.checks.countStanding(other)).toEqual({ open: 0, held: 0 });
    });

    test("Turn's own default package is named as null", async () => {
      const connectionId = await world.connect();
      const subject = aSubject();
      await world.checks.makeReady(connectionId, subject, { packageId: null, invalidTags: [] });
      expect(
        await world.checks.openElsewhere(connectionId, subject.contactId as ContactId, 'x' as OpportunityId),
      ).toEqual([null]);
    });

    test('counts rows that became ready since, whatever became of them', async () => {
      const connectionId = await world.connect();
      for (const phase of ['held', 'ready', 'sending', 'unknown', 'ordered', 'dismissed'] as const) {
        await world.reach(phase, { connectionId });
      }
      expect(await world.checks.countOrdersSince(connectionId, world.now() - 60_000, null)).toBe(5);
      expect(await world.checks.countOrdersSince(connectionId, world.now() + 60_000, null)).toBe(0);
    });

    test('leaves the row out that is being decided', async () => {
      const connectionId = await world.connect();
      const [one] = [
        await world.reach('ready', { connectionId }),
        await world.reach('sending', { connectionId }),
      ];
      const since = world.now() - 60_000;
      expect(await world.checks.countOrdersSince(connectionId, since, one.id)).toBe(1);
      expect(await world.checks.countOrdersSince(connectionId, since, unknownId)).toBe(2);
    });

    test('counts a row anew each time it is made ready, so that a late order counts when it is sent', async () => {
      const check = await world.reach('ready');
      const { connectionId } = check;
      const countSince = async (act: () => Promise<unknown>): Promise<number> => {
        await world.pass(5);
        const since = world.now();
        await world.pass(5);
        await act();
        return world.checks.countOrdersSince(connectionId, since, null);
      };
      const makeReady = () => world.checks.makeReady(connectionId, world.subjectOf(check), terms);
      expect(await countSince(makeReady)).toBe(1);
      expect(await countSince(async () => {})).toBe(0);
      await world.checks.hold(connectionId, world.subjectOf(check), 'held.bulk', []);
      expect(await world.checks.countOrdersSince(connectionId, 0, null)).toBe(0);
      expect(await countSince(makeReady)).toBe(1);
    });

    test('the package of an order that nobody here posted is not known', async () => {
      const connectionId = await world.connect();
      const contactId = `adopted-of-${connectionId}` as ContactId;
      const open = () => world.checks.openElsewhere(connectionId, contactId, 'x' as OpportunityId);
      const subject = aSubject({ contactId, deliveryId: null });
      const none = { packageId: null, invalidTags: [] };
      const { id } = await world.checks.makeReady(connectionId, subject, none);
      expect(await open()).toEqual(['unknown']);
      await world.checks.recordOrdered(connectionId, id, 'worker-of-adopted' as WorkerId, 'adopted');
      expect(await open()).toEqual(['unknown']);
      const { id: decided } = await world.reach('ready', { connectionId, contactId });
      expect(await open()).toEqual(['unknown', terms.packageId]);
      await world.checks.recordOrdered(connectionId, decided, 'worker-of-decided' as WorkerId, 'adopted');
      expect(await open()).toEqual(['unknown', 'unknown']);
    });

    test('open checks of the account’s earlier connection to the same environment count', async () => {
      const contactId = `contact-of-two-${world.now()}` as ContactId;
      // An account has one connection that is not disconnected at most.
      const disconnectedAt = world.now();
      const earlier = await world.createConnection({ disconnectedAt });
      await world.reach('ordered', { connectionId: earlier.id, contactId });
      const connectAs = (environment: Environment) =>
        world.createConnection({ accountId: earlier.accountId, environment, disconnectedAt });
      const ask = ({ id }: { readonly id: ConnectionId }) =>
        world.checks.openElsewhere(id, contactId, 'x' as OpportunityId);
      expect(await ask(await connectAs(earlier.environment))).toEqual([terms.packageId]);
      expect(
        await ask(await connectAs(earlier.environment === 'sandbox' ? 'production' : 'sandbox')),
      ).toEqual([]);
      expect(await ask(await world.createConnection())).toEqual([]);
    });

    test.each<[CheckPhase, boolean]>([
      ['held', false],
      ['ready', false],
      ['sending', true],
      ['unknown', true],
      ['ordered', true],
      ['dismissed', false],
    ])('an opportunity whose order is %s counts as known: %s', async (phase, isKnown) => {
      const connectionId = await world.connect();
      const { opportunityId } = await world.reach(phase, { connectionId, orderNumber: 2 });
      const ids = [opportunityId, 'unseen' as OpportunityId];
      expect(await world.checks.known(connectionId, ids)).toEqual(
        isKnown ? [{ opportunityId, orderNumber: 2 }] : [],
      );
      expect(await world.checks.known(connectionId, [])).toEqual([]);
    });

    test('each order of an opportunity is known by itself', async () => {
      const { connectionId, opportunityId } = await world.reach('ordered');
      await world.reach('sending', { connectionId, opportunityId, orderNumber: 2 });
      await world.reach('held', { connectionId, opportunityId, orderNumber: 3 });
      const known = await world.checks.known(connectionId, [opportunityId]);
      expect(known.map(({ orderNumber }) => orderNumber).sort()).toEqual([1, 2]);
    });
  });

  test('another connection sees nothing and changes nothing', async () => {
    const other = await world.connect();
    const ready = await world.reach('ready');
    const placed = await world.reach('ordered');
    expect(await world.checks.read(other, ready.id)).toBeNull();
    expect(await world.checks.newest(other, ready.opportunityId)).toBeNull();
    expect(await world.checks.known(other, [placed.opportunityId])).toEqual([]);
    expect(await world.checks.listHeld(other)).toEqual([]);
    expect(await world.checks.countOrdersSince(other, 0, null)).toBe(0);
    expect(
      await world.checks.openElsewhere(other, ready.contactId as ContactId, 'x' as OpportunityId),
    ).toEqual([]);
    expect(await world.checks.dismiss(other, ready.id)).toBe(false);
    expect(await world.checks.claim(other, ready.id, 1)).toBe(false);
    await world.checks.recordOrdered(other, ready.id, 'worker-1' as WorkerId, 'posted');
    expect(await world.again(ready)).toEqual(ready);
    const sending = await world.reach('sending');
    await world.checks.release(other, sending.id);
    await world.checks.refuse(other, sending.id, { reason: 'held.turn_rejected', details: [] });
    await world.checks.recordUnknown(other, sending.id, { lookedUp: true, nextSyncAt: null });
    expect(await world.again(sending)).toEqual(sending);
  });

  test('knows no check under an id that was never given', async () => {
    const connectionId = await world.connect();
    expect(await world.checks.read(connectionId, unknownId)).toBeNull();
    expect(await world.checks.newest(connectionId, 'unseen' as OpportunityId)).toBeNull();
    expect(await world.checks.dismiss(connectionId, unknownId)).toBe(false);
  });
};
