import type { DeliveryId } from '@turn-lever/core/ids';
import type { Person } from '@turn-lever/core/ports/audit-log';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { timesWithoutPolls } from '../quick-times.ts';
import { createWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: timesWithoutPolls,
    // The product's own pace: orders queue up behind it.
    turnPace: { perSecond: 5, burst: 10 },
  });
});
afterAll(() => world.close());

const route = 'POST /v1/person/search_async';
const actions = () => world.program().actions;

const begin = async () => {
  world.turn.faults.clear();
  const account = await world.account();
  await world.sweptByItself(account.connectionId);
  const connection = await world.stores().connections.read(account.connectionId);
  if (connection === null) throw new Error('no connection');
  const admins = ['person-1', 'person-2'].map(
    (id): Person => ({ id, accountId: connection.accountId, role: 'super-admin' }),
  );
  const [first, second] = admins;
  if (first === undefined || second === undefined) throw new Error('no person');
  const audited = async () =>
    (await world.stores().auditLog.list(account.connectionId, 100)).map(
      ({ personId, action, outcome }) => `${personId} ${action}: ${outcome}`,
    );
  return { account, connectionId: account.connectionId, first, second, audited };
};

test('R51 two admins press "order again", each twice, at once: one more order, all others are told', async () => {
  const { account, connectionId, first, second, audited } = await begin();
  const id = account.order();
  await account.showing(id, 'Emailed');
  const [check] = account.ordersOf(id);
  await account.turn.advance(check?.workerId ?? '', 'approved');
  await account.showing(id, 'Clear');
  const { id: checkId } = await account.inPhase(id, 'ordered');
  const ends = await Promise.all(
    [first, second, first, second].map((person) => actions().orderAgain(person, connectionId, checkId)),
  );
  expect(ends.map(({ kind }) => kind).sort()).toEqual(['done', 'too-late', 'too-late', 'too-late']);
  await account.showing(id, 'Emailed');
  expect(account.ordersOf(id).map(({ referenceId }) => referenceId?.slice(-2))).toEqual(['-1', '-2']);
  await audit(world, [account]);
  expect((await audited()).filter((line) => line.endsWith('begun'))).toHaveLength(4);
  // Once it stands, the older one is no longer the one to press.
  expect(await actions().orderAgain(second, connectionId, checkId)).toMatchObject({ kind: 'too-late' });
  expect(account.ordersOf(id)).toHaveLength(2);
});

test('R52 old deliveries are replayed, one and the same many times at once: decided again, never ordered again', async () => {
  const { account, connectionId, first, second, audited } = await begin();
  const id = account.order();
  await account.showing(id, 'Emailed');
  await account.atRest(id);
  const [row] = await world.ask`select id::text from delivery where connection_id::text = ${connectionId}`;
  const deliveryId = String(row?.id) as DeliveryId;
  const before = world.turn.journal.count(route);
  const ends = await Promise.all(
    [first, second, first].map((person) => actions().replay(person, connectionId, deliveryId)),
  );
  expect(ends.filter(({ kind }) => kind === 'done').length).toBeGreaterThan(0);
  expect((await audited()).filter((line) => line.endsWith('begun'))).toHaveLength(3);
  await account.decided(world, id, 'ignored.already_ordered');
  expect(world.turn.journal.count(route)).toBe(before);
  expect(account.ordersOf(id)).toHaveLength(1);
  await audit(world, [account]);
});

test('R54 paused while orders are queued and under way: nothing that comes after the pause is ordered, receiving goes on, resume orders what comes then', async () => {
  const { account, connectionId, first } = await begin();
  world.turn.faults.add({ route, kind: 'delay', ms: 300, times: Infinity });
  const early = Array.from({ length: 12 }, () => account.order());
  for (const id of early.slice(0, 2)) await account.inPhase(id, 'ordered');
  expect(await actions().pause(first, connectionId)).toMatchObject({ kind: 'done' });
  const [waiting] = await world.ask`select count(*)::text as count from delivery
    where connection_id::text = ${connectionId} and state = 'due'`;
  // Some of the twelve: in the queue, or on their way to Turn.
  expect(Number(waiting?.count)).toBeGreaterThan(0);
  // Nobody decides about these yet: whoever does reads the connection after the pause.
  const untaken = await world.ask`select opportunity_id from delivery
    where connection_id::text = ${connectionId} and state = 'due' and lease is null`;
  const late = Array.from({ length: 5 }, () => account.order());
  for (const id of late) await account.held(id, 'held.paused');
  const answered = account.lever.deliveries.slice(-late.length);
  expect(answered.map(({ attempts }) => attempts.at(-1)?.status)).toEqual(late.map(() => 200));
  await audit(world, [account]);
  // A decision that read the connection before the pause may still order: those were taken by then.
  for (const { opportunity_id } of untaken) expect(account.ordersOf(String(opportunity_id))).toEqual([]);
  for (const id of late) expect(account.ordersOf(id)).toEqual([]);
  expect(world.turn.faults.fired.length).toBeGreaterThan(0);

  expect(await actions().resume(first, connectionId)).toMatchObject({ kind: 'done' });
  // What came during the pause is offered, not ordered by itself.
  for (const id of late) await account.held(id, 'held.backlog');
  const after = account.order();
  await account.showing(after, 'Emailed');
  await audit(world, [account]);
  for (const id of late) expect(account.ordersOf(id)).toEqual([]);
});
