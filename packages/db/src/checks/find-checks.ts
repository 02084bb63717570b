import type { ConnectionId } from '@turn-lever/core/ids';
import type { Checks } from '@turn-lever/core/ports/checks';
import { and, asc, count, desc, eq, gte, inArray, lt, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { backgroundCheck } from '../schema/background-check.ts';
import { connection } from '../schema/connection.ts';
import { checkColumns, toCheck } from './from-check-row.ts';

const isOpen = sql`(${backgroundCheck.phase} in ('ready', 'sending', 'unknown')
  or (${backgroundCheck.phase} = 'ordered'
    and coalesce(${backgroundCheck.status} #>> '{status,group}', 'open') not in ('settled', 'terminal')))`;

/** What nobody here posted was ordered by somebody we know nothing of. */
const isAdopted = sql<boolean>`((${backgroundCheck.phase} = 'ordered' and ${backgroundCheck.sendingAt} is null)
  or (${backgroundCheck.phase} = 'ready' and ${backgroundCheck.deliveryId} is null))`;

/** The connection, and those that the account had to the same environment before. */
const ofSameAccount = (db: Drizzle, connectionId: ConnectionId) => {
  const asking = alias(connection, 'asking');
  return db
    .select({ id: connection.id })
    .from(connection)
    .innerJoin(
      asking,
      and(eq(asking.accountId, connection.accountId), eq(asking.environment, connection.environment)),
    )
    .where(eq(asking.id, connectionId));
};

/** The questions about checks. */
export const createFindChecks = (
  db: Drizzle,
): Pick<
  Checks,
  'newest' | 'read' | 'openElsewhere' | 'countOrdersSince' | 'list' | 'listHeld' | 'countStanding' | 'known'
> => ({
  newest: (connectionId, opportunityId) =>
    atPort(async () => {
      const [row] = await db
        .select(checkColumns)
        .from(backgroundCheck)
        .where(
          and(
            eq(backgroundCheck.connectionId, connectionId),
            eq(backgroundCheck.opportunityId, opportunityId),
          ),
        )
        .orderBy(desc(backgroundCheck.orderNumber))
        .limit(1);
      return row === undefined ? null : toCheck(row);
    }),

  read: (connectionId, checkId) =>
    atPort(async () => {
      const [row] = await db
        .select(checkColumns)
        .from(backgroundCheck)
        .where(and(eq(backgroundCheck.id, checkId), eq(backgroundCheck.connectionId, connectionId)));
      return row === undefined ? null : toCheck(row);
    }),

  openElsewhere: (connectionId, contactId, except) =>
    atPort(async () => {
      const rows = await db
        .select({ packageId: backgroundCheck.packageId, isAdopted })
        .from(backgroundCheck)
        .where(
          and(
            inArray(backgroundCheck.connectionId, ofSameAccount(db, connectionId)),
            eq(backgroundCheck.contactId, contactId),
            ne(backgroundCheck.opportunityId, except),
            isOpen,
          ),
        );
      return rows.map((row) => (row.isAdopted ? 'unknown' : row.packageId));
    }),

  countOrdersSince: (connectionId, since, except) =>
    atPort(async () => {
      const [row] = await db
        .select({ orders: count() })
        .from(backgroundCheck)
        .where(
          and(
            eq(backgroundCheck.connectionId, connectionId),
            gte(backgroundCheck.readyAt, since),
            except === null ? undefined : ne(backgroundCheck.id, except),
          ),
        );
      return row?.orders ?? 0;
    }),

  list: (connectionId, { before, limit }) =>
    atPort(async () => {
      const rows = await db
        .select(checkColumns)
        .from(backgroundCheck)
        .where(
          and(
            eq(backgroundCheck.connectionId, connectionId),
            before === null ? undefined : lt(backgroundCheck.id, before),
          ),
        )
        .orderBy(desc(backgroundCheck.id))
        .limit(limit);
      return rows.map((row) => ({ check: toCheck(row), displayName: row.displayName }));
    }),

  listHeld: (connectionId) =>
    atPort(async () => {
      const rows = await db
        .select(checkColumns)
        .from(backgroundCheck)
        .where(and(eq(backgroundCheck.connectionId, connectionId), sql`${backgroundCheck.phase} = 'held'`))
        .orderBy(asc(backgroundCheck.heldSince), asc(backgroundCheck.id));
      return rows.map(toCheck);
    }),

  countStanding: (connectionId) =>
    atPort(async () => {
      const [row] = await db
        .select({
          open: sql<number>`count(*) filter (where ${isOpen})::int`,
          held: sql<number>`count(*) filter (where ${backgroundCheck.phase} = 'held')::int`,
        })
        .from(backgroundCheck)
        .where(eq(backgroundCheck.connectionId, connectionId));
      return { open: row?.open ?? 0, held: row?.held ?? 0 };
    }),

  known: (connectionId, opportunityIds) =>
    atPort(async () => {
      if (opportunityIds.length === 0) return [];
      return db
        .select({ opportunityId: backgroundCheck.opportunityId, orderNumber: backgroundCheck.orderNumber })
        .from(backgroundCheck)
        .where(
          and(
            eq(backgroundCheck.connectionId, connectionId),
            inArray(backgroundCheck.opportunityId, [...opportunityIds]),
            sql`${backgroundCheck.phase} in ('sending', 'unknown', 'ordered')`,
          ),
        );
    }),
});
