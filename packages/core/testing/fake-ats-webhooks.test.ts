import type { ConnectionId } from '../src/ids.ts';
import { describeAtsWebhooksContract } from './ats-webhooks-contract.ts';
import { createFakeAtsWebhooks } from './fake-ats-webhooks.ts';

describeAtsWebhooksContract('in memory', async () => {
  const atsWebhooks = createFakeAtsWebhooks();
  let webhooks = 0;
  return {
    atsWebhooks,
    urlOfOurs: 'https://example.com/its-own',
    connectionId: 'connection-1' as ConnectionId,
    otherConnectionId: 'connection-2' as ConnectionId,
    createWebhook: async (connectionId) => {
      webhooks += 1;
      atsWebhooks.put(connectionId, `webhook-${webhooks}`);
      return `webhook-${webhooks}`;
    },
    close: async () => {},
  };
});
