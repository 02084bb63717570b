import type { Connections } from '@turn-lever/core/ports/connections';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { wakeRelay } from '../inbox/wake-relay.ts';
import { connection } from '../schema/connection.ts';
import { signatureToken } from '../schema/signature-token.ts';
import type { Sealing } from '../seal.ts';
import { connectionChanged } from './connection-saves.ts';

/** The part of `Connections` that makes a link to Lever anew, or ends it. Every process is told once it is committed. */
export const createConnectionLinks = (
  { db }: Pick<Database, 'db'>,
  sealing: Sealing,
): Pick<Connections, 'reconnectLever' | 'disconnect'> => ({
  reconnectLever: (connectionId, grant, now) =>
    atPort(async () => {
      const [accessTokenSealed, refreshTokenSealed] = await Promise.all([
        sealing.seal(grant.accessToken, { connectionId, column: 'access_token' }),
        sealing.seal(grant.refreshToken, { connectionId, column: 'refresh_token' }),
      ]);
      const rows = await db
        .update(connection)
        .set({
          accessTokenSealed,
          refreshTokenSealed,
          expiresAt: grant.expiresAt,
          issuedAt: grant.issuedAt,
          // A refresh under way was taken for the version before, and will find that it is past.
          version: sql`${connection.version} + 1`,
          refreshLease: null,
          refreshLeaseUntil: null,
          leverHealth: 'working',
          orderingSince: now,
          nextSweepAt: sql`now()`,
          sweepQueuedAt: null,
        })
        .where(and(eq(connection.id, connectionId), isNull(connection.disconnectedAt)))
        .returning({
          told: sql`pg_notify(${connectionChanged}, ${connection.id})::text`,
          woken: wakeRelay,
        });
      return rows.length > 0;
    }),

  disconnect: (connectionId, now) =>
    atPort(() =>
      db.transaction(async (tx) => {
        const rows = await tx
          .update(connection)
          .set({
            accessTokenSealed: null,
            refreshTokenSealed: null,
            expiresAt: null,
            issuedAt: null,
            refreshLease: null,
            refreshLeaseUntil: null,
            turnTokenSealed: null,
            disconnectedAt: now,
            nextSweepAt: null,
          })
          .where(and(eq(connection.id, connectionId), isNull(connection.disconnectedAt)))
          .returning({ told: sql`pg_notify(${connectionChanged}, ${connection.id})::text` });
        if (rows.length === 0) return false;
        await tx.delete(signatureToken).where(eq(signatureToken.connectionId, connectionId));
        return true;
      }),
    ),
});
