import { describe, expect, test } from 'vitest';
import type { Connection } from '../../src/connection.ts';
import type { AccountId, ConnectionId } from '../../src/ids.ts';
import type { Role } from '../../src/permission.ts';
import { createBeginAuthorization } from '../../src/use-cases/by-person/connection/begin-authorization.ts';
import { createConnectLever } from '../../src/use-cases/by-person/connection/connect-lever.ts';
import { createFinishAuthorization } from '../../src/use-cases/by-person/connection/finish-authorization.ts';
import { createPerform } from '../../src/use-cases/by-person/perform.ts';
import { createFakeAtsAuthorization } from '../../testing/fake-ats-authorization.ts';
import { createFakeAuthorizationRequests } from '../../testing/fake-authorization-requests.ts';
import { createPersonWorld } from './world.ts';

const minute = 60_000;
const me = { personId: 'person-1', sessionId: 'session-1' };

/** Somebody on the way to Lever and back. The connection is not connected unless said otherwise. */
const begin = (given: Partial<Connection> = {}) => {
  const id = 'connection-1' as ConnectionId;
  const world = createPersonWorld({ lever: 'not-connected', leverAccountId: id, ...given });
  const { now, connectionId } = world;
  const atsAuthorization = createFakeAtsAuthorization({ now, environments: ['production', 'sandbox'] });
  const authorizationRequests = createFakeAuthorizationRequests();
  let role: Role | null = 'super-admin';
  let secrets = 0;
  const ports = {
    ...world,
    atsAuthorization,
    authorizationRequests,
    perform: createPerform(world),
    people: { role: async (_account: AccountId, _person: string) => role },
    newSecret: () => {
      secrets += 1;
      return `secret-${secrets}`.padEnd(43, '0');
    },
    now,
  };
  const start = createBeginAuthorization(ports);
  const finish = createFinishAuthorization({ ...ports, connectLever: createConnectLever(ports) });
  const person = { ...world.person(), id: me.personId };
  const asked = {
    sessionId: me.sessionId,
    environment: 'production',
    withWebhooks: false,
    returnTo: '/settings',
  } as const;
  return {
    world,
    atsAuthorization,
    authorizationRequests,
    start: (more: Partial<Parameters<typeof start>[2]> = {}) =>
      start(person, connectionId, { ...asked, ...more }),
    finish,
    become: (next: Role | null) => {
      role = next;
    },
    /** The way there: what the browser brings back. */
    goThere: async (leverAccountId = 'lever-1') => {
      const end = await start(person, connectionId, asked);
      if (end.kind !== 'done' || end.result.kind !== 'begun') throw new Error(JSON.stringify(end));
      return atsAuthorization.decide(end.result.url, { kind: 'approve', leverAccountId });
    },
    lastWord: async () => (await world.audit())[0],
  };
};

describe('setting out', () => {
  test.each<[string, Partial<Connection>, 'sandbox' | 'production', object]>([
    ['whichever environment, while not connected', {}, 'sandbox', { kind: 'begun' }],
    [
      'another environment than the connected one',
      { lever: 'working', environment: 'production' },
      'sandbox',
      { kind: 'refused', why: 'environment-fixed' },
    ],
    ['the same, to mend it', { lever: 'reconnect-needed' }, 'production', { kind: 'begun' }],
  ])('for %s', async (_title, given, environment, result) => {
    const { start } = begin(given);
    expect(await start({ environment })).toMatchObject({ kind: 'done', result });
  });

  test('is nothing where the session has ended meanwhile', async () => {
    const { start, authorizationRequests } = begin();
    authorizationRequests.endSession(me.sessionId);
    expect(await start()).toEqual({ kind: 'too-late' });
  });
});

describe('coming back', () => {
  test('connects, and says where to go on', async () => {
    const { world, goThere, finish } = begin();
    const { accountId } = await world.connection();
    expect(await finish(await goThere(), me)).toEqual({
      outcome: 'connected',
      missing: [],
      accountId,
      returnTo: '/settings',
    });
    expect(await world.connection()).toMatchObject({ lever: 'working', leverAccountId: 'lever-1' });
  });

  test('is over after ten minutes, and with the first return', async () => {
    const { world, goThere, finish } = begin();
    const late = await goThere();
    world.pass(10 * minute);
    expect((await finish(late, me)).outcome).toBe('state');
    const back = await goThere();
    expect((await finish(back, null)).outcome).toBe('session');
    expect((await finish(back, me)).outcome).toBe('state');
    expect(await world.connection()).toMatchObject({ lever: 'not-connected' });
  });

  test.each<[string, typeof me]>([
    ['person', { ...me, personId: 'person-2' }],
    ['session', { ...me, sessionId: 'session-2' }],
  ])('as another %s tells nothing of whose it was, and is audited', async (_title, other) => {
    const { world, goThere, finish, lastWord } = begin();
    expect(await finish(await goThere(), other)).toEqual({
      outcome: 'state',
      missing: [],
      accountId: null,
      returnTo: null,
    });
    expect(await lastWord()).toMatchObject({ outcome: 'no-effect', after: { authorization: 'state' } });
    expect(await world.connection()).toMatchObject({ lever: 'not-connected' });
  });

  test.each<Role | null>(['admin', null])('as %s, asks Lever nothing', async (role) => {
    const { goThere, finish, become, atsAuthorization } = begin();
    const back = await goThere();
    become(role);
    atsAuthorization.goAway();
    expect((await finish(back, me)).outcome).toBe('demoted');
  });

  test('from the wrong Lever account changes nothing', async () => {
    const { world, goThere, finish } = begin({ lever: 'reconnect-needed', leverAccountId: 'lever-1' });
    expect((await finish(await goThere('lever-2'), me)).outcome).toBe('other-account');
    expect((await finish(await goThere('lever-1'), me)).outcome).toBe('reconnected');
    expect(await world.connection()).toMatchObject({ lever: 'working' });
  });

  test('with the Lever account of another account of ours changes nothing', async () => {
    const { world, goThere, finish } = begin();
    world.connections.put({ id: 'connection-2' as ConnectionId, leverAccountId: 'lever-1' });
    expect((await finish(await goThere(), me)).outcome).toBe('taken');
    expect(await world.connection()).toMatchObject({ lever: 'not-connected' });
  });
});
