import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { rowsOf } from '../src/rows-of.ts';
import { backgroundCheck } from '../src/schema/background-check.ts';
import { connection } from '../src/schema/connection.ts';
import { delivery } from '../src/schema/delivery.ts';
import { forgetDeadProcess } from '../src/work/forget-dead-process.ts';
import { startWork } from '../src/work/start-work.ts';
import { storeAccount } from '../testing/an-account.ts';
import { eachDatabase } from '../testing/databases.ts';
import { storeCheck, storeDue } from './work-rows.ts';

const held = () => ({ lease: 'lease', leaseUntil: Date.now() + 60_000, queuedAt: Date.now() });

eachDatabase((database, kind) => {
  test('does no harm on a database that is new', async () => {
    await expect(forgetDeadProcess(database())).resolves.toBeUndefined();
  });

  test(`leases and queue marks ${kind === 'embedded' ? 'are forgotten' : 'stay: others may be alive'}`, async () => {
    const { db } = database();
    const connectionId = await storeAccount(database());
    const [deliveryId] = await storeDue(database(), 1, held());
    const checkId = await storeCheck(database(), connectionId, held());
    await db
      .update(connection)
      .set({ refreshLease: 'lease', refreshLeaseUntil: Date.now() + 60_000, sweepQueuedAt: Date.now() })
      .where(eq(connection.id, connectionId));
    await forgetDeadProcess(database());
    const isKept = kind === 'server';
    for (const table of [delivery, backgroundCheck]) {
      const rows = await db
        .select({ id: table.id, lease: table.lease, until: table.leaseUntil, queuedAt: table.queuedAt })
        .from(table);
      expect(rows.map(({ id }) => id)).toContain(table === delivery ? deliveryId : checkId);
      for (const { lease, until, queuedAt } of rows) {
        expect([lease, until, queuedAt].map((value) => value !== null)).toEqual([isKept, isKept, isKept]);
      }
    }
    const [row] = await db.select().from(connection).where(eq(connection.id, connectionId));
    expect(row?.refreshLease).toBe(isKept ? 'lease' : null);
    expect(row?.sweepQueuedAt === null).toBe(!isKept);
  });

  test('an order whose answer may be lost is looked up at once, others wait for their time', async () => {
    const connectionId = await storeAccount(database());
    const later = Date.now() + 60_000;
    const sending = await storeCheck(database(), connectionId, { phase: 'sending', nextSyncAt: later });
    const ordered = await storeCheck(database(), connectionId, { phase: 'ordered', nextSyncAt: later });
    await forgetDeadProcess(database());
    const rows = await database().db.select().from(backgroundCheck);
    const dueAt = (id: string) => rows.find((row) => row.id === id)?.nextSyncAt;
    expect(dueAt(sending)).toBeLessThanOrEqual(Date.now());
    expect(dueAt(ordered)).toBe(later);
  });

  test.runIf(kind === 'embedded')(
    'jobs of the process that died do not keep theirs from running',
    async () => {
      const nothing = async () => {};
      const idle = {
        processDelivery: nothing,
        syncCheck: nothing,
        sweepConnection: nothing,
        keepGrantAlive: nothing,
      };
      const work = await startWork(database(), { handlers: idle, onError: () => {} });
      await work.stop(1000);
      const { db } = database();
      await db.execute(
        sql`insert into pgboss.job (name, state, singleton_key, policy) values ('sync-check', 'active', 'x', 'stately')`,
      );
      await forgetDeadProcess(database());
      expect(
        rowsOf(await db.execute(sql`select id::text from pgboss.job where singleton_key = 'x'`)),
      ).toEqual([]);
    },
  );
});
