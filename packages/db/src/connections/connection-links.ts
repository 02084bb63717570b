import type { ConnectionId } from '@turn-lever/core/ids';
import type { Connections, LeverConnecting } from '@turn-lever/core/ports/connections';
import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { atPort, violatedConstraint } from '../at-port.ts';
import type { Database, Drizzle } from '../database.ts';
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
      const connect = async (tx: Drizzle): Promise<LeverConnecting> => {
        const rows = await tx
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
        if (rows.length === 0) return 'gone';
        await tx.execute(takeChecksAlong(connectionId));
        return 'connected';
      };
      try {
        return await db.transaction(connect);
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

/**
 * Checks that were held before the Lever account was known stand under the connection's own id. They go along, so that
 * one candidacy has one row; save where an earlier connection to that Lever account has an order in the place.
 */
const takeChecksAlong = (connectionId: ConnectionId): SQL => sql`
  update background_check set environment = c.environment, lever_account_id = c.lever_account_id,
    reference_id = regexp_replace(reference_id, '^lever-[a-z]+-', 'lever-' || c.environment || '-')
  from connection c
  where c.id = ${connectionId} and background_check.connection_id = c.id
    and (background_check.environment, background_check.lever_account_id)
      is distinct from (c.environment, c.lever_account_id)
    and not exists (
      select 1 from background_check other
      where other.environment = c.environment and other.lever_account_id = c.lever_account_id
        and other.opportunity_id = background_check.opportunity_id
        and other.order_number = background_check.order_number)`;
