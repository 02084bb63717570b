import { setTimeout as wait } from 'node:timers/promises';
import { describeChecksContract } from '@turn-lever/core/testing/checks-contract';
import { and, eq } from 'drizzle-orm';
import { createChecks } from '../src/checks/create-checks.ts';
import { createInbox } from '../src/inbox/create-inbox.ts';
import { delivery } from '../src/schema/delivery.ts';
import { databaseKinds, openTestDatabase } from '../testing/databases.ts';
import { insertConnection } from './insert-connection.ts';

for (const kind of databaseKinds) {
  describeChecksContract(`on the ${kind} database`, async () => {
    const database = await openTestDatabase(kind);
    const inbox = createInbox(database);
    return {
      checks: createChecks(database),
      inbox,
      deliveryIdOf: async ({ connectionId, key }) => {
        const [row] = await database.db
          .select({ id: delivery.id })
          .from(delivery)
          .where(and(eq(delivery.connectionId, connectionId), eq(delivery.key, key)));
        if (row === undefined) throw new Error('Expected the delivery to be kept.');
        return row.id;
      },
      createConnection: (given) => insertConnection(database, given),
      now: () => Date.now(),
      pass: (ms) => wait(ms),
      close: async () => {
        await inbox.close();
        await database.close();
      },
    };
  });
}
