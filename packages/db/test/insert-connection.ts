import type { Connection } from '@turn-lever/core/connection';
import { aConnection } from '@turn-lever/core/testing/a-connection';
import type { Database } from '../src/database.ts';
import { newId } from '../src/new-id.ts';
import { account } from '../src/schema/account.ts';
import { connection } from '../src/schema/connection.ts';

/** Writes a connection, with an account of its own unless one is named, straight into the tables, for tests of what hangs on connections. */
export const insertConnection = async (
  { db }: Pick<Database, 'db'>,
  given: Partial<Pick<Connection, 'accountId' | 'environment' | 'leverAccountId' | 'disconnectedAt'>> = {},
): Promise<Connection> => {
  const [owner] =
    given.accountId === undefined
      ? await db.insert(account).values({ name: 'Example' }).returning()
      : [{ id: given.accountId }];
  if (owner === undefined) throw new Error('Expected the account to be written.');
  const made = aConnection({ id: newId(), ...given, accountId: owner.id });
  const {
    id,
    accountId,
    environment,
    leverAccountId,
    settings,
    triggerStage,
    orderingSince,
    disconnectedAt,
  } = made;
  await db.insert(connection).values({
    id,
    accountId,
    environment,
    leverAccountId,
    settings,
    triggerStage,
    orderingSince,
    disconnectedAt,
    leverKeyHash: newId(),
    turnKeyHash: newId(),
    leverKeySealed: 'not read here',
    turnKeySealed: 'not read here',
  });
  return made;
};
