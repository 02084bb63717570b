import type { Check } from '@turn-lever/core/check';
import type { ContactId, CorrelationId, OpportunityId, WorkerId } from '@turn-lever/core/ids';
import type { CheckSubject } from '@turn-lever/core/ports/checks';
import { canary } from '@turn-lever/core/testing/canaries';
import { eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { createChecks } from '../src/checks/create-checks.ts';
import { newId } from '../src/new-id.ts';
import { backgroundCheck } from '../src/schema/background-check.ts';
import { eachDatabase } from '../testing/databases.ts';
import { insertConnection } from './insert-connection.ts';

const terms = { packageId: null, invalidTags: [] };

const aSubject = (given: Partial<CheckSubject> = {}): CheckSubject => ({
  opportunityId: newId<OpportunityId>(),
  contactId: newId<ContactId>(),
  orderNumber: 1,
  deliveryId: null,
  correlationId: newId<CorrelationId>(),
  displayName: canary.name,
  statusTags: [],
  ...given,
});

eachDatabase((database) => {
  const rowOf = async ({ id }: Check) => {
    const [row] = await database().db.select().from(backgroundCheck).where(eq(backgroundCheck.id, id));
    if (row === undefined) throw new Error('Expected the check to be kept.');
    return row;
  };
  /** As the relay does when it makes a job of it. */
  const queue = ({ id }: Check) =>
    database().db.update(backgroundCheck).set({ queuedAt: Date.now() }).where(eq(backgroundCheck.id, id));

  test('whatever makes a check due wakes the relay, and lets it make another job', async () => {
    const checks = createChecks(database());
    const { id: connectionId } = await insertConnection(database());
    const heard: string[] = [];
    const end = await database().listen('work', (payload) => heard.push(payload));
    const subject = aSubject();
    const check = await checks.hold(connectionId, subject, 'held.missing_data', []);
    const step = async (act: () => Promise<unknown>, times: number): Promise<void> => {
      await queue(check);
      await act();
      expect((await rowOf(check)).queuedAt).toBeNull();
      await vi.waitFor(() => expect(heard).toHaveLength(times));
    };
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    await step(() => checks.hold(connectionId, subject, 'held.missing_data', []), 2);
    await step(() => checks.dismiss(connectionId, check.id), 3);
    await checks.makeReady(connectionId, subject, terms);
    await step(() => checks.claim(connectionId, check.id, 60_000), 3);
    await step(() => checks.refuse(connectionId, check.id, { reason: 'held.turn_rejected', details: [] }), 4);
    await step(() => checks.recordOrdered(connectionId, check.id, 'worker-1' as WorkerId, 'posted'), 5);
    await step(() => checks.wake(connectionId, 'worker-1' as WorkerId), 6);
    const leased = await checks.takeSync(check.id, 60_000);
    if (leased === null) throw new Error('Expected the check to be due.');
    await step(() => checks.finishSync(leased, { nextSyncAt: Date.now() - 1, failed: false }), 7);
    await end();
  });

  test('the name to show is kept as it was given, and stays where it was not read again', async () => {
    const checks = createChecks(database());
    const { id: connectionId } = await insertConnection(database());
    const subject = aSubject();
    const check = await checks.makeReady(connectionId, subject, terms);
    expect((await rowOf(check)).displayName).toBe(canary.name);
    await checks.makeReady(connectionId, { ...subject, displayName: null }, terms);
    expect((await rowOf(check)).displayName).toBe(canary.name);
    expect(JSON.stringify(check)).not.toContain('canary');
  });

  test('R49 two holds and two readies of one order at once leave one row', async () => {
    const checks = createChecks(database());
    const { id: connectionId } = await insertConnection(database());
    for (let round = 0; round < 20; round++) {
      const subject = aSubject();
      const made = await Promise.all([
        checks.makeReady(connectionId, subject, terms),
        checks.hold(connectionId, subject, 'held.backlog', []),
        checks.makeReady(connectionId, subject, terms),
        checks.hold(connectionId, subject, 'held.backlog', []),
      ]);
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    }
  });

  test('R87 what was written by an older program, or by hand, is read without harm', async () => {
    const checks = createChecks(database());
    const { id: connectionId } = await insertConnection(database());
    const check = await checks.makeReady(connectionId, aSubject(), terms);
    await database()
      .db.update(backgroundCheck)
      .set({
        status: { raw: 'clear' } as never,
        shown: { notes: { turnId: { kind: 'written' }, held: 'x' } } as never,
      })
      .where(eq(backgroundCheck.id, check.id));
    expect(await checks.read(connectionId, check.id)).toMatchObject({
      status: null,
      shown: {
        tags: [],
        stubborn: {},
        notes: {
          turnId: { kind: 'attempted', text: '' },
          report: { kind: 'absent' },
          held: { kind: 'absent' },
        },
      },
    });
  });
});
