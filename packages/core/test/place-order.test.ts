import { describe, expect, test } from 'vitest';
import type { OrderRequest } from '../src/ordering/order-facts.ts';
import { PortError } from '../src/ports/port-error.ts';
import { createEngine, type Engine, start } from './engine.ts';

const minute = 60_000;
const request: OrderRequest = {
  packageId: null,
  firstName: 'Ada',
  lastName: 'Example',
  email: 'ada@example.com',
  phone: null,
};

/** A check that was decided and not yet claimed. */
const ready = async () => {
  const engine = createEngine();
  const opportunityId = engine.addCandidate();
  await engine.hear({ opportunityId, triggeredAt: start });
  const { id, delivery } = await engine.newestDelivery(opportunityId);
  const subject = {
    opportunityId,
    contactId: null,
    orderNumber: 1,
    deliveryId: id,
    correlationId: delivery.correlationId,
    displayName: null,
    statusTags: [],
  };
  const terms = { packageId: null, invalidTags: [] };
  const check = await engine.checks.makeReady(engine.connectionId, subject, terms);
  const read = async () => {
    const kept = await engine.checks.read(engine.connectionId, check.id);
    if (kept === null) throw new Error('The check is gone.');
    return kept;
  };
  return { engine, check, read, place: () => engine.placeOrder(check, request) };
};

const posts = ({ checkProvider }: Engine): number =>
  checkProvider.journal.filter(({ method }) => method === 'order').length;

const incidents = async ({ incidents: port, connectionId }: Engine): Promise<readonly string[]> =>
  (await port.listOpen(connectionId)).map(({ kind }) => kind);

/** Lets time pass minute by minute, and notes after how many minutes a method of Turn was called. */
const minutesOfCalls = async (engine: Engine, method: string, minutes: number) => {
  const from = engine.now();
  const found: number[] = [];
  engine.interruptions.atEach({ method: `checkProvider.${method}`, moment: 'before' }, () => {
    found.push((engine.now() - from) / minute);
  });
  await engine.runFor(minutes * minute, minute);
  return found;
};

describe('an order', () => {
  test('is posted once and kept with Turn’s id, due for a sync at once', async () => {
    const { engine, check, read, place } = await ready();
    expect(await place()).toEqual({ kind: 'settled', reason: 'ordered' });
    const [order] = engine.checkProvider.orders;
    expect(order).toMatchObject({ referenceId: check.referenceId, request });
    expect(await read()).toMatchObject({
      phase: 'ordered',
      workerId: order?.workerId,
      nextSyncAt: engine.now(),
    });
    expect(await incidents(engine)).toEqual([]);
  });

  test('that Turn has already is adopted, and people are told', async () => {
    const { engine, check, read, place } = await ready();
    const workerId = engine.checkProvider.addCheck(engine.connectionId, check.referenceId);
    expect(await place()).toEqual({ kind: 'settled', reason: 'ordered' });
    expect(posts(engine)).toBe(0);
    expect(await read()).toMatchObject({ phase: 'ordered', workerId });
    expect(await incidents(engine)).toEqual(['check-adopted']);
  });

  test('is left alone where somebody else claimed it', async () => {
    const { engine, check, read, place } = await ready();
    await engine.checks.claim(engine.connectionId, check.id, minute);
    expect(await place()).toEqual({ kind: 'settled', reason: 'ignored.already_ordered' });
    expect(posts(engine)).toBe(0);
    expect((await read()).phase).toBe('sending');
  });

  test('is posted once where two place it at the same time', async () => {
    const { engine, place } = await ready();
    const placed = await Promise.all([place(), place()]);
    expect(placed.map((one) => one.kind === 'settled' && one.reason).sort()).toEqual([
      'ignored.already_ordered',
      'ordered',
    ]);
    expect(posts(engine)).toBe(1);
  });

  test('that Turn refuses is held with the names of the fields', async () => {
    const { engine, read, place } = await ready();
    engine.checkProvider.orderOutcomeNext({ kind: 'refused', fields: ['email'] }, { committed: false });
    expect(await place()).toEqual({ kind: 'settled', reason: 'held.turn_rejected' });
    expect(await read()).toMatchObject({
      phase: 'held',
      hold: { reason: 'held.turn_rejected', details: ['email'] },
    });
  });

  test('that certainly was not carried out can be placed again', async () => {
    const { engine, read, place } = await ready();
    const outcome = { kind: 'not-carried-out', retryAfter: 5000 } as const;
    engine.checkProvider.orderOutcomeNext(outcome, { committed: false });
    expect(await place()).toEqual({ kind: 'try-again', retryAfter: 5000 });
    expect((await read()).phase).toBe('ready');
    expect(await place()).toEqual({ kind: 'settled', reason: 'ordered' });
    expect(engine.checkProvider.orders).toHaveLength(1);
  });

  test('under a dead token is held, the connection marked, and people told', async () => {
    const { engine, read, place } = await ready();
    engine.checkProvider.orderOutcomeNext({ kind: 'unauthorized' }, { committed: false });
    expect(await place()).toEqual({ kind: 'settled', reason: 'held.disconnected' });
    expect(await read()).toMatchObject({ phase: 'held', hold: { reason: 'held.disconnected' } });
    expect((await engine.connection()).turn).toBe('reconnect-needed');
    expect(await incidents(engine)).toEqual(['turn-reconnect-needed']);
  });

  test('is not claimed where Turn could not be asked for it first', async () => {
    const { engine, read, place } = await ready();
    const outage = new PortError('unavailable', 'x', { vendor: 'turn' });
    engine.checkProvider.failNext('findByReference', outage);
    await expect(place()).rejects.toBe(outage);
    expect(await read()).toMatchObject({ phase: 'ready', sendingAt: null });
  });
});

