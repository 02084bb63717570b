import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { eventually } from '../eventually.ts';
import { timesWithoutPolls } from '../quick-times.ts';
import type { TestAccount } from '../test-account.ts';
import { createWorld, type World } from '../world.ts';

const order = 'POST /v1/person/search_async';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: { ...timesWithoutPolls, lookUps: [50, 100, 300, 1500] },
  });
});
afterAll(() => world.close());

const anAccount = async (given: Parameters<World['account']>[0] = {}) => {
  world.turn.faults.clear();
  world.lever.faults.clear();
  const account = await world.account(given);
  await world.sweptByItself(account.connectionId);
  return account;
};

const bodyOf = (entry: { readonly body: unknown }) => entry.body as { readonly reference_id?: string } | null;

/** How often an order was posted for a candidate; one whose connection was reset left no body. */
const posts = (id: string): number =>
  world.turn.journal.entries({ route: order }).filter((entry) => bodyOf(entry)?.reference_id?.includes(id))
    .length;

const lookUps = (id: string): number =>
  world.turn.journal.entries().filter(({ path }) => path === `/v1/person/lever-sandbox-${id}-1/status`)
    .length;

/** Whether the journal says that the fault struck. */
const expectFired = (kind: string, times = 1): void =>
  expect(world.turn.faults.fired.map((fault) => fault.kind)).toEqual(Array(times).fill(kind));

