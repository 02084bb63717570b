import type { ConnectionId } from '../src/ids.ts';
import { describeCallLogContract } from './call-log-contract.ts';
import { createFakeCallLog } from './fake-call-log.ts';

describeCallLogContract('in memory', async () => {
  let connections = 0;
  return {
    callLog: createFakeCallLog(),
    createConnection: async () => {
      connections += 1;
      return `connection-${connections}` as ConnectionId;
    },
    close: async () => {},
  };
});
