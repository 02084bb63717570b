import { describeConnectionsContract } from './connections-contract.ts';
import { createFakeConnections } from './fake-connections.ts';

describeConnectionsContract('in memory', async () => {
  const now = () => Date.UTC(2026, 10, 23, 12);
  const connections = createFakeConnections({ now });
  return {
    connections,
    addSignatureToken: async (...given) => connections.addSignatureToken(...given),
    setCreatingWebhook: async (...given) => connections.setCreatingWebhook(...given),
    disconnect: async (connectionId) => connections.disconnect(connectionId),
    now,
    close: async () => {},
  };
});
