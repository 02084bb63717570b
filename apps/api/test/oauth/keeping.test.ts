import { createDatabase } from '@turn-lever/postgres/create-database';
import { freePort } from '@turn-lever/postgres/free-port';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startChild } from '../child-program.ts';
import { createChildWorld } from '../child-world.ts';
import { type Browser, createBrowser } from '../console/console-world.ts';
import { eventually } from '../eventually.ts';
import { createOAuthWorld, type OAuthWorld } from './oauth-world.ts';

const refreshRoute = 'POST /oauth/token';

let world: OAuthWorld;
beforeAll(async () => {
  world = await createOAuthWorld();
});
afterAll(() => world.close());

/** How often an account's tokens were renewed. */
const refreshesOf = ({ lever }: { lever: { readonly id: string } }): number =>
  world.lever.journal.entries({ route: refreshRoute }).filter(({ accountId }) => accountId === lever.id)
    .length;
const pretend = async (connectionId: string, days: number) => {
  await world.ask`
    update connection set issued_at = now() - make_interval(days => ${days}), next_keep_alive_at = now(),
      next_sweep_at = now() + interval '1 day' where id = ${connectionId}`;
};
/** Waits until the grant was looked at once more. */
const lookedAt = async (connectionId: string, act: () => Promise<void>): Promise<unknown> => {
  const looks = () =>
    world.lines.filter((line) => line.msg === 'grant looked at' && line.connectionId === connectionId);
  const before = looks().length;
  await act();
  await eventually(() => {
    if (looks().length === before) throw new Error('not looked at yet');
  });
  return looks().at(-1)?.grant;
};

describe('R67 an expired token', () => {
  test('met by 50 calls of two processes over one database is refreshed once, and all succeed', async () => {
    const { accountId, connectionId, superAdmin, ...partner } = await world.connected();
    await world.sweptByItself(connectionId);
    const candidate = partner.add({});
    const port = await freePort();
    const other = `http://127.0.0.1:${port}`;
    const second = await startChild(other, { ...world.variables, PORT: String(port), ROLE: 'web' });
    try {
      const there = createBrowser(other);
      await there.signIn(superAdmin.email);
      await world.ask`
        update connection set issued_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'
        where id = ${connectionId}`;
      const before = refreshesOf(partner);
      const ask = (browser: Browser) =>
        browser.mutate('connection.dryRunCandidate', { accountId, connectionId, opportunityId: candidate });
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => ask(index % 2 === 0 ? superAdmin.browser : there)),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
      for (const { text } of answers) expect(text).toContain('"reading":"found"');
      expect(refreshesOf(partner) - before).toBe(1);
    } finally {
      await second.end('SIGTERM');
    }
  });
});

describe('R68 the program dies after Lever gave new tokens and before they are stored', () => {
  test('the connection needs a new authorization, somebody is told, and who comes is held', async () => {
    const child = await createChildWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
    try {
      const [{ id: connectionId } = {}] = await child.ask`
        update connection set issued_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'
        returning id`;
      const dying = await child.crashing({ port: 'grants', method: 'store', when: 'before', call: 1 });
      expect(await dying.ended()).toBe('SIGKILL');
      expect(child.lever.journal.count(refreshRoute)).toBe(1);
      await child.ask`update connection set refresh_lease_until = now()`;
      await child.crashing();
      await eventually(async () => {
        const rows = await child.ask`
          select c.lever_health, i.kind from connection c join incident i on i.connection_id = c.id
          where c.id = ${String(connectionId)} and i.kind = 'lever-reconnect-needed'`;
        expect(rows).toMatchObject([{ lever_health: 'reconnect-needed' }]);
      });
      const waiting = child.order();
      await eventually(async () => {
        const rows = await child.ask`select phase from background_check where opportunity_id = ${waiting}`;
        expect(rows).toMatchObject([{ phase: 'held' }]);
      });
      expect(child.account.ordersOf(waiting)).toEqual([]);
    } finally {
      await child.close();
    }
  });
});

describe('R72 a connection that nobody uses', () => {
  test('has its tokens renewed before a week is over, and not again the next day', async () => {
    const { connectionId, ...partner } = await world.connected();
    await world.sweptByItself(connectionId);
    const before = refreshesOf(partner);
    expect(await lookedAt(connectionId, () => pretend(connectionId, 4))).toBe('alive');
    expect(refreshesOf(partner)).toBe(before);
    expect(await lookedAt(connectionId, () => pretend(connectionId, 6))).toBe('alive');
    expect(refreshesOf(partner)).toBe(before + 1);
    const again = async () => {
      await world.ask`update connection set next_keep_alive_at = now() where id = ${connectionId}`;
    };
    expect(await lookedAt(connectionId, again)).toBe('alive');
    expect(refreshesOf(partner)).toBe(before + 1);
  });

  test('and was revoked is found broken, and somebody is told, although no candidate comes', async () => {
    const { connectionId, lever } = await world.connected();
    await world.sweptByItself(connectionId);
    lever.revokeAccess({ accessTokensStayValid: true });
    expect(await lookedAt(connectionId, () => pretend(connectionId, 6))).toBe('dead');
    const { connections, incidents } = world.stores();
    expect(await connections.read(connectionId)).toMatchObject({ lever: 'reconnect-needed' });
    expect(await incidents.listOpen(connectionId)).toMatchObject([{ kind: 'lever-reconnect-needed' }]);
  });
});
