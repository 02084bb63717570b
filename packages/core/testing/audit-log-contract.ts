import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId, ConnectionId, Instant } from '../src/ids.ts';
import type { AuditEntry, AuditLog } from '../src/ports/audit-log.ts';

/** What the contract needs around an audit log. */
export interface AuditLogHarness {
  readonly auditLog: AuditLog;
  createConnection(): Promise<ConnectionId>;
  /** The store's own clock. */
  now(): Instant;
  close(): Promise<void>;
}

/** What every `AuditLog` promises. The harness is made once; each test has connections of its own. */
export const describeAuditLogContract = (
  name: string,
  createHarness: () => Promise<AuditLogHarness>,
): void => {
  describe(`audit log: ${name}`, () => {
    let harness: AuditLogHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    const anEntry = (given: Partial<AuditEntry> = {}): Omit<AuditEntry, 'at'> => ({
      personId: 'person-1',
      role: 'super-admin',
      action: 'order anyway',
      subject: 'check-1',
      outcome: 'begun',
      before: { phase: 'held', reason: 'held.left_stage', orderNumber: 1, paused: false, tags: ['a', "b'"] },
      after: { waiver: 'left-stage', package: null },
      ...given,
    });

    test('keeps an entry as it was given, with when it was written', async () => {
      const connectionId = await harness.createConnection();
      const before = harness.now();
      await harness.auditLog.append(connectionId, anEntry());
      const after = harness.now();
      const [entry, ...others] = await harness.auditLog.list(connectionId, 10);
      expect(others).toEqual([]);
      const { at, ...rest } = entry ?? { at: 0 };
      expect(rest).toEqual(anEntry());
      // One ms to either side for a store that cuts below the ms.
      expect(at).toBeGreaterThanOrEqual(before - 1);
      expect(at).toBeLessThanOrEqual(after + 1);
    });

    test('keeps two equal entries', async () => {
      const connectionId = await harness.createConnection();
      await harness.auditLog.append(connectionId, anEntry());
      await harness.auditLog.append(connectionId, anEntry());
      expect(await harness.auditLog.list(connectionId, 10)).toHaveLength(2);
    });

    test('lists the newest first, and no more than was asked for', async () => {
      const connectionId = await harness.createConnection();
      for (const subject of ['one', 'two', 'three']) {
        await harness.auditLog.append(connectionId, anEntry({ subject }));
      }
      const listed = await harness.auditLog.list(connectionId, 2);
      expect(listed.map(({ subject }) => subject)).toEqual(['three', 'two']);
    });

    test("does not show another connection's entries", async () => {
      const [mine, theirs] = [await harness.createConnection(), await harness.createConnection()];
      await harness.auditLog.append(theirs, anEntry());
      expect(await harness.auditLog.list(mine, 10)).toEqual([]);
      expect(await harness.auditLog.list(theirs, 10)).toHaveLength(1);
    });

    test("keeps an account's own entries apart from its connections', and from other accounts'", async () => {
      const connectionId = await harness.createConnection();
      const [mine, theirs] = [`${connectionId}-mine` as AccountId, `${connectionId}-theirs` as AccountId];
      await harness.auditLog.append(connectionId, anEntry({ subject: 'of the connection' }));
      await harness.auditLog.appendOfAccount(mine, { ...anEntry({ subject: 'one' }), action: 'set up' });
      await harness.auditLog.appendOfAccount(theirs, anEntry({ subject: 'another' }));
      await harness.auditLog.appendOfAccount(mine, anEntry({ subject: 'two' }));
      const listed = await harness.auditLog.listOfAccount(mine, 10);
      expect(listed.map(({ subject }) => subject)).toEqual(['two', 'one']);
      expect(listed[1]?.action).toBe('set up');
      expect(await harness.auditLog.listOfAccount(mine, 1)).toHaveLength(1);
      expect(await harness.auditLog.list(connectionId, 10)).toHaveLength(1);
    });
  });
};
