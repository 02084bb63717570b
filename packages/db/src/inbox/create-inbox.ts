import { randomUUID } from 'node:crypto';
import type { ConnectionId } from '@turn-lever/core/ids';
import type { Inbox, LeasedDelivery, StageEntry } from '@turn-lever/core/ports/inbox';
import { and, count, desc, eq, max, type SQL, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { rowsOf } from '../rows-of.ts';
import { delivery } from '../schema/delivery.ts';
import { batchReceives, defaultBatchLimits, type ReceiveBatching } from './batch-receives.ts';
import { createDueChanges } from './due-changes.ts';
import { toDelivery, toStoredDelivery } from './from-delivery-row.ts';
import { createReopen } from './reopen.ts';
import { storeDeliveries } from './store-deliveries.ts';
import { wakeRelay } from './wake-relay.ts';

/**
 * The inbox in our database. `receive` shares statements between concurrent callers (see `batchReceives`). `close` waits
 * for what is being stored; a `receive` after it throws `unavailable`.
 */
export const createInbox = (
  database: Pick<Database, 'db' | 'runPrepared'>,
  limits: Partial<ReceiveBatching> = {},
): Inbox & { close(): Promise<void> } => {
  const { db } = database;
  const batching = batchReceives((rows) => storeDeliveries(database, rows), {
    ...defaultBatchLimits,
    ...limits,
  });

  const isLeasedBy = ({ delivery: { id }, lease }: LeasedDelivery): SQL | undefined =>
    and(eq(delivery.id, id), eq(delivery.lease, lease), eq(delivery.state, 'due'));

  return {
    receive: batching.receive,
    close: batching.close,

    take: (deliveryId, leaseMs) =>
      atPort(async () => {
        const [row] = await db
          .update(delivery)
          .set({
            lease: randomUUID(),
            leaseUntil: sql`now() + ${leaseMs}::double precision * interval '1 ms'`,
          })
          .where(
            and(
              eq(delivery.id, deliveryId),
              eq(delivery.state, 'due'),
              sql`${delivery.dueAt} <= now()`,
              sql`(${delivery.leaseUntil} is null or ${delivery.leaseUntil} < now())`,
            ),
          )
          .returning();
        return row === undefined || row.lease === null
          ? null
          : { delivery: toDelivery(row), lease: row.lease };
      }),

    settle: (leased, { reason, checkId, trail, enteredAt }) =>
      atPort(async () => {
        const rows = await db
          .update(delivery)
          .set({
            state: 'settled',
            settledAt: sql`now()`,
            reason,
            checkId,
            trail,
            enteredAt,
            lease: null,
            leaseUntil: null,
          })
          .where(isLeasedBy(leased))
          .returning({ id: delivery.id });
        return rows.length > 0;
      }),

    postpone: (leased, dueAt) =>
      atPort(async () => {
        const rows = await db
          .update(delivery)
          .set({
            dueAt,
            attempts: sql`${delivery.attempts} + 1`,
            lease: null,
            leaseUntil: null,
            queuedAt: null,
          })
          .where(isLeasedBy(leased))
          .returning({ woken: sql`case when due_at <= now() then ${wakeRelay} end` });
        return rows.length > 0;
      }),

    ...createReopen(db),
    ...createDueChanges(db),

    newestWish: (connectionId, opportunityId, { event, orderNumber }) =>
      atPort(async () => {
        const [row] = await db
          .select({ id: delivery.id, receivedAt: delivery.receivedAt })
          .from(delivery)
          .where(
            and(
              eq(delivery.connectionId, connectionId),
              eq(delivery.opportunityId, opportunityId),
              eq(delivery.source, 'person'),
              eq(delivery.event, event),
              eq(delivery.orderNumber, orderNumber),
            ),
          )
          .orderBy(desc(delivery.id))
          .limit(1);
        return row ?? null;
      }),

    undecided: (connectionId, entries) => atPort(() => undecided(db, connectionId, entries)),

    turnedDownAt: (connectionId, opportunityId) =>
      atPort(async () => {
        const [row] = await db
          .select({ at: max(delivery.settledAt) })
          .from(delivery)
          .where(
            and(
              eq(delivery.connectionId, connectionId),
              eq(delivery.opportunityId, opportunityId),
              eq(delivery.state, 'settled'),
              byPerson,
            ),
          );
        return row?.at ?? null;
      }),

    countWaiting: (connectionId) =>
      atPort(async () => {
        const [row] = await db
          .select({ waiting: count() })
          .from(delivery)
          .where(and(eq(delivery.connectionId, connectionId), eq(delivery.state, 'due')));
        return row?.waiting ?? 0;
      }),

    read: (connectionId, deliveryId) =>
      atPort(async () => {
        const [row] = await db
          .select()
          .from(delivery)
          .where(and(eq(delivery.id, deliveryId), eq(delivery.connectionId, connectionId)));
        return row === undefined ? null : toStoredDelivery(row);
      }),
  };
};

/** A person cancelled or discarded it. */
const byPerson = sql`(${delivery.reason} = 'ignored.cancelled'
  or (${delivery.reason} = 'ignored.dismissed' and ${delivery.source} = 'person'))`;

/** Lever's times come from different records of one move: within a second they are the same entry. */
const undecided = async (
  db: Database['db'],
  connectionId: ConnectionId,
  entries: readonly StageEntry[],
): Promise<readonly StageEntry[]> => {
  if (entries.length === 0) return [];
  const given = JSON.stringify(
    entries.map(({ opportunityId, enteredAt }, position) => ({
      position,
      opportunity_id: opportunityId,
      entered_at: new Date(enteredAt).toISOString(),
    })),
  );
  const result = await db.execute(sql`
    select given.position
    from jsonb_to_recordset(${given}::text::jsonb)
      as given (position int, opportunity_id text, entered_at timestamptz)
    where not exists (
      select 1 from delivery
      where delivery.connection_id = ${connectionId}
        and delivery.opportunity_id = given.opportunity_id
        and (delivery.state = 'due'
          or (delivery.settled_at >= given.entered_at and ${byPerson})
          or delivery.reason <> 'ignored.before_connect' and delivery.entered_at between given.entered_at - interval '1 s' and given.entered_at + interval '1 s'))`);
  const open = new Set(rowsOf<{ position: number }>(result).map(({ position }) => position));
  return entries.filter((_, position) => open.has(position));
};
