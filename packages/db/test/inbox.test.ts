import type { NewDelivery } from '@turn-lever/core/delivery';
import type { ConnectionId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import { aDelivery } from '@turn-lever/core/testing/a-delivery';
import { count, eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import type { Database } from '../src/database.ts';
import { createInbox } from '../src/inbox/create-inbox.ts';
import { newId } from '../src/new-id.ts';
import { openServer } from '../src/opening/open-server.ts';
import { delivery } from '../src/schema/delivery.ts';
import { openDatabaseLine } from '../testing/database-line.ts';
import { createTestDatabase, eachDatabase } from '../testing/databases.ts';

const aFresh = (given: Parameters<typeof aDelivery>[0] = {}): NewDelivery =>
  aDelivery({ connectionId: newId<ConnectionId>(), ...given });

const countRows = async ({ db }: Pick<Database, 'db'>, connectionId: ConnectionId): Promise<number> => {
  const rows = await db
    .select({ all: count() })
    .from(delivery)
    .where(eq(delivery.connectionId, connectionId));
  return rows[0]?.all ?? 0;
};

const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof PortError ? error.code : error),
  );

eachDatabase((database) => {
  test('two processes that receive the same deliveries make one row of each, and one is the first', async () => {
    const both = [createInbox(database(), { maxBatch: 7 }), createInbox(database(), { maxBatch: 5 })];
    const given = aFresh();
    const receipts = await Promise.all(
      both.flatMap((inbox) =>
        Array.from({ length: 200 }, (_, n) => inbox.receive({ ...given, key: `token-${(n * 7) % 50}` })),
      ),
    );
    expect(receipts.filter((receipt) => receipt === 'stored')).toHaveLength(50);
    expect(receipts.filter((receipt) => receipt === 'duplicate')).toHaveLength(350);
    expect(await countRows(database(), given.connectionId)).toBe(50);
  });

  test('wakes the relay once for many that are due at once, and not for one that is due later', async () => {
    const heard: string[] = [];
    const end = await database().listen('work', (payload) => heard.push(payload));
    const inbox = createInbox(database());
    const given = aFresh();
    await inbox.receive({ ...given, key: 'later', dueAt: Date.now() + 60_000 });
    await inbox.receive({ ...given, key: 'ignored', dueAt: null, ignored: 'ignored.event_type' });
    await Promise.all(Array.from({ length: 20 }, (_, n) => inbox.receive({ ...given, key: `token-${n}` })));
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    await inbox.receive({ ...given, key: 'token-0' });
    await inbox.receive({ ...given, key: 'one-more' });
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    await end();
  });

  test('wakes the relay for what was reopened', async () => {
    const heard: string[] = [];
    const inbox = createInbox(database());
    const given = aFresh({ ignored: 'ignored.not_trigger_stage' });
    await inbox.receive(given);
    const end = await database().listen('work', (payload) => heard.push(payload));
    const [row] = await database()
      .db.update(delivery)
      .set({ queuedAt: Date.now() })
      .where(eq(delivery.connectionId, given.connectionId))
      .returning();
    if (row === undefined) throw new Error('Expected the delivery to be kept.');
    expect(await inbox.reopen(given.connectionId, row.id)).toBe(true);
    await vi.waitFor(() => expect(heard).toHaveLength(1));
    const [after] = await database().db.select().from(delivery).where(eq(delivery.id, row.id));
    expect(after).toMatchObject({ state: 'due', queuedAt: null, reason: null, trail: [] });
    await end();
  });

  test('turns away what is more than can wait, and stores the rest', async () => {
    const inbox = createInbox(database(), { maxWaiting: 10 });
    const given = aFresh();
    const answers = await Promise.allSettled(
      Array.from({ length: 15 }, (_, n) => inbox.receive({ ...given, key: `token-${n}` })),
    );
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.map(({ reason }) => (reason as PortError).code)).toEqual(Array(5).fill('unavailable'));
    expect(await countRows(database(), given.connectionId)).toBe(10);
  });

  test('stores what it was given before it was closed, and takes nothing afterwards', async () => {
    const inbox = createInbox(database(), { maxBatch: 2 });
    const given = aFresh();
    const receipts = Array.from({ length: 9 }, (_, n) => inbox.receive({ ...given, key: `token-${n}` }));
    await inbox.close();
    expect(await Promise.all(receipts)).toEqual(Array(9).fill('stored'));
    expect(await codeOf(inbox.receive(given))).toBe('unavailable');
  });

  test('an error about one delivery holds none of its text', async () => {
    const inbox = createInbox(database());
    const error = await inbox.receive(aFresh({ key: 'canary-text \0' })).catch((thrown: Error) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(PortError);
    const { message, cause } = error as Error;
    expect(`${message} ${JSON.stringify(cause)}`).not.toContain('canary');
  });
});

test('a server that is away makes storing unavailable at once, until it is back', async () => {
  const line = await openDatabaseLine(await createTestDatabase());
  const database = await openServer({ url: line.url, poolSize: 1 });
  const inbox = createInbox(database);
  const given = aFresh();
  expect(await inbox.receive(given)).toBe('stored');
  line.cut();
  const answers = Array.from({ length: 5 }, (_, n) => codeOf(inbox.receive({ ...given, key: `lost-${n}` })));
  expect(await Promise.all(answers)).toEqual(Array(5).fill('unavailable'));
  line.restore();
  const again = () => codeOf(inbox.receive({ ...given, key: 'after' }));
  await vi.waitFor(async () => expect(await again()).toBe('no error'));
  await database.close();
  line.close();
});

test('R3 a server that falls silent does not keep anybody waiting, and stores again once it is back', async () => {
  const line = await openDatabaseLine(await createTestDatabase());
  const database = await openServer({ url: line.url, poolSize: 2 });
  const inbox = createInbox(database, { answerWithin: 1000 });
  const given = aFresh();
  expect(await inbox.receive(given)).toBe('stored');
  line.silence();
  for (const key of ['first', 'second', 'third']) {
    expect(await codeOf(inbox.receive({ ...given, key }))).toBe('unavailable');
  }
  expect(line.swallowed()).toBeGreaterThan(0);
  line.cut();
  line.restore();
  const again = () => codeOf(inbox.receive({ ...given, key: 'after' }));
  await vi.waitFor(async () => expect(await again()).toBe('no error'), { timeout: 20_000 });
  await database.close();
  line.close();
});
