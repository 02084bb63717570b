import type { AccountId } from '../src/ids.ts';
import { defaultSettings } from '../src/settings.ts';
import { createFakeConnections } from './fake-connections.ts';
import { createFakeInbox } from './fake-inbox.ts';
import { createFakeSetup } from './fake-setup.ts';
import { describeSetupContract } from './setup-contract.ts';

describeSetupContract('in memory', async () => {
  const now = () => Date.UTC(2026, 10, 23, 12);
  const connections = createFakeConnections({ now });
  const inbox = createFakeInbox({ now });
  const names = new Map<string, string>();
  const setup = createFakeSetup({ connections, inbox, names, now });
  let accounts = 0;
  return {
    setup,
    connections,
    inbox,
    createPerson: async (name) => {
      names.set(`person-${names.size}`, name);
      return `person-${names.size - 1}`;
    },
    createUnconnected: async () => {
      accounts += 1;
      const accountId = `unconnected-${accounts}` as AccountId;
      connections.putUnconnected({ accountId, environment: 'sandbox', settings: defaultSettings }, now());
      const [made] = await connections.ofAccount(accountId);
      if (made === undefined) throw new Error('Expected the connection to be put.');
      return made.id;
    },
    lapseCreation: async (connectionId) => setup.lapseCreation(connectionId),
    now,
    close: async () => {},
  };
});