/** What Turn does with an order that reaches it late. */
const orderAtTurn = async (account: TestAccount, id: string): Promise<void> => {
  const answer = await fetch(`${world.turn.apiUrl}/person/search_async`, {
    method: 'POST',
    headers: { authorization: `Bearer ${account.turn.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      first_name: canary.firstName,
      last_name: canary.lastName,
      email: canary.email,
      callback_url: account.turnUrl,
      reference_id: `lever-sandbox-${id}-1`,
    }),
  });
  expect(answer.status).toBe(200);
};

describe('an order whose answer is lost', () => {
  test('R42 the answer is lost after Turn accepted: adopted, never sent again', async () => {
    const account = await anAccount();
    world.turn.faults.add({ route: order, kind: 'reset-after-committing' });
    const id = account.order();
    const check = await account.inPhase(id, 'ordered');
    expectFired('reset-after-committing');
    expect(posts(id)).toBe(1);
    expect(check.workerId).toBe(account.ordersOf(id)[0]?.workerId);
    await audit(world, [account]);
  });

  test('R42 the answer is lost and Turn knows nothing: looked up to the end, never sent again, then held', async () => {
    const account = await anAccount();
    world.turn.faults.add({ route: order, kind: 'reset-before-reading' });
    const before = world.turn.journal.count(order);
    const id = account.order();
    await account.held(id, 'held.unknown_result');
    expectFired('reset-before-reading');
    expect(world.turn.journal.count(order) - before).toBe(1);
    expect(lookUps(id)).toBe(5);
    expect(account.ordersOf(id)).toEqual([]);
    await world.sweep(account.connectionId);
    account.lever.moveOpportunity(id, 'Offer');
    account.lever.moveOpportunity(id, account.stage);
    await account.decided(world, id, 'ignored.already_ordered');
    expect(world.turn.journal.count(order) - before).toBe(1);
    await audit(world, [account]);
  });

  test('R43 Turn commits long after we gave up waiting: the next look-up adopts it', async () => {
    const account = await anAccount();
    world.turn.faults.add({ route: order, kind: 'reset-before-reading' });
    const id = account.order();
    // One look before the post, one after it: then the order comes through after all.
    await eventually(() => expect(lookUps(id)).toBeGreaterThanOrEqual(2));
    expectFired('reset-before-reading');
    expect(account.ordersOf(id)).toEqual([]);
    await orderAtTurn(account, id);
    await account.inPhase(id, 'ordered');
    await account.showing(id, 'Emailed');
    expect(account.ordersOf(id)).toHaveLength(1);
    await audit(world, [account]);
  });
});

describe('an order that Turn answers otherwise', () => {
  test.each([500, 502, 503, 504])(
    'R44 %i after Turn acted: found by a look-up, never sent again',
    async (status) => {
      const account = await anAccount();
      world.turn.faults.add({ route: order, kind: 'status-after-committing', status });
      const id = account.order();
      await account.inPhase(id, 'ordered');
      expectFired('status-after-committing');
      expect(posts(id)).toBe(1);
      await audit(world, [account]);
    },
  );

  test.each([500, 502, 503, 504])(
    'R44 %i and Turn did nothing: nobody can know, so a person decides',
    async (status) => {
      const account = await anAccount();
      world.turn.faults.add({ route: order, kind: 'status', status });
      const id = account.order();
      await account.held(id, 'held.unknown_result');
      expectFired('status');
      expect(posts(id)).toBe(1);
      expect(account.ordersOf(id)).toEqual([]);
      await audit(world, [account]);
    },
  );

  test.each([
    [429, {}],
    [429, { 'retry-after': '0' }],
  ])('R44 %i %j, refused at the door: sent again until it is taken', async (status, headers) => {
    const account = await anAccount();
    world.turn.faults.add({ route: order, kind: 'status', status, headers, times: 2 });
    const id = account.order();
    await account.inPhase(id, 'ordered');
    expectFired('status', 2);
    expect(posts(id)).toBe(3);
    expect(account.ordersOf(id)).toHaveLength(1);
    await audit(world, [account]);
  });

  test.each([400, 422])('R45 %i: held with the name of the field, sent once', async (status) => {
    const account = await anAccount();
    world.turn.faults.add({
      route: order,
      kind: 'status',
      status,
      body: { code: 8100, message: 'Validation error', errors: { phone_number: ['Not 555 0143'] } },
    });
    const id = account.order();
    const check = await account.held(id, 'held.turn_rejected');
    expectFired('status');
    expect(JSON.stringify(check.hold)).not.toContain('0143');
    await world.turn.idle();
    await audit(world, [account]);
    expect(posts(id)).toBe(1);
    expect(account.ordersOf(id)).toEqual([]);
  });

  test('R46 Turn refuses the token: held, one alert, others go on; nothing is lost once it is repaired', async () => {
    const account = await anAccount();
    const other = await anAccount();
    await account.inPhase(account.order(), 'ordered');
    const since = Date.now();
    account.turn.revokeToken();
    const ids = [account.order(), account.order()];
    for (const id of ids) await account.held(id, 'held.disconnected');
    const refused = world.turn.journal.entries({ since }).filter(({ status }) => status === 400);
    expect(refused.length).toBeGreaterThan(0);
    await other.inPhase(other.order(), 'ordered');
    const open = await world.stores().incidents.listOpen(account.connectionId);
    expect(open.filter(({ kind }) => kind === 'turn-reconnect-needed')).toHaveLength(1);
    account.turn.restoreToken();
    await world.stores().connections.saveHealth(account.connectionId, 'turn', 'working');
    await world.sweep(account.connectionId);
    for (const id of ids) await account.inPhase(id, 'ordered');
    await audit(world, [account, other]);
  });

  test.each([
    ['html', { kind: 'html', commit: true }],
    ['half a body', { kind: 'half-body' }],
    ['no id', { kind: 'wrong-json', commit: true, body: {} }],
    ['another schema', { kind: 'wrong-json', commit: true, body: { worker_id: { id: [1] } } }],
    ['a list', { kind: 'wrong-json', commit: true, body: ['worker'] }],
    ['2 MiB', { kind: 'wrong-json', commit: true, body: { worker_id: 'x'.repeat(2 * 1024 * 1024) } }],
  ] as const)('R47 200 with %s is no success but unknown, and found by a look-up', async (_title, fault) => {
    const account = await anAccount();
    world.turn.faults.add({ route: order, ...fault });
    const id = account.order();
    const check = await account.inPhase(id, 'ordered');
    expectFired(fault.kind);
    expect(posts(id)).toBe(1);
    expect(lookUps(id)).toBeGreaterThanOrEqual(2);
    expect(check.workerId).toBe(account.ordersOf(id)[0]?.workerId);
    await audit(world, [account]);
  });
});

test('R49 two at once start the same new order: one claims it, the other stops before calling Turn', async () => {
  let waiting: (() => void)[] = [];
  let met = 0;
  const claims: unknown[] = [];
  /** Lets nobody claim before two are there. */
  const meet = (): Promise<void> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length < 2) return;
      met += 1;
      for (const go of waiting) go();
      waiting = [];
    });
  const racing = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    replacePort: (name, port) =>
      name !== 'checks'
        ? port
        : new Proxy(port, {
            get: (target, property, receiver) => {
              const method = Reflect.get(target, property, receiver) as (
                ...args: unknown[]
              ) => Promise<unknown>;
              if (property !== 'claim') return method;
              return async (...args: unknown[]) => {
                await meet();
                const won = await method(...args);
                claims.push(won);
                return won;
              };
            },
          }),
  });
  try {
    const account = await racing.account();
    await racing.sweptByItself(account.connectionId);
    const id = account.add();
    account.lever.settings.deliverWebhooks = false;
    account.lever.moveOpportunity(id, account.stage);
    const data = { opportunityId: id, toStageId: account.stage };
    const answers = await Promise.all([account.post(data), account.post(data)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    await eventually(() =>
      expect(account.decisions(racing, id).sort()).toEqual(['ignored.already_ordered', 'ordered']),
    );
    expect(met).toBe(1);
    expect(claims.sort()).toEqual([false, true]);
    expect(racing.turn.journal.count(order)).toBe(1);
    await audit(racing, [account]);
  } finally {
    await racing.close();
  }
});

test('R53 a candidate whose decision throws every time is given up after a while, and holds nobody up', async () => {
  let thrown = 0;
  let poisonous = '';
  const poisoned = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: { ...timesWithoutPolls, retryBase: 1, retryCap: 20 },
    replacePort: (name, port) =>
      name !== 'ats'
        ? port
        : new Proxy(port, {
            get: (target, property, receiver) => {
              const method = Reflect.get(target, property, receiver) as (
                ...args: unknown[]
              ) => Promise<unknown>;
              if (property !== 'readOpportunity') return method;
              return async (...args: unknown[]) => {
                if (args[1] !== poisonous) return method(...args);
                thrown += 1;
                throw new TypeError('poison');
              };
            },
          }),
  });
  try {
    const account = await poisoned.account();
    poisonous = account.order();
    const others = [account.order(), account.order()];
    for (const id of others) await account.inPhase(id, 'ordered');
    const check = await account.held(poisonous, 'failed.exhausted');
    expect(check.hold?.details).toEqual(['unexpected']);
    expect(thrown).toBe(21);
    expect(poisoned.lines.filter(({ msg }) => msg === 'job failed').length).toBeGreaterThan(0);
    await audit(poisoned, [account]);
  } finally {
    await poisoned.close();
  }
});
