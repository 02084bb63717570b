import { describeConnectionsContract } from './connections-contract.ts';
import { createFakeConnections } from './fake-connections.ts';
import { createFakeGrants } from './fake-grants.ts';

describeConnectionsContract('in memory', async () => {
  const now = () => Date.UTC(2026, 10, 23, 12);
  const grants = createFakeGrants({ now });
  const connections = createFakeConnections({ now, grants });
  return {
    connections,
    grants,
    addSignatureToken: async (...given) => connections.addSignatureToken(...given),
    setCreatingWebhook: async (...given) => connections.setCreatingWebhook(...given),
    now,
    close: async () => {},
  };
});
