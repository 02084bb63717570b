import type { ConnectionId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import type { Setup } from '@turn-lever/core/ports/setup';
import { and, eq, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { connection } from '../schema/connection.ts';
import { signatureToken } from '../schema/signature-token.ts';
import type { Sealing } from '../seal.ts';
import { told } from './save-settings.ts';

type Transaction = Parameters<Parameters<Drizzle['transaction']>[0]>[0];

const column = 'signature_token';
// By the database's clock, as entrances read it. Lever repeats a delivery within hours, signed as it was at first.
const inADay = sql`now() + interval '24 hours'`;

const live = (connectionId: ConnectionId) =>
  and(eq(connection.id, connectionId), isNull(connection.disconnectedAt));

/** Holds the connection's row until the end of the transaction: of two who save at once the later one sees the other's. */
const hold = async (tx: Transaction, connectionId: ConnectionId): Promise<boolean> =>
  (await tx.select({ id: connection.id }).from(connection).where(live(connectionId)).for('update')).length >
  0;

const tell = (tx: Transaction, connectionId: ConnectionId, change: { creatingWebhookUntil?: null } = {}) =>
  tx
    .update(connection)
    .set({ ...change, id: connectionId })
    .where(eq(connection.id, connectionId))
    .returning({ told });

const forgetLapsed = (tx: Transaction, connectionId: ConnectionId) =>
  tx
    .delete(signatureToken)
    .where(and(eq(signatureToken.connectionId, connectionId), lte(signatureToken.validUntil, sql`now()`)));

/** The part of `Setup` that keeps secrets. */
export const createSaveSecrets = (
  db: Drizzle,
  sealing: Sealing,
): Pick<Setup, 'saveWebhookSecret' | 'beginWebhook' | 'giveUpWebhook' | 'saveWebhook' | 'saveTurnToken'> => {
  /** The pasted tokens that are this one. One that cannot be unsealed is another one. */
  const sameAs = async (tx: Transaction, connectionId: ConnectionId, secret: string) => {
    const rows = await tx
      .select()
      .from(signatureToken)
      .where(and(eq(signatureToken.connectionId, connectionId), eq(signatureToken.origin, 'pasted')));
    const same: typeof rows = [];
    for (const row of rows) {
      const text = await sealing.unseal(row.sealed, { connectionId, column }).catch((error) => {
        if (error instanceof PortError) return null;
        throw error;
      });
      if (text === secret) same.push(row);
    }
    return same;
  };

  return {
    saveWebhookSecret: (connectionId, secret, savedBy) =>
      atPort(async () => {
        const sealed = await sealing.seal(secret, { connectionId, column });
        return db.transaction(async (tx) => {
          if (!(await hold(tx, connectionId))) return 'gone';
          const same = await sameAs(tx, connectionId, secret);
          if (same.some(({ validUntil }) => validUntil === null)) return 'same';
          await forgetLapsed(tx, connectionId);
          // One that is on its way out is the current one again.
          const ids = same.map(({ id }) => id);
          if (ids.length > 0) await tx.delete(signatureToken).where(inArray(signatureToken.id, ids));
          await tx
            .update(signatureToken)
            .set({ validUntil: inADay })
            .where(
              and(
                eq(signatureToken.connectionId, connectionId),
                eq(signatureToken.origin, 'pasted'),
                isNull(signatureToken.validUntil),
              ),
            );
          await tx.insert(signatureToken).values({ connectionId, sealed, savedBy, origin: 'pasted' });
          await tell(tx, connectionId);
          return 'saved';
        });
      }),

    beginWebhook: (connectionId, leaseMs) =>
      atPort(async () => {
        const until = connection.creatingWebhookUntil;
        const rows = await db
          .update(connection)
          .set({ creatingWebhookUntil: sql`now() + ${leaseMs} * interval '1 millisecond'` })
          .where(and(live(connectionId), or(isNull(until), lte(until, sql`now()`))))
          .returning({ told });
        return rows.length > 0;
      }),

    giveUpWebhook: (connectionId) =>
      atPort(async () => {
        await db
          .update(connection)
          .set({ creatingWebhookUntil: null })
          .where(live(connectionId))
          .returning({ told });
      }),

    saveWebhook: (connectionId, webhook, savedBy) =>
      atPort(async () => {
        const sealed = await sealing.seal(webhook.signatureToken, { connectionId, column });
        return db.transaction(async (tx) => {
          if (!(await hold(tx, connectionId))) return false;
          await forgetLapsed(tx, connectionId);
          await tx
            .update(signatureToken)
            .set({ validUntil: inADay })
            .where(
              and(
                eq(signatureToken.connectionId, connectionId),
                eq(signatureToken.origin, 'created'),
                ne(signatureToken.leverWebhookId, webhook.id),
                isNull(signatureToken.validUntil),
              ),
            );
          await tx
            .insert(signatureToken)
            .values({ connectionId, sealed, savedBy, origin: 'created', leverWebhookId: webhook.id });
          await tell(tx, connectionId, { creatingWebhookUntil: null });
          return true;
        });
      }),

    saveTurnToken: (connectionId, { token, accountName, personId }, now) =>
      atPort(async () => {
        const turnTokenSealed = await sealing.seal(token, { connectionId, column: 'turn_token' });
        const rows = await db
          .update(connection)
          .set({
            turnTokenSealed,
            turnTokenSavedBy: personId,
            turnTokenSavedAt: now,
            turnAccountName: accountName,
            turnHealth: 'working',
            packages: null,
            packagesReadAt: null,
            // The right side sees the row as it was: a token that replaces a working one loses no entry.
            orderingSince: sql`case when ${connection.turnHealth} = 'working' then ${connection.orderingSince}
              else ${new Date(now).toISOString()}::timestamptz end`,
          })
          .where(live(connectionId))
          .returning({ told });
        return rows.length > 0;
      }),
  };
};
