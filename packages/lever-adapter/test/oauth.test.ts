import { setTimeout as sleep } from 'node:timers/promises';
import type { OpportunityId } from '@turn-lever/core/ids';
import type { Grants } from '@turn-lever/core/ports/grants';
import { PortError } from '@turn-lever/core/ports/port-error';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLeverWorld, type LeverWorld } from '../testing/lever-world.ts';

const refreshRoute = 'POST /oauth/token';
const minute = 60_000;

let world: LeverWorld;
/** How far the adapter's clock is ahead, in ms. */
let ahead = 0;
beforeEach(async () => {
  ahead = 0;
  world = await createLeverWorld({ now: () => Date.now() + ahead });
});
afterEach(() => world.close());

const refreshes = (): number => world.lever.journal.count(refreshRoute);
/** Lets the stored access token run out, as it does after an hour. */
const runOut = () => {
  ahead = 61 * minute;
};
const stored = async () => {
  const grant = await world.grants.read(world.connectionId);
  if (grant === null) throw new Error('Expected a grant.');
  return grant;
};
const invalidGrant = { kind: 'status', status: 403, body: { error: 'invalid_grant' } } as const;

describe('R67 one refresh serves all', () => {
  test.each([
    ['ran out', () => runOut()],
    ['was refused by Lever', () => world.account.expireAccessTokens()],
  ])('50 calls of two processes whose token %s refresh exactly once and all succeed', async (_, end) => {
    end();
    const both = [world.ats, world.createAts()];
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_unused, n) => both[n % 2]?.listStages(world.connectionId)),
    );
    expect(answers.every((stages) => stages !== undefined && stages.length > 0)).toBe(true);
    expect(refreshes()).toBe(1);
  });

  test('a token that still works is used as it is', async () => {
    await world.ats.listStages(world.connectionId);
    expect(refreshes()).toBe(0);
  });

  test('a token with less than five minutes left is refreshed before it fails', async () => {
    ahead = 56 * minute;
    await world.ats.listStages(world.connectionId);
    expect(refreshes()).toBe(1);
    expect(world.lever.journal.entries({ route: 'GET /v1/stages' }).map(({ status }) => status)).toEqual([
      200,
    ]);
  });

  test('connections do not wait for each other', async () => {
    const other = world.connect(world.lever.createAccount());
    runOut();
    await Promise.all([world.ats.listStages(world.connectionId), world.ats.listStages(other)]);
    expect(refreshes()).toBe(2);
  });
});

test('asks for a new pair with the client in the body, and with nothing that Lever does not want', async () => {
  runOut();
  await world.ats.listStages(world.connectionId);
  const [entry] = world.lever.journal.entries({ route: refreshRoute });
  expect(Object.keys(entry?.body as object).toSorted()).toEqual([
    'client_id',
    'client_secret',
    'grant_type',
    'refresh_token',
  ]);
  expect(entry?.tokenFingerprint).toBeNull();
});

test('stores the new pair before anybody uses it', async () => {
  const { grants, lever } = world;
  const seen: number[] = [];
  const store: Grants['store'] = async (...given) => {
    await sleep(50);
    seen.push(lever.journal.count('GET /v1/stages'));
    return grants.store(...given);
  };
  runOut();
  await world.createAts({ grants: { ...grants, store } }).listStages(world.connectionId);
  expect(seen).toEqual([0]);
});

test('keeps a pair that could not be stored, and stores it with the next call instead of asking again', async () => {
  const { grants, connectionId } = world;
  const before = await stored();
  let isBroken = true;
  const store: Grants['store'] = async (...given) => {
    if (isBroken) throw new PortError('unavailable', 'The database is away.');
    return grants.store(...given);
  };
  const ats = world.createAts({ grants: { ...grants, store } });
  runOut();
  await expect(ats.listStages(connectionId)).rejects.toMatchObject({ code: 'unavailable' });
  expect(await stored()).toEqual(before);
  expect(world.lever.journal.count('GET /v1/stages')).toBe(0);
  isBroken = false;
  await expect(ats.listStages(connectionId)).resolves.not.toEqual([]);
  expect(refreshes()).toBe(1);
  expect((await stored()).version).toBeGreaterThan(before.version);
});

describe('R69 the loser of a race', () => {
  /** Grants where another process stores its pair while ours is being refused, `after` ms later. */
  const overtaken = (after: number): Grants => {
    const { grants, account, connectionId } = world;
    return {
      ...grants,
      giveUp: async (...given) => {
        await grants.giveUp(...given);
        const fresh = account.createGrant();
        setTimeout(
          () =>
            grants.put(connectionId, {
              ...fresh,
              issuedAt: Date.now() + ahead,
              expiresAt: fresh.expiresAt + ahead,
            }),
          after,
        );
      },
    };
  };

  test.each([0, 60])(
    'takes the pair that another process stored %s ms after its own was refused',
    async (after) => {
      const ats = world.createAts({ grants: overtaken(after), times: { grace: 2000 } });
      runOut();
      world.lever.faults.add({ route: refreshRoute, kind: invalidGrant });
      await expect(ats.listStages(world.connectionId)).resolves.not.toEqual([]);
      expect(refreshes()).toBe(1);
    },
  );

  test('does not write its late pair over a newer one', async () => {
    const { grants, account, connectionId } = world;
    const reconnected = { ...account.createGrant(), expiresAt: Date.now() + 300 * minute, issuedAt: null };
    const store: Grants['store'] = async (...given) => {
      grants.put(connectionId, reconnected);
      return grants.store(...given);
    };
    runOut();
    await world.createAts({ grants: { ...grants, store } }).listStages(connectionId);
    expect((await stored()).accessToken).toBe(reconnected.accessToken);
  });
});

