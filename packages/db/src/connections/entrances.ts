import type { Connection } from '@turn-lever/core/connection';
import type { ConnectionId } from '@turn-lever/core/ids';
import type { LeverEntrance } from '@turn-lever/core/ports/connections';
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';
import { signatureToken } from '../schema/signature-token.ts';
import type { Sealing } from '../seal.ts';
import { fromRow } from './from-row.ts';
import { hashWebhookKey } from './webhook-key.ts';

/** Reads what belongs to the key in Lever's webhook URL. */
export const readLeverEntrance = (
  { db }: Pick<Database, 'db'>,
  sealing: Sealing,
  key: string,
): Promise<LeverEntrance | null> =>
  atPort(async () => {
    const rows = await db
      .select({
        connection,
        sealed: signatureToken.sealed,
        isCreating: sql<boolean | null>`${connection.creatingWebhookUntil} > now()`,
      })
      .from(connection)
      .leftJoin(
        signatureToken,
        and(
          eq(signatureToken.connectionId, connection.id),
          or(isNull(signatureToken.validUntil), gt(signatureToken.validUntil, sql`now()`)),
        ),
      )
      .where(eq(connection.leverKeyHash, hashWebhookKey(key)));
    const [first] = rows;
    if (first === undefined) return null;
    const found = fromRow(first.connection);
    return {
      connection: found,
      signatureTokens: await unsealAll(sealing, found.id, rows),
      isCreatingWebhook: first.isCreating ?? false,
    };
  });

const unsealAll = (
  sealing: Sealing,
  connectionId: ConnectionId,
  rows: readonly { readonly sealed: string | null }[],
): Promise<string[]> =>
  Promise.all(
    rows
      .map(({ sealed }) => sealed)
      .filter((sealed) => sealed !== null)
      .map((sealed) => sealing.unseal(sealed, { connectionId, column: 'signature_token' })),
  );

/** Reads the connection behind the key in Turn's webhook URL. */
export const readTurnEntrance = ({ db }: Pick<Database, 'db'>, key: string): Promise<Connection | null> =>
  atPort(async () => {
    const [row] = await db
      .select()
      .from(connection)
      .where(eq(connection.turnKeyHash, hashWebhookKey(key)));
    return row === undefined ? null : fromRow(row);
  });
