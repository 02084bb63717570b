import { eq, isNotNull, or, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { backgroundCheck } from '../schema/background-check.ts';
import { connection } from '../schema/connection.ts';
import { delivery } from '../schema/delivery.ts';

/**
 * Called once at start, before anything works on the database. Embedded: we hold its lock, so whoever had a lease, a
 * queue mark or a running job is dead, and all of it is due again at once. On a server others may be alive, and leases
 * lapse by themselves. On both, orders whose answer may have been lost are looked up at once: a look-up is harmless.
 */
export const forgetDeadProcess = async ({ kind, db }: Pick<Database, 'kind' | 'db'>): Promise<void> => {
  await db.transaction(async (tx) => {
    if (kind === 'embedded') {
      const lapsed = { lease: null, leaseUntil: null, queuedAt: null };
      for (const table of [delivery, backgroundCheck]) {
        await tx
          .update(table)
          .set(lapsed)
          .where(or(isNotNull(table.lease), isNotNull(table.queuedAt)));
      }
      await tx.update(connection).set({
        refreshLease: null,
        refreshLeaseUntil: null,
        sweepQueuedAt: null,
        keepAliveQueuedAt: null,
      });
      await tx.execute(removeJobs);
    }
    await tx
      .update(backgroundCheck)
      .set({
        nextSyncAt: sql`now()`,
        queuedAt: null,
        wakeCount: sql`${backgroundCheck.wakeCount} + 1`,
      })
      .where(eq(backgroundCheck.phase, 'sending'));
  });
};

// Every due row gets a new job. On the first start pg-boss has no tables yet.
const removeJobs = sql`
  do $$ begin
    if to_regclass('pgboss.job') is not null then
      delete from pgboss.job
        where name in ('process-delivery', 'sync-check', 'sweep-connection', 'keep-grant-alive');
    end if;
  end $$`;
