import { setTimeout as wait } from 'node:timers/promises';
import { describeChecksContract } from '@turn-lever/core/testing/checks-contract';
import { createChecks } from '../src/checks/create-checks.ts';
import { databaseKinds, openTestDatabase } from '../testing/databases.ts';
import { insertConnection } from './insert-connection.ts';

for (const kind of databaseKinds) {
  describeChecksContract(`on the ${kind} database`, async () => {
    const database = await openTestDatabase(kind);
    return {
      checks: createChecks(database),
      createConnection: (given) => insertConnection(database, given),
      now: () => Date.now(),
      pass: (ms) => wait(ms),
      close: () => database.close(),
    };
  });
}
