import { expect, test } from 'vitest';
import type { ConnectionId } from '../src/ids.ts';
import type { CheckProvider } from '../src/ports/check-provider.ts';
import { PortError } from '../src/ports/port-error.ts';
import {
  anOrderRequest,
  describeCheckProviderContract,
  type ProviderTrouble,
} from './check-provider-contract.ts';
import { createFakeCheckProvider } from './fake-check-provider.ts';

describeCheckProviderContract('in memory', async () => {
  const provider = createFakeCheckProvider();
  let connections = 0;
  const spoilOrder = (trouble: ProviderTrouble): void =>
    provider.orderOutcomeNext(
      trouble === 'rate-limited' ? { kind: 'not-carried-out', retryAfter: 7000 } : { kind: 'unknown' },
      { committed: trouble === 'answer-lost' },
    );
  return {
    provider,
    createConnection: async ({ packages } = {}) => {
      connections += 1;
      const id = `connection-${connections}` as ConnectionId;
      if (packages !== undefined) provider.setPackages(id, packages);
      return id;
    },
    advance: async (_connectionId, workerId, name) => provider.advance(workerId, name),
    revoke: async (connectionId) => provider.revoke(connectionId),
    spoilNext: async (method: keyof CheckProvider, trouble) => {
      if (method === 'order') return spoilOrder(trouble);
      const code = trouble === 'rate-limited' ? 'rate-limited' : 'unavailable';
      const retryAfter = trouble === 'rate-limited' ? 7000 : null;
      provider.failNext(method, new PortError(code, 'Planned.', { retryAfter, vendor: 'turn' }));
    },
    countChecks: async (connectionId) =>
      provider.orders.filter((order) => order.connectionId === connectionId).length,
    close: async () => {},
  };
});

test('keeps a journal of calls, the failed ones too, and a list of what was carried out', async () => {
  const provider = createFakeCheckProvider();
  const connectionId = 'connection-1' as ConnectionId;
  const request = anOrderRequest();
  provider.orderOutcomeNext({ kind: 'unknown' }, { committed: false });
  await provider.order(connectionId, 'reference-1', request);
  await provider.order(connectionId, 'reference-2', request);
  provider.failNext('findByReference', new PortError('unavailable', 'Planned.'));
  await expect(provider.findByReference(connectionId, 'reference-2')).rejects.toThrow('Planned.');
  expect(provider.journal).toEqual([
    { method: 'order', connectionId, id: 'reference-1' },
    { method: 'order', connectionId, id: 'reference-2' },
    { method: 'findByReference', connectionId, id: 'reference-2' },
  ]);
  expect(provider.orders).toMatchObject([{ connectionId, referenceId: 'reference-2', request }]);
});

test('has checks that nobody ordered here, starts them over, and takes hostile report pages', async () => {
  const provider = createFakeCheckProvider();
  const connectionId = 'connection-1' as ConnectionId;
  const workerId = provider.addCheck(connectionId, 'reference-1');
  provider.advance(workerId, 'processing', { raw: 'processing', recheckDate: '2026-11-23' });
  provider.setReportUrl(workerId, { kind: 'refused', rule: 'not-https' });
  expect(await provider.findByReference(connectionId, 'reference-1')).toMatchObject({
    workerId,
    status: { raw: 'processing', recheckDate: '2026-11-23' },
    reportUrl: { kind: 'refused', rule: 'not-https' },
  });
  provider.revoke(connectionId);
  await expect(provider.readCheck(connectionId, workerId)).rejects.toMatchObject({ code: 'unauthorized' });
  provider.reconnect(connectionId);
  expect(await provider.readCheck(connectionId, workerId)).not.toBeNull();
});
