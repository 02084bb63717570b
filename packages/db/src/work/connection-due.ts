import type { ConnectionId } from '@turn-lever/core/ids';
import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';

/** What comes round for every connection, with the columns that say when. */
const rounds = {
  sweep: { next: 'nextSweepAt', queued: 'sweepQueuedAt' },
  'keep alive': { next: 'nextKeepAliveAt', queued: 'keepAliveQueuedAt' },
} as const;

/** Name of something that comes round for every connection. */
export type Round = keyof typeof rounds;

/** Whether it is still due for a connection: a job that comes late may find it done. */
export const isRoundDue = async (
  { db }: Pick<Database, 'db'>,
  round: Round,
  id: ConnectionId,
): Promise<boolean> => {
  const dueAt = connection[rounds[round].next];
  const due = await db
    .select({ id: connection.id })
    .from(connection)
    .where(and(eq(connection.id, id), isNull(connection.disconnectedAt), lte(dueAt, sql`now()`)));
  return due.length > 0;
};

/** Sets the next time, `every` ms a tenth more or less from now; not where somebody asked for one meanwhile. */
export const scheduleRound = async (
  { db }: Pick<Database, 'db'>,
  round: Round,
  id: ConnectionId,
  every: number,
): Promise<void> => {
  const { next, queued } = rounds[round];
  const wait = sql`${every}::double precision * (0.9 + 0.2 * random()) * interval '1 millisecond'`;
  await db
    .update(connection)
    .set({ [next]: sql`now() + ${wait}` })
    .where(and(eq(connection.id, id), lte(connection[next], connection[queued])));
};
