import { setTimeout as wait } from 'node:timers/promises';
import { describeInboxContract } from '@turn-lever/core/testing/inbox-contract';
import { and, count, eq } from 'drizzle-orm';
import { createInbox } from '../src/inbox/create-inbox.ts';
import { delivery } from '../src/schema/delivery.ts';
import { databaseKinds, openTestDatabase } from '../testing/databases.ts';
import { insertConnection } from './insert-connection.ts';

for (const kind of databaseKinds) {
  describeInboxContract(`on the ${kind} database`, async () => {
    const database = await openTestDatabase(kind);
    const inbox = createInbox(database);
    return {
      inbox,
      createConnection: (given) => insertConnection(database, given),
      deliveryIdOf: async ({ connectionId, key }) => {
        const [row] = await database.db
          .select({ id: delivery.id })
          .from(delivery)
          .where(and(eq(delivery.connectionId, connectionId), eq(delivery.key, key)));
        if (row === undefined) throw new Error('Expected the delivery to be kept.');
        return row.id;
      },
      countRows: async (connectionId) => {
        const [row] = await database.db
          .select({ rows: count() })
          .from(delivery)
          .where(eq(delivery.connectionId, connectionId));
        return row?.rows ?? 0;
      },
      now: () => Date.now(),
      pass: (ms) => wait(ms),
      close: async () => {
        await inbox.close();
        await database.close();
      },
    };
  });
}
