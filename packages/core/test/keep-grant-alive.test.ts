import { expect, test } from 'vitest';
import type { ConnectionId } from '../src/ids.ts';
import { PortError } from '../src/ports/port-error.ts';
import { createKeepGrantAlive } from '../src/use-cases/keep-grant-alive.ts';
import { createFakeConnections } from '../testing/fake-connections.ts';
import { createFakeIncidents } from '../testing/fake-incidents.ts';

const now = () => Date.UTC(2026, 10, 23, 12);

const begin = (answer: PortError | null = null) => {
  const [connections, incidents] = [createFakeConnections({ now }), createFakeIncidents({ now })];
  const asked: number[] = [];
  const confirmAuthorization = async (_: ConnectionId, maxAge: number): Promise<void> => {
    asked.push(maxAge);
    if (answer !== null) throw answer;
  };
  const ports = { ats: { confirmAuthorization }, connections, incidents, times: { idleGrantAge: 5 } };
  return { connections, incidents, asked, keepAlive: createKeepGrantAlive(ports) };
};

test('a grant is to be no older than the times say', async () => {
  const { connections, incidents, asked, keepAlive } = begin();
  const { id } = connections.put();
  expect(await keepAlive(id)).toBe('alive');
  expect(asked).toEqual([5]);
  expect(await incidents.listOpen(id)).toEqual([]);
});

test('a dead grant is told at once, and the connection needs a person', async () => {
  const { connections, incidents, keepAlive } = begin(
    new PortError('unauthorized', 'dead', { vendor: 'lever' }),
  );
  const { id } = connections.put();
  expect(await keepAlive(id)).toBe('dead');
  expect(await connections.read(id)).toMatchObject({ lever: 'reconnect-needed' });
  expect(await incidents.listOpen(id)).toMatchObject([{ kind: 'lever-reconnect-needed' }]);
});

test('what passes is thrown, and nothing is called broken', async () => {
  const { connections, incidents, keepAlive } = begin(
    new PortError('unavailable', 'away', { vendor: 'lever' }),
  );
  const { id } = connections.put();
  await expect(keepAlive(id)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await connections.read(id)).toMatchObject({ lever: 'working' });
  expect(await incidents.listOpen(id)).toEqual([]);
});

test.each([{ lever: 'not-connected' }, { lever: 'reconnect-needed' }, { disconnectedAt: 1 }] as const)(
  'Lever is not asked for a connection with %j',
  async (given) => {
    const { connections, asked, keepAlive } = begin();
    expect(await keepAlive(connections.put(given).id)).toBe('none');
    expect(await keepAlive('no-such' as ConnectionId)).toBe('none');
    expect(asked).toEqual([]);
  },
);
