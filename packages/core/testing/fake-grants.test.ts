import type { ConnectionId } from '../src/ids.ts';
import { createFakeGrants } from './fake-grants.ts';
import { describeGrantsContract } from './grants-contract.ts';

describeGrantsContract('in memory', async () => {
  let time = Date.UTC(2026, 10, 23, 12);
  let connections = 0;
  const grants = createFakeGrants({ now: () => time });
  return {
    grants,
    createConnection: async (grant) => {
      connections += 1;
      const id = `connection-${connections}` as ConnectionId;
      grants.put(id, grant);
      return id;
    },
    now: () => time,
    pass: async (ms) => {
      time += ms;
    },
    close: async () => {},
  };
});
