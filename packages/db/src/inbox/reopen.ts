import type { ConnectionId, DeliveryId } from '@turn-lever/core/ids';
import type { Inbox } from '@turn-lever/core/ports/inbox';
import { and, eq, ne, type SQL, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { delivery } from '../schema/delivery.ts';
import { wakeRelay } from './wake-relay.ts';

/** The part of the inbox that makes settled deliveries due again. One statement each: of two at once one does it. */
export const createReopen = (db: Drizzle): Pick<Inbox, 'reopen' | 'replay'> => {
  const makeDue = async (
    connectionId: ConnectionId,
    deliveryId: DeliveryId,
    given: Partial<Pick<typeof delivery.$inferInsert, 'foundTogether' | 'waivers' | 'orderNumber'>>,
    onlyWhere?: SQL,
  ): Promise<boolean> => {
    const rows = await db
      .update(delivery)
      .set({
        state: 'due',
        dueAt: sql`now()`,
        attempts: 0,
        queuedAt: null,
        lease: null,
        leaseUntil: null,
        reason: null,
        settledAt: null,
        checkId: null,
        trail: [],
        enteredAt: null,
        ...given,
      })
      .where(
        and(
          eq(delivery.id, deliveryId),
          eq(delivery.connectionId, connectionId),
          eq(delivery.state, 'settled'),
          onlyWhere,
        ),
      )
      .returning({ woken: wakeRelay });
    return rows.length > 0;
  };

  return {
    reopen: (connectionId, deliveryId, foundTogether) =>
      atPort(() => makeDue(connectionId, deliveryId, foundTogether === undefined ? {} : { foundTogether })),

    replay: (connectionId, deliveryId) =>
      atPort(() =>
        makeDue(
          connectionId,
          deliveryId,
          { waivers: [], orderNumber: null },
          and(ne(delivery.source, 'person'), sql`not ${wasDiscardedSince}`),
        ),
      ),
  };
};

const wasDiscardedSince = sql`exists (
  select 1 from delivery as discard
  where discard.connection_id = delivery.connection_id
    and discard.opportunity_id = delivery.opportunity_id
    and discard.source = 'person'
    and discard.reason = 'ignored.dismissed'
    and discard.settled_at >= delivery.received_at)`;
