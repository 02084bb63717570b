import { describe, expect, test } from 'vitest';
import type { ContactId, OpportunityId } from '../src/ids.ts';
import { PortError } from '../src/ports/port-error.ts';
import { defaultSettings } from '../src/settings.ts';
import { applicantStage, referenceCheckStage } from '../testing/an-opportunity.ts';
import { createEngine, type Engine, start } from './engine.ts';

const wait = 30_000;

/** Everybody is moved, and decided on in the same turn of the event loop, as by many workers at once. */
const decideTogether = async (engine: Engine, ids: readonly OpportunityId[]): Promise<void> => {
  for (const id of ids) await engine.moveCandidate(id);
  engine.advance(wait);
  await Promise.all(engine.inbox.dueIds().map((id) => engine.processDelivery(id)));
};

describe('decided at the same time', () => {
  test('two opportunities of one person are not both ordered', async () => {
    const engine = createEngine();
    const contactId = 'one-person' as ContactId;
    await decideTogether(engine, [engine.addCandidate({ contactId }), engine.addCandidate({ contactId })]);
    expect(engine.checkProvider.orders.length).toBeLessThanOrEqual(1);
    await engine.sweep();
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(1);
  });

  test('no more than the hourly limit is ordered', async () => {
    const engine = createEngine({ connection: { settings: { ...defaultSettings, ordersPerHour: 3 } } });
    await decideTogether(
      engine,
      Array.from({ length: 10 }, () => engine.addCandidate()),
    );
    expect(engine.checkProvider.orders.length).toBeLessThanOrEqual(3);
    for (let sweep = 0; sweep < 4; sweep += 1) {
      await engine.sweep();
      await engine.run();
    }
    expect(engine.checkProvider.orders).toHaveLength(3);
  });
});

describe('a process that stands still for longer than its lease', () => {
  test('while it orders does not leave the order to nobody, where Turn then does not carry it out', async () => {
    const engine = createEngine();
    const id = engine.addCandidate();
    await engine.moveCandidate(id);
    engine.advance(wait);
    const [delivery] = engine.inbox.dueIds();
    if (delivery === undefined) throw new Error('Expected a delivery.');
    const busy = { kind: 'not-carried-out', retryAfter: null } as const;
    engine.checkProvider.orderOutcomeNext(busy, { committed: false });
    engine.interruptions.at({ method: 'checkProvider.order', moment: 'before' }, async () => {
      engine.advance(engine.times.deliveryLease + 1);
      await engine.processDelivery(delivery);
    });
    await engine.processDelivery(delivery);
    expect(engine.checkProvider.orders).toHaveLength(0);
    await engine.runFor(5 * 60_000);
    expect(engine.checkProvider.orders).toHaveLength(1);
  });
});

describe('the wait', () => {
  test('counts from the entry that holds, not from the first of in, out and in again', async () => {
    const engine = createEngine();
    const id = engine.addCandidate();
    await engine.moveCandidate(id);
    engine.advance(20_000);
    engine.ats.moveOpportunity(engine.connectionId, id, applicantStage, engine.now());
    engine.ats.moveOpportunity(engine.connectionId, id, referenceCheckStage, engine.now() + 1000);
    engine.advance(10_000);
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(0);
    engine.advance(21_000);
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(1);
    expect(engine.now() - start).toBe(51_000);
  });
});

describe('one stray answer', () => {
  test('that Lever no longer shows a held candidate does not bar the next look', async () => {
    const engine = createEngine();
    const id = engine.addCandidate({ emails: [] });
    await engine.moveCandidate(id);
    await engine.runFor(wait);
    engine.ats.makeConfidential(engine.connectionId, id);
    await engine.sweep();
    await engine.run();
    const check = await engine.checks.newest(engine.connectionId, id);
    expect(check).toMatchObject({ dismissedAt: null });
  });

  test('of 404 to a write stops nothing while the record is there', async () => {
    const engine = createEngine();
    const id = engine.addCandidate();
    engine.ats.fail(new PortError('not-found', 'x', { vendor: 'lever' }), { method: 'addTag' });
    await engine.moveCandidate(id);
    await engine.runFor(10 * 60_000);
    expect(await engine.checks.newest(engine.connectionId, id)).toMatchObject({ writeBackStop: null });
    expect(engine.ats.opportunity(engine.connectionId, id).tags).toContain('TurnStatus:Emailed');
  });

  test('of 403 to a tag leaves the notes to be written, and tells a person', async () => {
    const engine = createEngine();
    const id = engine.addCandidate();
    const refusal = new PortError('forbidden', 'x', { vendor: 'lever' });
    for (let time = 0; time < 50; time += 1) engine.ats.fail(refusal, { method: 'addTag' });
    await engine.moveCandidate(id);
    await engine.runFor(5 * 60_000);
    expect(engine.ats.notes(engine.connectionId, id)).toHaveLength(1);
    const open = await engine.incidents.listOpen(engine.connectionId);
    expect(open.filter(({ kind }) => kind === 'write-back-refused')).toHaveLength(1);
  });
});
