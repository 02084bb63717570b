import { expect, test } from 'vitest';
import type { ConnectionId } from '../src/ids.ts';
import { aConnection } from './a-connection.ts';
import { aDelivery } from './a-delivery.ts';
import { createFakeInbox } from './fake-inbox.ts';
import { describeInboxContract } from './inbox-contract.ts';

describeInboxContract('in memory', async () => {
  let time = Date.UTC(2026, 10, 23, 12);
  let connections = 0;
  const inbox = createFakeInbox({ now: () => time });
  return {
    inbox,
    createConnection: async (given = {}) => {
      connections += 1;
      return aConnection({ id: `connection-${connections}` as ConnectionId, ...given });
    },
    deliveryIdOf: async (given) => {
      const found = inbox
        .deliveries()
        .find(({ connectionId, key }) => connectionId === given.connectionId && key === given.key);
      if (found === undefined) throw new Error('Expected the delivery to be kept.');
      return found.id;
    },
    countRows: async (id) => inbox.deliveries().filter(({ connectionId }) => connectionId === id).length,
    now: () => time,
    pass: async (ms) => {
      time += ms;
    },
    close: async () => {},
  };
});

test('lists what is due, and leaves out what is leased or settled', async () => {
  const inbox = createFakeInbox({ now: () => Date.UTC(2026, 10, 23, 12) });
  await inbox.receive(aDelivery({ key: 'token-1' }));
  await inbox.receive(aDelivery({ key: 'token-2', ignored: 'ignored.event_type' }));
  await inbox.receive(aDelivery({ key: 'token-3', dueAt: Date.UTC(2026, 10, 24) }));
  const [due, ...others] = inbox.dueIds();
  expect(others).toEqual([]);
  if (due !== undefined) await inbox.take(due, 1000);
  expect(inbox.dueIds()).toEqual([]);
});