describe('an order whose answer was lost', () => {
  const lost = async (committed = false) => {
    const world = await ready();
    world.engine.checkProvider.orderOutcomeNext({ kind: 'unknown' }, { committed });
    expect(await world.place()).toEqual({ kind: 'settled', reason: 'waiting.answer' });
    return world;
  };

  test('is looked up after 1, 5, 15 and 60 more minutes, then given to a person, and never posted again', async () => {
    const { engine, read } = await lost();
    expect(await minutesOfCalls(engine, 'findByReference', 24 * 60)).toEqual([1, 6, 21, 81]);
    expect(await read()).toMatchObject({
      phase: 'unknown',
      lookUps: 4,
      hold: { reason: 'held.unknown_result' },
      nextSyncAt: null,
    });
    expect(await incidents(engine)).toEqual(['order-unknown']);
    expect(posts(engine)).toBe(1);
  });

  test('is not posted again by a webhook, a sweep or a person in a hurry', async () => {
    const { engine, check } = await lost();
    await engine.moveCandidate(check.opportunityId);
    await engine.runFor(3 * 60 * minute);
    await engine.sweep();
    await engine.runFor(60 * minute);
    if (check.deliveryId !== null) await engine.inbox.reopen(engine.connectionId, check.deliveryId);
    await engine.runFor(60 * minute);
    expect(posts(engine)).toBe(1);
  });

  test('is adopted by the first look-up where Turn carried it out', async () => {
    const { engine, read } = await lost(true);
    await engine.runFor(minute);
    expect(await read()).toMatchObject({
      phase: 'ordered',
      workerId: engine.checkProvider.orders[0]?.workerId,
    });
    expect(await incidents(engine)).toEqual([]);
  });

  test('is adopted by the third look-up where Turn was slow, and the alert is over', async () => {
    const { engine, check, read } = await lost();
    await engine.runFor(10 * minute, minute);
    expect(await incidents(engine)).toEqual(['order-unknown']);
    const workerId = engine.checkProvider.addCheck(engine.connectionId, check.referenceId);
    await engine.runFor(10 * minute, minute);
    expect((await read()).phase).toBe('unknown');
    await engine.runFor(minute);
    expect(await read()).toMatchObject({ phase: 'ordered', workerId, hold: null });
    expect(await incidents(engine)).toEqual([]);
    expect(posts(engine)).toBe(1);
  });

  test('keeps its turn to look where Turn cannot be asked', async () => {
    const { engine, read } = await lost();
    const outage = new PortError('unavailable', 'x', { vendor: 'turn' });
    engine.checkProvider.failNext('findByReference', outage);
    await engine.runFor(minute);
    expect(await read()).toMatchObject({ phase: 'unknown', lookUps: 0, failures: 1 });
    await engine.runFor(minute);
    expect(await read()).toMatchObject({ phase: 'unknown', lookUps: 1, failures: 0 });
  });

  test('is no longer looked up once the connection is disconnected, and raises no alert about its token', async () => {
    const { engine, read } = await lost();
    await engine.connections.disconnect(engine.connectionId, engine.now());
    engine.checkProvider.revoke(engine.connectionId);
    await engine.runFor(2 * minute);
    expect(await read()).toMatchObject({ phase: 'unknown', nextSyncAt: null });
    expect(await incidents(engine)).toEqual([]);
  });
});
