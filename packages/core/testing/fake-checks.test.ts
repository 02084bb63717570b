import { expect, test } from 'vitest';
import type { Connection } from '../src/connection.ts';
import type { ConnectionId, CorrelationId, OpportunityId } from '../src/ids.ts';
import { aConnection } from './a-connection.ts';
import { describeChecksContract } from './checks-contract.ts';
import { createFakeChecks } from './fake-checks.ts';
import { createFakeInbox } from './fake-inbox.ts';

describeChecksContract('in memory', async () => {
  let time = Date.UTC(2026, 10, 23, 12);
  const connections = new Map<ConnectionId, Connection>();
  const inbox = createFakeInbox({ now: () => time });
  return {
    checks: createFakeChecks({
      now: () => time,
      connections: { read: async (id) => connections.get(id) ?? null },
      inbox,
    }),
    inbox,
    deliveryIdOf: async ({ key }) => {
      const found = inbox.deliveries().find((delivery) => delivery.key === key);
      if (found === undefined) throw new Error('Expected the delivery to be kept.');
      return found.id;
    },
    createConnection: async (given = {}) => {
      const id = `connection-${connections.size + 1}` as ConnectionId;
      const connection = aConnection({ id, ...given });
      connections.set(id, connection);
      return connection;
    },
    now: () => time,
    pass: async (ms) => {
      time += ms;
    },
    close: async () => {},
  };
});

test('lists what is due for a sync, and leaves out what is leased', async () => {
  const checks = createFakeChecks({ now: () => Date.UTC(2026, 10, 23, 12) });
  const subject = {
    opportunityId: 'opportunity-1' as OpportunityId,
    contactId: null,
    orderNumber: 1,
    deliveryId: null,
    correlationId: 'correlation-1' as CorrelationId,
    displayName: null,
    statusTags: [],
  };
  const held = await checks.hold('connection-1' as ConnectionId, subject, 'held.missing_data', []);
  const next = { ...subject, orderNumber: 2 };
  await checks.makeReady('connection-1' as ConnectionId, next, { packageId: null, invalidTags: [] });
  expect(checks.dueIds()).toEqual([held.id]);
  expect(checks.all().map(({ phase }) => phase)).toEqual(['held', 'ready']);
  await checks.takeSync(held.id, 1000);
  expect(checks.dueIds()).toEqual([]);
});
