import { describe, expect, test } from 'vitest';
import { type CheckPhase, nothingShown } from '../../src/check.ts';
import type { ConnectionId, PackageId } from '../../src/ids.ts';
import { aLease, aSubject, type ChecksWorld, terms } from './world.ts';

/** Making an order ready, holding it, dismissing it. */
export const describeDeciding = (world: ChecksWorld): void => {
  describe('making an order ready', () => {
    test('makes its row with everything that was decided', async () => {
      const connection = await world.createConnection({ environment: 'sandbox' });
      const subject = aSubject({ statusTags: ['TurnStatus:Error'] });
      const given = { packageId: 'P0000000002' as PackageId, invalidTags: ['TurnPackage:'] };
      const check = await world.checks.makeReady(connection.id, subject, given);
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
      expect(world.isNow(check.createdAt)).toBe(true);
      expect(await world.checks.read(connection.id, check.id)).toEqual(check);
      expect(await world.checks.newest(connection.id, subject.opportunityId)).toEqual(check);
    });

    test('makes one row where many decide the same order at once', async () => {
      const connectionId = await world.connect();
      const subject = aSubject();
      const made = await Promise.all(
        Array.from({ length: 20 }, () => world.checks.makeReady(connectionId, subject, terms)),
      );
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(await world.checks.countOrdersSince(connectionId, world.now() - 60_000, null)).toBe(1);
    });

    test('lets one of two connections to the same Lever account have the order, and refuses the other', async () => {
      const leverAccountId = `shared-lever-account-${aSubject().opportunityId}`;
      const both = [
        await world.createConnection({ leverAccountId, disconnectedAt: world.now() }),
        await world.createConnection({ leverAccountId }),
      ];
      const subject = aSubject();
      const answers = await Promise.allSettled(
        both.map(({ id }) => world.checks.makeReady(id, subject, terms)),
      );
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refusal = answers.find((answer) => answer.status === 'rejected');
      expect(refusal?.reason).toMatchObject({ name: 'PortError', code: 'rejected' });
      const seen = await Promise.all(both.map(({ id }) => world.checks.newest(id, subject.opportunityId)));
      expect(seen.filter((check) => check !== null)).toHaveLength(1);
    });

    test('keeps the sandbox and production of one Lever account apart', async () => {
      const leverAccountId = `shared-lever-account-${aSubject().opportunityId}`;
      const subject = aSubject();
      for (const environment of ['sandbox', 'production'] as const) {
        const { id } = await world.createConnection({ environment, leverAccountId });
        const check = await world.checks.makeReady(id, subject, terms);
        expect(check).toMatchObject({ environment, connectionId: id, isNewest: true });
      }
    });

    test('turns a held order ready, without its hold and with the terms of now', async () => {
      const held = await world.reach('held');
      const subject = world.subjectOf(held, { contactId: null });
      const check = await world.checks.makeReady(held.connectionId, subject, terms);
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
      const dismissed = await world.reach('dismissed');
      const check = await world.checks.makeReady(dismissed.connectionId, world.subjectOf(dismissed), terms);
      expect(check).toMatchObject({ id: dismissed.id, phase: 'ready', dismissedAt: null });
    });

    test('gives an order that is still ready the terms of now', async () => {
      const ready = await world.reach('ready');
      const changed = { packageId: null, invalidTags: ['TurnPackage:x'] };
      expect(
        await world.checks.makeReady(
          ready.connectionId,
          world.subjectOf(ready, { deliveryId: null }),
          changed,
        ),
      ).toMatchObject({ phase: 'ready', ...changed, deliveryId: ready.deliveryId });
      expect(await world.checks.countOrdersSince(ready.connectionId, world.now() - 60_000, null)).toBe(1);
    });

    test('keeps the tags it knew where the opportunity was not read', async () => {
      const held = await world.reach('held');
      await world.checks.hold(
        held.connectionId,
        world.subjectOf(held, { statusTags: ['TurnStatus:Error'] }),
        'held.bulk',
        [],
      );
      const unread = world.subjectOf(held, { statusTags: null });
      expect((await world.checks.hold(held.connectionId, unread, 'held.paused', [])).shown.tags).toEqual([
        'TurnStatus:Error',
      ]);
    });

    test('keeps a tag that a sync added after the opportunity was read as one that may be there', async () => {
      const held = await world.reach('held');
      const read = (statusTags: readonly string[]) =>
        world.checks.hold(held.connectionId, world.subjectOf(held, { statusTags }), 'held.backlog', []);
      await read(['TurnStatus:Error', 'TurnStatus:Emailed']);
      const { shown } = await read(['TurnStatus:Emailed']);
      expect(shown).toMatchObject({ tags: ['TurnStatus:Emailed'], stubborn: { 'TurnStatus:Error': 0 } });
    });

    test.each<CheckPhase>(['sending', 'unknown', 'ordered'])(
      'leaves alone what is %s, and so does a hold',
      async (phase) => {
        const check = await world.reach(phase);
        const subject = world.subjectOf(check, { statusTags: ['TurnStatus:Error'] });
        const changed = { packageId: null, invalidTags: ['x'] };
        expect(await world.checks.makeReady(check.connectionId, subject, changed)).toEqual(check);
        expect(await world.checks.hold(check.connectionId, subject, 'held.backlog', [])).toEqual(check);
        expect(await world.again(check)).toEqual(check);
      },
    );

    test('makes another row for the next order, which is then the newest', async () => {
      const first = await world.reach('ordered');
      const second = await world.checks.makeReady(
        first.connectionId,
        world.subjectOf(first, { orderNumber: 2 }),
        terms,
      );
      expect(second.id).not.toBe(first.id);
      expect(second).toMatchObject({ isNewest: true, orderNumber: 2 });
      expect(second.referenceId).toBe(`lever-production-${first.opportunityId}-2`);
      expect((await world.again(first)).isNewest).toBe(false);
      expect((await world.checks.newest(first.connectionId, first.opportunityId))?.id).toBe(second.id);
      expect((await world.takeSync(first)).check.isNewest).toBe(false);
    });

    test('fails for a connection that does not exist', async () => {
      const connectionId = 'no-connection' as ConnectionId;
      await expect(world.checks.makeReady(connectionId, aSubject(), terms)).rejects.toThrow();
    });
  });

  describe('holding', () => {
    test('makes a row that says why, and is due to be shown in Lever', async () => {
      const connectionId = await world.connect();
      const subject = aSubject({ statusTags: ['TurnStatus:Consider'] });
      const check = await world.checks.hold(connectionId, subject, 'held.package_unclear', ['a', 'b']);
      expect(check).toMatchObject({
        phase: 'held',
        hold: { reason: 'held.package_unclear', details: ['a', 'b'] },
        shown: { tags: ['TurnStatus:Consider'] },
        packageId: null,
      });
      expect(world.isNow(check.hold?.since ?? null)).toBe(true);
      expect((await world.takeSync(check)).check.id).toBe(check.id);
    });

    test('keeps since when it is held while the reason stays, and begins anew with another reason', async () => {
      const first = await world.reach('held');
      await world.pass(3);
      const same = await world.checks.hold(first.connectionId, world.subjectOf(first), 'held.missing_data', [
        'name',
      ]);
      expect(same.hold).toEqual({
        reason: 'held.missing_data',
        details: ['name'],
        since: first.hold?.since,
      });
      const other = await world.checks.hold(first.connectionId, world.subjectOf(first), 'held.backlog', []);
      expect(other.hold).toMatchObject({ reason: 'held.backlog', details: [] });
      expect(other.hold?.since).toBeGreaterThan(first.hold?.since ?? 0);
      expect(other.id).toBe(first.id);
    });

    test.each<CheckPhase>(['ready', 'dismissed'])('takes back what is %s', async (phase) => {
      const check = await world.reach(phase);
      const held = await world.checks.hold(check.connectionId, world.subjectOf(check), 'held.bulk', []);
      expect(held).toMatchObject({ id: check.id, phase: 'held', dismissedAt: check.dismissedAt });
      expect(await world.checks.claim(check.connectionId, check.id, 1000)).toBe(false);
    });

    test('lists what is held, oldest first', async () => {
      const first = await world.reach('held');
      const { connectionId } = first;
      await world.pass(3);
      const second = await world.reach('held', { connectionId });
      await world.reach('ready', { connectionId });
      expect((await world.checks.listHeld(connectionId)).map(({ id }) => id)).toEqual([first.id, second.id]);
    });
  });

  describe('dismissing', () => {
    test.each<CheckPhase>(['held', 'ready'])('ends what is %s, and shows so in Lever', async (phase) => {
      const check = await world.reach(phase);
      expect(await world.checks.dismiss(check.connectionId, check.id)).toBe(true);
      const after = await world.again(check);
      expect(after).toMatchObject({ phase: 'dismissed', hold: null });
      expect(world.isNow(after.dismissedAt)).toBe(true);
      expect(await world.checks.takeSync(check.id, aLease)).not.toBeNull();
      expect(await world.checks.dismiss(check.connectionId, check.id)).toBe(false);
    });

    test.each<CheckPhase>(['held', 'ready'])('ends what is %s without a person’s word', async (phase) => {
      const check = await world.reach(phase);
      expect(await world.checks.end(check.connectionId, check.id)).toBe(true);
      expect(await world.again(check)).toMatchObject({ phase: 'dismissed', hold: null, dismissedAt: null });
      expect(await world.checks.takeSync(check.id, aLease)).not.toBeNull();
      expect(await world.checks.end(check.connectionId, check.id)).toBe(false);
    });

    test.each<CheckPhase>(['sending', 'unknown', 'ordered'])('leaves alone what is %s', async (phase) => {
      const check = await world.reach(phase);
      expect(await world.checks.dismiss(check.connectionId, check.id)).toBe(false);
      expect(await world.checks.end(check.connectionId, check.id)).toBe(false);
      expect(await world.again(check)).toEqual(check);
    });
  });
};
