import type { Connections } from '@turn-lever/core/ports/connections';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import { atPort, violatedConstraint } from '../at-port.ts';
import type { Database } from '../database.ts';
import { wakeRelay } from '../inbox/wake-relay.ts';
import { authorizationRequest } from '../schema/authorization-request.ts';
import { connection } from '../schema/connection.ts';
import { signatureToken } from '../schema/signature-token.ts';
import type { Sealing } from '../seal.ts';
import { connectionChanged } from './connection-saves.ts';
import { sealNewKeys, toUnconnected } from './unconnected.ts';

/** The part of `Connections` that makes a link to Lever, or ends it. Every process is told once it is committed. */
export const createConnectionLinks = (
  { db }: Pick<Database, 'db'>,
  sealing: Sealing,
): Pick<Connections, 'connectLever' | 'disconnect'> => ({
  connectLever: (connectionId, { environment, leverAccountId, grant, ...authorization }, now) =>
    atPort(async () => {
      const [accessTokenSealed, refreshTokenSealed] = await Promise.all([
        sealing.seal(grant.accessToken, { connectionId, column: 'access_token' }),
        sealing.seal(grant.refreshToken, { connectionId, column: 'refresh_token' }),
      ]);
      const { personId, at, permissions, leverUserId, endsAt } = authorization;
      // Asked again in the statement: two people may come back from Lever at the same moment.
      const takesAnyAccount = eq(connection.leverAccountId, connection.id);
      try {
        const rows = await db
          .update(connection)
          .set({
            accessTokenSealed,
            refreshTokenSealed,
            expiresAt: grant.expiresAt,
            issuedAt: grant.issuedAt,
            environment,
            authorization: { personId, at, permissions, leverUserId, endsAt },
            ...(leverAccountId !== '' && { leverAccountId }),
            // A refresh under way was taken for the version before, and will find that it is past.
            version: sql`${connection.version} + 1`,
            refreshLease: null,
            refreshLeaseUntil: null,
            leverHealth: 'working',
            orderingSince: now,
            nextSweepAt: sql`now()`,
            sweepQueuedAt: null,
            nextKeepAliveAt: sql`now() + interval '1 day'`,
            keepAliveQueuedAt: null,
          })
          .where(
            and(
              eq(connection.id, connectionId),
              isNull(connection.disconnectedAt),
              or(eq(connection.leverHealth, 'not-connected'), eq(connection.environment, environment)),
              leverAccountId === ''
                ? takesAnyAccount
                : or(takesAnyAccount, eq(connection.leverAccountId, leverAccountId)),
            ),
          )
          .returning({
            told: sql`pg_notify(${connectionChanged}, ${connection.id})::text`,
            woken: wakeRelay,
          });
        return rows.length > 0 ? 'connected' : 'gone';
      } catch (error) {
        if (violatedConstraint(error) === 'connection_lever_account_unique') return 'taken';
        throw error;
      }
    }),

  disconnect: (connectionId, now) =>
    atPort(async () => {
      const keys = await sealNewKeys(sealing);
      return db.transaction(async (tx) => {
        const [ended] = await tx
          .update(connection)
          .set({
            accessTokenSealed: null,
            refreshTokenSealed: null,
            expiresAt: null,
            issuedAt: null,
            authorization: null,
            refreshLease: null,
            refreshLeaseUntil: null,
            turnTokenSealed: null,
            disconnectedAt: now,
            nextSweepAt: null,
            nextKeepAliveAt: null,
          })
          .where(and(eq(connection.id, connectionId), isNull(connection.disconnectedAt)))
          .returning({
            accountId: connection.accountId,
            environment: connection.environment,
            settings: connection.settings,
            triggerStage: connection.triggerStage,
            told: sql`pg_notify(${connectionChanged}, ${connection.id})::text`,
          });
        if (ended === undefined) return false;
        await tx.delete(signatureToken).where(eq(signatureToken.connectionId, connectionId));
        await tx.delete(authorizationRequest).where(eq(authorizationRequest.connectionId, connectionId));
        await tx.insert(connection).values(toUnconnected(keys, ended, now));
        return true;
      });
    }),
});
