import type { Inbox } from '@turn-lever/core/ports/inbox';
import { and, eq, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { rowsOf } from '../rows-of.ts';
import { delivery } from '../schema/delivery.ts';
import { wakeRelay } from './wake-relay.ts';

/** The part of the inbox that changes what waits, without deciding it. Each is one statement: a decision wins or they do. */
export const createDueChanges = (db: Drizzle): Pick<Inbox, 'bringForward' | 'cancel'> => ({
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
      const cancelled = sql`state = 'settled', settled_at = now(), reason = 'ignored.cancelled',
        check_id = null, trail = '[]', entered_at = null, lease = null, lease_until = null`;
      const isFree = sql`state = 'due' and (lease_until is null or lease_until < now())`;
      const result = await db.execute(sql`
        with target as (
          update delivery set ${cancelled}
          where id = ${deliveryId} and connection_id = ${connectionId} and ${isFree}
          returning id, opportunity_id
        ), others as (
          update delivery set ${cancelled}
          where connection_id = ${connectionId}
            and opportunity_id = (select opportunity_id from target)
            and id <> ${deliveryId} and ${isFree}
          returning id
        )
        select id from target`);
      return rowsOf<{ id: string }>(result).length > 0;
    }),
});
