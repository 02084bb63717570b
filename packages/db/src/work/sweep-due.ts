import type { ConnectionId } from '@turn-lever/core/ids';
import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';

/** Whether a connection is still to be swept: a job that comes late may find it done. */
export const isSweepDue = async ({ db }: Pick<Database, 'db'>, id: ConnectionId): Promise<boolean> => {
  const due = await db
    .select({ id: connection.id })
    .from(connection)
    .where(
      and(eq(connection.id, id), isNull(connection.disconnectedAt), lte(connection.nextSweepAt, sql`now()`)),
    );
  return due.length > 0;
};

/** Sets the next sweep, `sweepEvery` ms a tenth more or less from now; not where somebody asked for one meanwhile. */
export const scheduleSweep = async (
  { db }: Pick<Database, 'db'>,
  id: ConnectionId,
  sweepEvery: number,
): Promise<void> => {
  const wait = sql`${sweepEvery}::double precision * (0.9 + 0.2 * random()) * interval '1 millisecond'`;
  await db
    .update(connection)
    .set({ nextSweepAt: sql`now() + ${wait}` })
    .where(and(eq(connection.id, id), lte(connection.nextSweepAt, connection.sweepQueuedAt)));
};
