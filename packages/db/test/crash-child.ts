import process from 'node:process';
import { openDatabase } from '../src/open-database.ts';
import { startWork } from '../src/work/start-work.ts';
import { storeDue } from './work-rows.ts';

// Takes one delivery into work and never finishes it, until it is killed. Arguments: data directory, URL or nothing.
const [dataDirectory = '', url] = process.argv.slice(2);
const database = await openDatabase({ url: url ?? null, dataDirectory });
const nothing = async () => {};
await storeDue(database, 1);
await startWork(database, {
  times: { jobLease: 2000 },
  handlers: {
    processDelivery: (id) => {
      process.stdout.write(`${id}\n`);
      return new Promise(() => {});
    },
    syncCheck: nothing,
    sweepConnection: nothing,
    keepGrantAlive: nothing,
  },
  onError: (error) => process.stderr.write(`${error}\n`),
});
