import { describe, expect, test } from 'vitest';
import type { ContactId, WorkerId } from '../src/ids.ts';
import type { OrderRequest } from '../src/ordering/order-facts.ts';
import type { StatusName } from '../src/status/check-status.ts';
import { createEngine, start } from './engine.ts';

const minute = 60_000;

/** A candidate whose first order is kept here, with a second one at Turn that a restored backup has forgotten. */
const forgottenSecond = async (kept: StatusName, atTurn: StatusName = kept) => {
  const engine = createEngine();
  const candidate = engine.addCandidate();
  await engine.moveCandidate(candidate);
  await engine.runFor(minute);
  const [first] = engine.checkProvider.orders;
  if (first === undefined) throw new Error('Nothing was ordered.');
  if (kept !== 'emailed') {
    engine.checkProvider.advance(first.workerId, kept);
    await engine.hearTurn(first.workerId);
    await engine.run();
  }
  engine.checkProvider.advance(first.workerId, atTurn);
  const second = engine.checkProvider.addCheck(engine.connectionId, `lever-production-${candidate}-2`);
  engine.ats.setTags(engine.connectionId, candidate, ['TurnStatus:Emailed']);
  const rows = () =>
    engine.checks.all().map(({ orderNumber, phase, workerId }) => ({ orderNumber, phase, workerId }));
  const shown = () =>
    engine.ats
      .opportunity(engine.connectionId, candidate)
      .tags.filter((tag) => tag.startsWith('TurnStatus:'));
  const both = [
    { orderNumber: 1, phase: 'ordered', workerId: first.workerId },
    { orderNumber: 2, phase: 'ordered', workerId: second as WorkerId },
  ];
  const told = async () =>
    (await engine.incidents.listOpen(engine.connectionId)).map(({ kind, subject }) => ({ kind, subject }));
  return { engine, candidate, first, rows, shown, both, told };
};

describe('a second order that a restored backup has forgotten beside the first', () => {
  test('is adopted by the sweep, and Lever goes on showing it', async () => {
    const { engine, rows, both, shown, told } = await forgottenSecond('clear');
    expect((await engine.sweep())?.adopted).toBe(1);
    await engine.run();
    expect(rows()).toEqual(both);
    expect(shown()).toEqual(['TurnStatus:Emailed']);
    expect(await told()).toEqual([{ kind: 'check-adopted', subject: engine.checks.all()[1]?.id }]);
    expect((await engine.sweep())?.adopted).toBe(0);
  });

  test('is adopted before the sync of a first one that the backup has as open takes its tag away', async () => {
    const { engine, first, rows, both, shown } = await forgottenSecond('emailed', 'clear');
    await engine.hearTurn(first.workerId);
    await engine.run();
    expect(rows()).toEqual(both);
    expect(shown()).toEqual(['TurnStatus:Emailed']);
  });

  test('costs no look-up while the first is open, since nobody orders again before its result', async () => {
    const engine = createEngine();
    await engine.moveCandidate(engine.addCandidate());
    await engine.runFor(minute);
    const before = engine.checkProvider.journal.length;
    await engine.sweep();
    expect(engine.checkProvider.journal.length).toBe(before);
  });

  test('is adopted with the first where the adoption broke off between the two', async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate({ tags: ['TurnStatus:Emailed'] });
    for (const number of [1, 2])
      engine.checkProvider.addCheck(engine.connectionId, `lever-production-${candidate}-${number}`);
    engine.interruptions.crash({ method: 'checks.makeReady', call: 2, moment: 'before' });
    expect(await engine.sweep()).toBeNull();
    expect(engine.checks.all()).toHaveLength(1);
    await engine.sweep();
    expect(engine.checks.all().map(({ orderNumber, phase }) => `${orderNumber} ${phase}`)).toEqual([
      '2 ordered',
      '1 ordered',
    ]);
  });
});

test('the same person is held behind an adopted check, whatever package that was ordered with', async () => {
  const engine = createEngine();
  const contactId = 'one-person' as ContactId;
  const forgotten = engine.addCandidate({ contactId, tags: ['TurnStatus:Emailed'] });
  engine.checkProvider.addCheck(engine.connectionId, `lever-production-${forgotten}-1`);
  await engine.sweep();
  await engine.run();
  const other = engine.addCandidate({ contactId, tags: ['TurnPackage:P0000000001:Standard'] });
  await engine.moveCandidate(other);
  await engine.runFor(minute);
  expect((await engine.newestDelivery(other)).settlement?.reason).toBe('held.same_person');
  expect(engine.checkProvider.orders).toEqual([]);
});

test('nobody is told of an adoption where two deliveries of one move race', async () => {
  const engine = createEngine();
  const candidate = engine.addCandidate();
  await engine.moveCandidate(candidate);
  await engine.hear({ opportunityId: candidate, triggeredAt: start });
  engine.advance(30_000);
  const check = () => engine.checks.all()[0];
  const request: OrderRequest = {
    packageId: null,
    firstName: 'Ada',
    lastName: 'Example',
    email: 'ada@example.com',
    phone: null,
  };
  const [one] = engine.inbox.dueIds();
  if (one === undefined) throw new Error('Expected a delivery.');
  // The second looks up after the first has posted, and before the first has stored its answer.
  engine.interruptions.at({ method: 'checks.recordOrdered', moment: 'before' }, async () => {
    const row = check();
    if (row === undefined) throw new Error('Expected a check.');
    expect(row.phase).toBe('sending');
    await engine.placeOrder(row, request);
  });
  await engine.processDelivery(one);
  await engine.run();
  expect(check()?.phase).toBe('ordered');
  expect(engine.checkProvider.orders).toHaveLength(1);
  expect(await engine.incidents.listOpen(engine.connectionId)).toEqual([]);
});
