import type { Inbox } from '@turn-lever/core/ports/inbox';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { rowsOf } from '../rows-of.ts';
import { delivery } from '../schema/delivery.ts';
import { wakeRelay } from './wake-relay.ts';

/** The part of the inbox that changes what waits, without deciding it. Each is one statement: a decision wins or they do. */
export const createDueChanges = (db: Drizzle): Pick<Inbox, 'bringForward' | 'cancel' | 'cancelAll'> => ({
  bringForward: (connectionId, deliveryId) =>
    atPort(async () => {
      const rows = await db
        .update(delivery)
        .set({
          dueAt: sql`now()`,
          queuedAt: null,
          waivers: sql`case when delivery.waivers @> '["wait"]' then delivery.waivers
            else delivery.waivers || '["wait"]' end`,
        })
        .where(
          and(
            eq(delivery.id, deliveryId),
            eq(delivery.connectionId, connectionId),
            eq(delivery.state, 'due'),
            // Not `now()`: that stands still while this statement waits for another one that does the same.
            sql`${delivery.dueAt} > clock_timestamp()`,
            sql`(${delivery.leaseUntil} is null or ${delivery.leaseUntil} < now())`,
          ),
        )
        .returning({ woken: wakeRelay });
      return rows.length > 0;
    }),

  cancel: (connectionId, deliveryId) =>
    atPort(async () => {
      const ended = await endWaiting(db, {
        which: sql`connection_id = ${connectionId} and (id = ${deliveryId} or opportunity_id = (
          select opportunity_id from delivery where id = ${deliveryId} and connection_id = ${connectionId}))`,
        where: sql`exists (select 1 from waiting where id = ${deliveryId})`,
      });
      return ended !== null && ended > 0;
    }),

  cancelAll: (connectionId, opportunityId) =>
    atPort(() =>
      endWaiting(db, {
        which: sql`connection_id = ${connectionId} and opportunity_id = ${opportunityId}`,
        where: sql`true`,
      }),
    ),
});

/** All of them or, where one is being decided, none; null then. In the order of their ids, so that two never block each other. */
const endWaiting = async (
  db: Drizzle,
  { which, where }: { readonly which: SQL; readonly where: SQL },
): Promise<number | null> => {
  const result = await db.execute(sql`
    with waiting as (
      select id, lease_until from delivery where state = 'due' and ${which} order by id for update
    ), ended as (
      update delivery set state = 'settled', settled_at = now(), reason = 'ignored.cancelled',
        check_id = null, trail = '[]', entered_at = null, lease = null, lease_until = null
      where id in (select id from waiting) and ${where}
        and not exists (select 1 from waiting where lease_until >= now())
      returning id
    )
    select (select count(*) from ended)::int as ended,
      exists (select 1 from waiting where lease_until >= now()) as blocked`);
  const [row] = rowsOf<{ ended: number; blocked: boolean }>(result);
  return row === undefined || row.blocked ? null : row.ended;
};
