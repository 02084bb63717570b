import type { CheckPhase } from '@turn-lever/core/check';
import type { CheckId, ConnectionId } from '@turn-lever/core/ids';
import type { Checks } from '@turn-lever/core/ports/checks';
import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { wakeRelay } from '../inbox/wake-relay.ts';
import { backgroundCheck } from '../schema/background-check.ts';
import { dueNow, unheld } from './check-marks.ts';
import { whileLeased } from './still-leased.ts';

/** An absent note becomes one whose answer was lost, so that it is looked for before it is written. */
const lookedForFirst = (shown: SQL, note: 'turnId' | 'report'): SQL => {
  const path = sql.raw(`'{notes,${note}}'`);
  return sql`jsonb_set(${shown}, ${path}, case background_check.shown #>> ${sql.raw(`'{notes,${note},kind}'`)}
    when 'absent' then '{"kind": "attempted", "text": ""}'::jsonb
    else background_check.shown #> ${path} end)`;
};

/** The steps of an order from the claim on. Each is one conditional `update`: of many at once one finds its phase. */
export const createPlaceCheck = (
  db: Drizzle,
): Pick<Checks, 'dismiss' | 'end' | 'claim' | 'release' | 'refuse' | 'recordOrdered' | 'recordUnknown'> => {
  const isOf = (connectionId: ConnectionId, checkId: CheckId, phases: readonly CheckPhase[]) =>
    and(
      eq(backgroundCheck.id, checkId),
      eq(backgroundCheck.connectionId, connectionId),
      inArray(backgroundCheck.phase, [...phases]),
    );

  /** `dismissedAt` is a person's word; without a new one what was said before stays. */
  const endRow = async (
    connectionId: ConnectionId,
    checkId: CheckId,
    said: { readonly dismissedAt?: SQL },
    condition?: SQL,
  ): Promise<boolean> => {
    const rows = await db
      .update(backgroundCheck)
      .set({ phase: 'dismissed', ...said, ...unheld, ...dueNow })
      .where(and(isOf(connectionId, checkId, ['held', 'ready']), condition))
      .returning({ woken: wakeRelay });
    return rows.length > 0;
  };

  return {
    dismiss: (connectionId, checkId) =>
      atPort(() => endRow(connectionId, checkId, { dismissedAt: sql`now()` })),
    end: (connectionId, checkId, leased) =>
      atPort(() => endRow(connectionId, checkId, {}, whileLeased(db, leased))),

    claim: (connectionId, checkId, lookUpAfterMs, leased) =>
      atPort(async () => {
        const rows = await db
          .update(backgroundCheck)
          .set({
            phase: 'sending',
            sendingAt: sql`now()`,
            lookUps: 0,
            nextSyncAt: sql`now() + ${lookUpAfterMs}::double precision * interval '1 ms'`,
            // A sync that is under way for an earlier reason must not bring the look-up forward.
            leaseWakeCount: sql`background_check.wake_count`,
            queuedAt: null,
          })
          .where(and(isOf(connectionId, checkId, ['ready']), whileLeased(db, leased)))
          .returning({ id: backgroundCheck.id });
        return rows.length > 0;
      }),

    release: (connectionId, checkId) =>
      atPort(async () => {
        await db
          .update(backgroundCheck)
          .set({ phase: 'ready', sendingAt: null })
          .where(isOf(connectionId, checkId, ['sending']));
      }),

    refuse: (connectionId, checkId, { reason, details }) =>
      atPort(async () => {
        await db
          .update(backgroundCheck)
          .set({
            phase: 'held',
            holdReason: reason,
            holdDetails: details,
            heldSince: sql`now()`,
            sendingAt: null,
            ...dueNow,
          })
          .where(isOf(connectionId, checkId, ['sending']))
          .returning({ woken: wakeRelay });
      }),

    recordOrdered: (connectionId, checkId, workerId, how) =>
      atPort(async () => {
        await db
          .update(backgroundCheck)
          .set({
            phase: 'ordered',
            orderedAt: sql`now()`,
            dismissedAt: null,
            workerId,
            ...unheld,
            ...dueNow,
            ...(how === 'adopted'
              ? { shown: lookedForFirst(lookedForFirst(sql`background_check.shown`, 'turnId'), 'report') }
              : {}),
          })
          .where(
            and(
              eq(backgroundCheck.id, checkId),
              eq(backgroundCheck.connectionId, connectionId),
              ne(backgroundCheck.phase, 'ordered'),
            ),
          )
          .returning({ woken: wakeRelay });
      }),

    recordUnknown: (connectionId, checkId, { lookedUp, nextSyncAt }) =>
      atPort(async () => {
        const hold =
          nextSyncAt === null
            ? { holdReason: 'held.unknown_result' as const, holdDetails: [], heldSince: sql`now()` }
            : unheld;
        await db
          .update(backgroundCheck)
          .set({
            phase: 'unknown',
            lookUps: sql`background_check.look_ups + ${lookedUp ? 1 : 0}`,
            nextSyncAt,
            queuedAt: null,
            ...hold,
          })
          .where(isOf(connectionId, checkId, ['sending', 'unknown']))
          .returning({ woken: sql`case when next_sync_at <= now() then ${wakeRelay} end` });
      }),
  };
};
