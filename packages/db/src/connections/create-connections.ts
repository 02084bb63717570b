import type { Connection } from '@turn-lever/core/connection';
import type { ConnectionId } from '@turn-lever/core/ids';
import type { Connections, LeverEntrance } from '@turn-lever/core/ports/connections';
import { PortError } from '@turn-lever/core/ports/port-error';
import { asc, desc, eq, isNull } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { connection } from '../schema/connection.ts';
import type { Sealing } from '../seal.ts';
import { createConnectionLinks } from './connection-links.ts';
import { connectionChanged, createConnectionSaves } from './connection-saves.ts';
import { createAccount } from './create-account.ts';
import { createEntranceCounters } from './entrance-counters.ts';
import { readLeverEntrance, readTurnEntrance } from './entrances.ts';
import { fromRow } from './from-row.ts';
import { createKeyCache } from './key-cache.ts';

/**
 * Connections in their table, secrets sealed. What belongs to a webhook's key is kept in memory for up to five seconds
 * and dropped when any process saves a connection. `now` (ms) is for that cache.
 */
export const createConnections = (
  database: Pick<Database, 'db' | 'listen'>,
  options: { readonly sealing: Sealing; readonly now?: () => number },
): Connections => {
  const { sealing, now } = options;
  const { db } = database;
  const levers = createKeyCache<LeverEntrance>((key) => readLeverEntrance(database, sealing, key), now);
  const turns = createKeyCache<Connection>((key) => readTurnEntrance(database, key), now);
  const forget = () => {
    levers.clear();
    turns.clear();
  };
  // Not waited for, and no harm where it fails: the cache forgets by itself, and the driver tries again.
  database.listen(connectionChanged, forget, forget).catch(() => {});

  const readSecret = async (
    connectionId: ConnectionId,
    name: 'turnKeySealed' | 'turnTokenSealed',
    column: string,
  ): Promise<string | null> => {
    const [row] = await db
      .select({ sealed: connection[name] })
      .from(connection)
      .where(eq(connection.id, connectionId));
    return row?.sealed ? sealing.unseal(row.sealed, { connectionId, column }) : null;
  };

  return {
    createAccount: (account, at) =>
      atPort(async () => {
        const creation = await createAccount(database, sealing, account, at);
        // A key that was asked for too early is remembered as unknown.
        forget();
        return creation;
      }),
    read: (connectionId) =>
      atPort(async () => {
        const [row] = await db.select().from(connection).where(eq(connection.id, connectionId));
        return row === undefined ? null : fromRow(row);
      }),
    ofAccount: (accountId) =>
      atPort(async () => {
        const where = eq(connection.accountId, accountId);
        return (await db.select().from(connection).where(where).orderBy(desc(connection.id))).map(fromRow);
      }),
    list: () =>
      atPort(async () => {
        const rows = await db
          .select()
          .from(connection)
          .where(isNull(connection.disconnectedAt))
          .orderBy(asc(connection.id));
        return rows.map(fromRow);
      }),
    leverEntrance: (key, { fresh }) => levers.read(key, { fresh }),
    turnEntrance: (key) => turns.read(key, { fresh: false }),
    turnKey: (connectionId) =>
      atPort(async () => {
        const key = await readSecret(connectionId, 'turnKeySealed', 'turn_key');
        if (key === null) throw new Error(`There is no connection ${connectionId}.`);
        return key;
      }),
    turnToken: (connectionId) =>
      atPort(async () => {
        const token = await readSecret(connectionId, 'turnTokenSealed', 'turn_token');
        if (token !== null) return token;
        throw new PortError('unauthorized', `Connection ${connectionId} has no token of Turn's.`, {
          vendor: 'turn',
        });
      }),
    ...createConnectionSaves(database),
    ...createConnectionLinks(database, sealing),
    ...createEntranceCounters(database),
  };
};
