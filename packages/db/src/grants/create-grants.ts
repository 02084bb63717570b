import { randomUUID } from 'node:crypto';
import type { Grants } from '@turn-lever/core/ports/grants';
import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';
import type { Sealing } from '../seal.ts';

/** Grants in the connection's row, sealed. Leases lapse by the database's clock, so that no two machines disagree. */
export const createGrants = ({ db }: Pick<Database, 'db'>, { sealing }: { sealing: Sealing }): Grants => ({
  read: (connectionId) =>
    atPort(async () => {
      const [row] = await db
        .select({
          access: connection.accessTokenSealed,
          refresh: connection.refreshTokenSealed,
          expiresAt: connection.expiresAt,
          issuedAt: connection.issuedAt,
          version: connection.version,
        })
        .from(connection)
        .where(eq(connection.id, connectionId));
      if (!row?.access || !row.refresh || row.expiresAt === null) return null;
      const { access, refresh, expiresAt, ...rest } = row;
      const [accessToken, refreshToken] = await Promise.all([
        sealing.unseal(access, { connectionId, column: 'access_token' }),
        sealing.unseal(refresh, { connectionId, column: 'refresh_token' }),
      ]);
      return { accessToken, refreshToken, expiresAt, ...rest };
    }),

  takeRefresh: (connectionId, version, leaseMs) =>
    atPort(async () => {
      const lease = `${version}.${randomUUID()}`;
      const taken = await db
        .update(connection)
        .set({
          refreshLease: lease,
          refreshLeaseUntil: sql`now() + ${leaseMs} * interval '1 millisecond'`,
        })
        .where(
          and(
            eq(connection.id, connectionId),
            eq(connection.version, version),
            isNotNull(connection.refreshTokenSealed),
            or(isNull(connection.refreshLeaseUntil), lte(connection.refreshLeaseUntil, sql`now()`)),
          ),
        )
        .returning({ id: connection.id });
      return taken.length > 0 ? lease : null;
    }),

  store: (connectionId, lease, grant) =>
    atPort(async () => {
      const [accessTokenSealed, refreshTokenSealed] = await Promise.all([
        sealing.seal(grant.accessToken, { connectionId, column: 'access_token' }),
        sealing.seal(grant.refreshToken, { connectionId, column: 'refresh_token' }),
      ]);
      // The lease names its version. Somebody who took over without storing holds a refresh token that was spent for
      // this very pair (`lever-api.md` §2.1: it rotates), so late is better than lost.
      const version = Number(lease.split('.')[0]);
      const stored = await db
        .update(connection)
        .set({
          accessTokenSealed,
          refreshTokenSealed,
          expiresAt: grant.expiresAt,
          issuedAt: grant.issuedAt,
          version: version + 1,
          refreshLease: null,
          refreshLeaseUntil: null,
        })
        .where(
          and(
            eq(connection.id, connectionId),
            eq(connection.version, version),
            isNotNull(connection.refreshTokenSealed),
          ),
        )
        .returning({ id: connection.id });
      return stored.length > 0;
    }),

  giveUp: (connectionId, lease) =>
    atPort(async () => {
      await db
        .update(connection)
        .set({ refreshLease: null, refreshLeaseUntil: null })
        .where(and(eq(connection.id, connectionId), eq(connection.refreshLease, lease)));
    }),
});
