import type { ConnectionId } from '../src/ids.ts';
import { createFakeIncidents } from './fake-incidents.ts';
import { describeIncidentsContract } from './incidents-contract.ts';

describeIncidentsContract('in memory', async () => {
  const now = () => Date.UTC(2026, 10, 23, 12);
  let connections = 0;
  return {
    incidents: createFakeIncidents({ now }),
    createConnection: async () => {
      connections += 1;
      return `connection-${connections}` as ConnectionId;
    },
    now,
    close: async () => {},
  };
});