test('a token refused while its own refresh is still ending is refreshed again, not waited for', async () => {
  const { grants, account, connectionId } = world;
  let second: Promise<unknown> | null = null;
  const store: Grants['store'] = async (...given) => {
    const isStored = await grants.store(...given);
    if (second === null) {
      account.expireAccessTokens();
      second = ats.listStages(connectionId);
      await second;
    }
    return isStored;
  };
  const ats = world.createAts({ grants: { ...grants, store } });
  runOut();
  await ats.listStages(connectionId);
  await expect(second).resolves.not.toEqual([]);
  expect(refreshes()).toBeGreaterThanOrEqual(2);
});

describe('R70 a holder of the lease that hangs', () => {
  test('loses it in time, and another process goes on', async () => {
    const { grants, connectionId } = world;
    const { version } = await stored();
    runOut();
    expect(await grants.takeRefresh(connectionId, version, 150)).not.toBeNull();
    await expect(world.ats.listStages(connectionId)).resolves.not.toEqual([]);
    expect(refreshes()).toBe(1);
  });

  test('is not waited for for ever', async () => {
    const ats = world.createAts({
      grants: { ...world.grants, takeRefresh: async () => null },
      times: { lease: 50 },
    });
    runOut();
    await expect(ats.listStages(world.connectionId)).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('gives up itself when Lever does not answer, and leaves nothing stuck', async () => {
    const ats = world.createAts({ times: { refresh: 100, coolDown: 0 } });
    runOut();
    world.lever.faults.add({ route: refreshRoute, kind: { kind: 'no-answer' } });
    await expect(ats.listStages(world.connectionId)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(ats.listStages(world.connectionId)).resolves.not.toEqual([]);
  });
});

describe('R71 while refreshing fails', () => {
  const down = () =>
    world.lever.faults.add({ route: refreshRoute, kind: { kind: 'status', status: 500 }, times: 1000 });

  test('is unavailable, never unauthorized, asks at most every 30 s, and recovers by itself', async () => {
    runOut();
    down();
    for (let day = 0; day < 3; day += 1) {
      for (let call = 0; call < 5; call += 1) {
        const failing = world.ats.listStages(world.connectionId);
        await expect(failing).rejects.toMatchObject({ code: 'unavailable', vendor: 'lever' });
      }
      expect(refreshes()).toBe(day + 1);
      ahead += 24 * 60 * minute;
    }
    world.lever.faults.clear();
    await expect(world.ats.listStages(world.connectionId)).resolves.not.toEqual([]);
  });

  test('says how long to wait', async () => {
    runOut();
    down();
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject({ retryAfter: 30_000 });
    ahead += 10_000;
    const error: PortError = await world.ats.listStages(world.connectionId).then(
      () => expect.unreachable(),
      (reason: PortError) => reason,
    );
    expect(error.retryAfter).toBeGreaterThan(15_000);
    expect(error.retryAfter).toBeLessThanOrEqual(20_000);
  });

  test('uses an access token that is still valid', async () => {
    ahead = 56 * minute;
    down();
    await expect(world.ats.listStages(world.connectionId)).resolves.not.toEqual([]);
    await expect(world.ats.listStages(world.connectionId)).resolves.not.toEqual([]);
    expect(refreshes()).toBe(1);
  });

  test('does not confirm an authorization that it could not look at', async () => {
    ahead = 11 * minute;
    down();
    const confirming = world.ats.confirmAuthorization(world.connectionId, 10 * minute);
    await expect(confirming).rejects.toMatchObject({ code: 'unavailable' });
  });

  test('a new grant from a reconnect ends the cool-down', async () => {
    runOut();
    down();
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject({ code: 'unavailable' });
    world.lever.faults.clear();
    world.grants.put(world.connectionId, { ...world.account.createGrant(), expiresAt: 0, issuedAt: null });
    await expect(world.ats.listStages(world.connectionId)).resolves.not.toEqual([]);
  });
});

describe('what is no proof of a dead grant', () => {
  test.each([
    [
      'an answer without token_type, after which Lever may have rotated',
      {
        kind: 'status',
        status: 200,
        body: { access_token: 'canary-access', refresh_token: 'canary-refresh' },
      },
    ],
    [
      'a wrong client secret, which is ours to mend',
      { kind: 'status', status: 401, body: { error: 'access_denied' } },
    ],
    ['too many requests', { kind: 'status', status: 429, body: { error: 'too_many_requests' } }],
    [
      'invalid_grant with a status that nobody documents',
      { kind: 'status', status: 500, body: { error: 'invalid_grant' } },
    ],
    [
      'invalid_grant with a status that speaks of the client',
      { kind: 'status', status: 401, body: { error: 'invalid_grant' } },
    ],
    ['another error', { kind: 'status', status: 400, body: { error: 'invalid_request' } }],
    ['a page of HTML', { kind: 'html' }],
    ['a broken connection', { kind: 'reset-before-reading' }],
    ['half an answer', { kind: 'half-body' }],
    [
      'an endless answer',
      {
        kind: 'status',
        status: 200,
        body: { access_token: 'x', token_type: 'Bearer', padding: 'x'.repeat(100_000) },
      },
    ],
  ] as const)('%s', async (_, fault) => {
    runOut();
    world.lever.faults.add({ route: refreshRoute, kind: fault });
    const error: PortError = await world.ats.listStages(world.connectionId).then(
      () => expect.unreachable(),
      (reason: PortError) => reason,
    );
    expect(error).toMatchObject({ name: 'PortError', code: 'unavailable', vendor: 'lever' });
    expect(error.cause).toBeUndefined();
    expect(error.message).not.toContain('canary');
  });
});

describe('unauthorized is', () => {
  const unauthorized = { name: 'PortError', code: 'unauthorized', vendor: 'lever' };

  test.each([400, 403])('invalid_grant with %s', async (status) => {
    runOut();
    world.lever.faults.add({ route: refreshRoute, kind: { ...invalidGrant, status } });
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject(unauthorized);
  });

  test('a revoked grant, found before the next order although its access token lives on', async () => {
    world.account.revokeAccess({ accessTokensStayValid: true });
    await expect(world.ats.listStages(world.connectionId)).resolves.not.toEqual([]);
    ahead = 11 * minute;
    const confirming = world.ats.confirmAuthorization(world.connectionId, 10 * minute);
    await expect(confirming).rejects.toMatchObject(unauthorized);
    expect(world.lever.journal.count('GET /v1/stages')).toBe(1);
  });

  test('a grant that Lever rotated but whose answer was lost', async () => {
    const ats = world.createAts({ times: { coolDown: 0 } });
    runOut();
    world.lever.faults.add({ route: refreshRoute, kind: { kind: 'reset-after-committing' } });
    await expect(ats.listStages(world.connectionId)).rejects.toMatchObject({ code: 'unavailable' });
    await expect(ats.listStages(world.connectionId)).rejects.toMatchObject(unauthorized);
  });

  test('a connection without a grant, which costs no call', async () => {
    world.grants.put(world.connectionId, null);
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject(unauthorized);
    await expect(world.ats.confirmAuthorization(world.connectionId, 0)).rejects.toMatchObject(unauthorized);
    expect(world.lever.journal.count()).toBe(0);
  });

  test('a fresh token that is refused too: one refresh, one repeat, no more', async () => {
    const refused = { kind: 'status', status: 401 } as const;
    world.lever.faults.add({ route: 'GET /v1/stages', kind: refused, times: 10 });
    await expect(world.ats.listStages(world.connectionId)).rejects.toMatchObject(unauthorized);
    expect(world.lever.journal.count('GET /v1/stages')).toBe(2);
    expect(refreshes()).toBe(1);
  });
});

test('a write that was refused for its token is repeated once, since nothing was carried out', async () => {
  const { id } = world.account.addOpportunity({ name: 'Ada Example' });
  world.account.expireAccessTokens();
  const note = { text: 'Turn ID: C0000000001', isSecret: false, notifyFollowers: false };
  await world.ats.writeNote(world.connectionId, id as OpportunityId, note);
  expect(world.account.opportunity(id).notes).toHaveLength(1);
});

test('a grant younger than asked for is confirmed without any call', async () => {
  ahead = 9 * minute;
  await world.ats.confirmAuthorization(world.connectionId, 10 * minute);
  expect(world.lever.journal.count()).toBe(0);
});

test('an older one is confirmed by a refresh, and by nothing else', async () => {
  ahead = 11 * minute;
  await world.ats.confirmAuthorization(world.connectionId, 10 * minute);
  expect(world.lever.journal.entries().map(({ route }) => route)).toEqual([refreshRoute]);
});

test('a lost wait leaves nobody hanging: those who share a failed refresh all hear of it', async () => {
  runOut();
  world.lever.faults.add({ route: refreshRoute, kind: { kind: 'status', status: 503 } });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, () => world.ats.listStages(world.connectionId)),
  );
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(refreshes()).toBe(1);
  ahead += 31_000;
  await vi.waitFor(() => world.ats.listStages(world.connectionId));
});

test('a connection of an environment without an OAuth app is unavailable, not broken', async () => {
  const ats = world.createAts({
    connectionOf: async () => ({ environment: 'production', performAs: null }),
  });
  for (const asking of [
    ats.listStages(world.connectionId),
    ats.confirmAuthorization(world.connectionId, 0),
  ]) {
    await expect(asking).rejects.toMatchObject({ code: 'unavailable' });
  }
});
