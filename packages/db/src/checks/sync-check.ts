import { randomUUID } from 'node:crypto';
import type { Checks, LeasedCheck } from '@turn-lever/core/ports/checks';
import { and, eq, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { wakeRelay } from '../inbox/wake-relay.ts';
import { backgroundCheck } from '../schema/background-check.ts';
import { dueNow } from './check-marks.ts';
import { checkColumns, toCheck } from './from-check-row.ts';

/**
 * One sync at a time for each check, by a lease on its row. While it runs the row is due at the lease's end, so that a
 * crash is made good; any other time found there at the end was set by another step meanwhile and is kept.
 */
export const createSyncCheck = (
  db: Drizzle,
): Pick<Checks, 'wake' | 'takeSync' | 'saveSync' | 'finishSync'> => {
  const isLeasedBy = ({ check, lease }: LeasedCheck) =>
    and(eq(backgroundCheck.id, check.id), eq(backgroundCheck.lease, lease));

  return {
    wake: (connectionId, workerId) =>
      atPort(async () => {
        const rows = await db
          .update(backgroundCheck)
          .set(dueNow)
          .where(and(eq(backgroundCheck.connectionId, connectionId), eq(backgroundCheck.workerId, workerId)))
          .returning({ woken: wakeRelay });
        return rows.length > 0;
      }),

    takeSync: (checkId, leaseMs) =>
      atPort(async () => {
        const leaseEnd = sql`now() + ${leaseMs}::double precision * interval '1 ms'`;
        const [row] = await db
          .update(backgroundCheck)
          .set({
            lease: randomUUID(),
            leaseUntil: leaseEnd,
            nextSyncAt: leaseEnd,
            leaseWakeCount: sql`${backgroundCheck.wakeCount}`,
          })
          .where(
            and(
              eq(backgroundCheck.id, checkId),
              sql`${backgroundCheck.nextSyncAt} <= now()`,
              sql`(${backgroundCheck.leaseUntil} is null or ${backgroundCheck.leaseUntil} < now())`,
            ),
          )
          .returning(checkColumns);
        return row === undefined || row.lease === null ? null : { check: toCheck(row), lease: row.lease };
      }),

    saveSync: (leased, progress) =>
      atPort(async () => {
        const rows = await db
          .update(backgroundCheck)
          // The lease is there for the case that nothing else is: an empty `set` is no statement.
          .set({ lease: leased.lease, ...progress })
          .where(isLeasedBy(leased))
          .returning({ id: backgroundCheck.id });
        return rows.length > 0;
      }),

    finishSync: (leased, { nextSyncAt, failed }) =>
      atPort(async () => {
        const asked = nextSyncAt === null ? null : new Date(nextSyncAt).toISOString();
        const rows = await db
          .update(backgroundCheck)
          .set({
            nextSyncAt: sql`case
              when background_check.wake_count > background_check.lease_wake_count then now()
              else coalesce(nullif(background_check.next_sync_at, background_check.lease_until), ${asked}::timestamptz)
              end`,
            failures: failed ? sql`background_check.failures + 1` : 0,
            lease: null,
            leaseUntil: null,
            leaseWakeCount: null,
            queuedAt: null,
          })
          .where(isLeasedBy(leased))
          .returning({ woken: sql`case when next_sync_at <= now() then ${wakeRelay} end` });
        return rows.length > 0;
      }),
  };
};
