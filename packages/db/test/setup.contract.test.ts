import { defaultSettings } from '@turn-lever/core/settings';
import { describeSetupContract } from '@turn-lever/core/testing/setup-contract';
import { eq } from 'drizzle-orm';
import { createConnections } from '../src/connections/create-connections.ts';
import { sealNewKeys, toUnconnected } from '../src/connections/unconnected.ts';
import { createInbox } from '../src/inbox/create-inbox.ts';
import { account } from '../src/schema/account.ts';
import { connection } from '../src/schema/connection.ts';
import { person } from '../src/schema/people/person.ts';
import { createSetup } from '../src/setup/create-setup.ts';
import { aSealing } from '../testing/a-sealing.ts';
import { databaseKinds, openTestDatabase } from '../testing/databases.ts';

const sealing = aSealing();

for (const kind of databaseKinds) {
  describeSetupContract(`on the ${kind} database`, async () => {
    const database = await openTestDatabase(kind);
    const { db } = database;
    const inbox = createInbox(database);
    let time = 0;
    // A clock that leaps: within the contract nothing is read from memory.
    const leaping = () => {
      time += 60_000;
      return time;
    };
    let people = 0;
    return {
      setup: createSetup(database, { sealing }),
      connections: createConnections(database, { sealing, now: leaping }),
      inbox,
      createPerson: async (name) => {
        people += 1;
        const [row] = await db
          .insert(person)
          .values({ name, email: `person-${people}@example.com` })
          .returning({ id: person.id });
        if (row === undefined) throw new Error('The person was not stored.');
        return row.id;
      },
      createUnconnected: async () => {
        const [owner] = await db.insert(account).values({ name: 'Example' }).returning({ id: account.id });
        if (owner === undefined) throw new Error('The account was not stored.');
        const keys = await sealNewKeys(sealing);
        const triggerStage = { name: defaultSettings.triggerStage };
        const given = { accountId: owner.id, environment: 'sandbox', settings: defaultSettings } as const;
        await db.insert(connection).values(toUnconnected(keys, { ...given, triggerStage }, Date.now()));
        return keys.id;
      },
      lapseCreation: async (id) => {
        const creatingWebhookUntil = Date.now() - 1000;
        await db.update(connection).set({ creatingWebhookUntil }).where(eq(connection.id, id));
      },
      now: Date.now,
      close: async () => {
        await inbox.close();
        await database.close();
      },
    };
  });
}
