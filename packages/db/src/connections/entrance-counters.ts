import type { ConnectionId } from '@turn-lever/core/ids';
import type { Connections } from '@turn-lever/core/ports/connections';
import { and, desc, eq, lte, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';
import { refusalSample } from '../schema/refusal-sample.ts';

const mostSamples = 20;

/** The part of `Connections` that counts what came to the door without becoming a delivery. */
export const createEntranceCounters = ({
  db,
}: Pick<Database, 'db'>): Pick<Connections, 'countPing' | 'countRefused' | 'readCounters'> => ({
  countPing: (connectionId, signedAt) =>
    atPort(async () => {
      await db
        .update(connection)
        .set({
          pings: sql`${connection.pings} + 1`,
          ...(signedAt !== null && { lastPingAt: signedAt }),
        })
        .where(eq(connection.id, connectionId));
    }),

  countRefused: (connectionId, reason, at) =>
    atPort(() =>
      db.transaction(async (tx) => {
        const counted = await tx
          .update(connection)
          .set({
            refused: sql`jsonb_set(${connection.refused}, array[${reason}::text],
              to_jsonb(coalesce((${connection.refused} ->> ${reason}::text)::int, 0) + 1))`,
          })
          .where(eq(connection.id, connectionId))
          .returning({ id: connection.id });
        if (counted.length === 0) return;
        await tx.insert(refusalSample).values({ connectionId, reason, at });
        // The update above holds the row, so of one connection only one of these runs at a time.
        const tooOld = tx
          .select({ id: refusalSample.id })
          .from(refusalSample)
          .where(eq(refusalSample.connectionId, connectionId))
          .orderBy(desc(refusalSample.id))
          .offset(mostSamples)
          .limit(1);
        await tx
          .delete(refusalSample)
          .where(and(eq(refusalSample.connectionId, connectionId), lte(refusalSample.id, sql`(${tooOld})`)));
      }),
    ),

  readCounters: (connectionId) =>
    atPort(async () => {
      const [row] = await db
        .select({ pings: connection.pings, refused: connection.refused })
        .from(connection)
        .where(eq(connection.id, connectionId));
      return { pings: 0, refused: {}, ...row, samples: await readSamples(db, connectionId) };
    }),
});

const readSamples = (db: Database['db'], connectionId: ConnectionId) =>
  db
    .select({ reason: refusalSample.reason, at: refusalSample.at })
    .from(refusalSample)
    .where(eq(refusalSample.connectionId, connectionId))
    .orderBy(desc(refusalSample.id))
    .limit(mostSamples);
