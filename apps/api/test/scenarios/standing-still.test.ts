import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { expect, inject, test, vi } from 'vitest';
import { audit } from '../auditor.ts';
import { createChildWorld } from '../child-world.ts';
import { eventually } from '../eventually.ts';

/** A job whose process stands still blocks its row on a server for up to half a minute. */
const patiently = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: 80_000, interval: 100 });

const order = 'POST /v1/person/search_async';

type ChildWorld = Awaited<ReturnType<typeof createChildWorld>>;

/** What the queue's supervisor does within a minute with jobs whose process says nothing, at once. */
const freeJobs = (world: ChildWorld) => world.ask`delete from pgboss.job where state = 'active'`;

/** Lets Turn's webhook be seen, so that nobody polls any more. */
const settle = async (world: ChildWorld, id: string): Promise<void> => {
  world.account.turn.setWebhookCopies(1);
  await world.account.turn.advance(world.account.ordersOf(id)[0]?.workerId ?? '', 'review');
  await world.showing(id, 'Reviewing');
  await world.polledNoMore();
};

/** The reasons in the log of one process, oldest first. */
const decisionsIn = (said: string): unknown[] =>
  said
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'delivery decided')
    .map(({ reason }) => reason);

test('R48 a process stands still beyond its lease while it decides: another one orders, and its late word counts for nothing', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'));
  const world = await createChildWorld({ databaseUrl });
  try {
    const slow = await world.crashing();
    // A first sweep that comes late would find the candidate too, and decide that there is an order already.
    await eventually(async () =>
      expect(await world.ask`select id from connection where next_sweep_at > now()`).toHaveLength(1),
    );
    await slow.arm({ port: 'ats', method: 'readOpportunity', when: 'after', call: 1, signal: 'SIGSTOP' });
    const id = world.order();
    await eventually(() => expect(slow.isStopped()).toBe(true));
    const other = await world.second();
    await patiently(() => expect(decisionsIn(other.said())).toEqual(['ordered']));
    await world.showing(id, 'Emailed');
    const before = await world.ask`select reason, attempts, settled_at::text from delivery`;
    slow.signal('SIGCONT');
    await eventually(() => expect(slow.said()).toContain('"goes on"'));
    await settle(world, id);
    // Ending in order waits for what is under way: the late decision is through then.
    expect([await slow.end('SIGTERM'), await other.end('SIGTERM')]).toEqual([0, 0]);
    expect(decisionsIn(slow.said())).toEqual([]);
    expect(await world.ask`select reason, attempts, settled_at::text from delivery`).toEqual(before);
    expect(before).toEqual([expect.objectContaining({ reason: 'ordered' })]);
    expect(world.turn.journal.count(order)).toBe(1);
    world.collectLogs();
    await audit(world, [world.account]);
  } finally {
    await world.close();
  }
}, 240_000);

test('R48 a process stands still between its claim and its post: nobody else posts, and its late post is the only one', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'));
  const world = await createChildWorld({ databaseUrl });
  try {
    const slow = await world.crashing();
    await slow.arm({ port: 'checks', method: 'claim', when: 'after', call: 1, signal: 'SIGSTOP' });
    const id = world.order();
    await eventually(() => expect(slow.isStopped()).toBe(true));
    const other = await world.second();
    await freeJobs(world);
    await patiently(async () =>
      expect(await world.ask`select phase, hold_reason from background_check`).toEqual([
        { phase: 'unknown', hold_reason: 'held.unknown_result' },
      ]),
    );
    expect(world.turn.journal.count(order)).toBe(0);
    expect(slow.said()).not.toContain('"goes on"');
    slow.signal('SIGCONT');
    await world.showing(id, 'Emailed');
    await eventually(() => expect(slow.said()).toContain('"goes on"'));
    expect(world.turn.journal.count(order)).toBe(1);
    await patiently(async () =>
      expect(await world.ask`select phase, hold_reason from background_check`).toEqual([
        { phase: 'ordered', hold_reason: null },
      ]),
    );
    await settle(world, id);
    expect([await slow.end('SIGTERM'), await other.end('SIGTERM')]).toEqual([0, 0]);
    world.collectLogs();
    await audit(world, [world.account]);
  } finally {
    await world.close();
  }
}, 240_000);

test('R48 a process stands still while it writes to Lever: another one shows the newer status, and the late one changes nothing', async () => {
  const databaseUrl = await createDatabase(inject('postgresUrl'));
  const world = await createChildWorld({ databaseUrl });
  try {
    const slow = await world.crashing();
    const id = world.order();
    await world.showing(id, 'Emailed');
    const advance = (state: string) =>
      world.account.turn.advance(world.account.ordersOf(id)[0]?.workerId ?? '', state);
    world.account.turn.setWebhookCopies(0);
    await advance('consent');
    await slow.arm({ port: 'checkProvider', method: 'readCheck', when: 'after', call: 1, signal: 'SIGSTOP' });
    await eventually(() => expect(slow.isStopped()).toBe(true));
    const other = await world.second();
    await advance('processing');
    await freeJobs(world);
    await patiently(() => expect(world.account.shown(id).tags).toEqual(['TurnStatus:Processing']));
    expect(slow.said()).not.toContain('"goes on"');
    slow.signal('SIGCONT');
    await eventually(() => expect(slow.said()).toContain('"goes on"'));
    await settle(world, id);
    expect([await slow.end('SIGTERM'), await other.end('SIGTERM')]).toEqual([0, 0]);
    const tags = world.lever.journal.entries({ route: 'POST /v1/opportunities/:id/addTags' });
    expect(tags.map(({ body }) => body)).toEqual(
      ['Emailed', 'Processing', 'Reviewing'].map((label) => ({ tags: [`TurnStatus:${label}`] })),
    );
    world.collectLogs();
    await audit(world, [world.account]);
  } finally {
    await world.close();
  }
}, 240_000);
