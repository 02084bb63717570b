import { describe, expect, test } from 'vitest';
import type {
  ConnectionId,
  ContactId,
  CorrelationId,
  OpportunityId,
  PackageId,
  StageId,
} from '../src/ids.ts';
import { PortError, type PortErrorCode } from '../src/ports/port-error.ts';
import { mostAttempts } from '../src/times.ts';
import { applicantStage, referenceCheckStage } from '../testing/an-opportunity.ts';
import { createEngine, type Engine, type EngineOptions, start } from './engine.ts';

const second = 1000;
const minute = 60 * second;
const wait = 30 * second;
const p1 = 'P0000000001' as PackageId;
const standard = 'TurnPackage:P0000000001:Standard';

/** A candidate who was moved into the stage, and whose wait is over. */
const moved = async (
  options: EngineOptions & { readonly candidate?: Parameters<Engine['addCandidate']>[0] } = {},
) => {
  const engine = createEngine(options);
  const candidate = engine.addCandidate(options.candidate);
  await engine.moveCandidate(candidate);
  engine.advance(wait);
  const { id } = await engine.newestDelivery(candidate);
  return { engine, candidate, id, decide: () => engine.processDelivery(id) };
};

const reasonOf = async (engine: Engine, candidate: OpportunityId) =>
  (await engine.newestDelivery(candidate)).settlement?.reason ?? null;

const vendorCalls = ({ ats, checkProvider }: Engine): readonly string[] =>
  [...ats.journal, ...checkProvider.journal].map(({ method }) => method);

const outage = new PortError('unavailable', 'An outage.', { vendor: 'lever' });

/** Fails every call of a method from now on. */
const failAlways = (engine: Engine, method: string, error: Error): void => {
  engine.interruptions.atEach({ method, moment: 'before' }, () => {
    throw error;
  });
};

describe('a decision', () => {
  test('orders what Lever’s record says, and remembers why', async () => {
    const { engine, candidate, id, decide } = await moved({
      candidate: { name: 'van der Berg, Ada', tags: [standard, 'TurnPackage:P9:Gone'] },
    });
    expect(await decide()).toMatchObject({ kind: 'settled', reason: 'ordered', checkId: 'check-1' });
    expect(engine.checkProvider.orders).toMatchObject([
      {
        referenceId: `lever-production-${candidate}-1`,
        request: {
          packageId: p1,
          firstName: 'Ada',
          lastName: 'van der Berg',
          email: 'ada@example.com',
          phone: '12025550143',
        },
      },
    ]);
    const { settlement } = await engine.newestDelivery(candidate);
    expect(settlement).toMatchObject({ reason: 'ordered', checkId: 'check-1', enteredAt: start });
    expect(settlement?.trail.map(({ outcome }) => outcome)).not.toContain('stop');
    expect(engine.checks.all()).toMatchObject([
      { phase: 'ordered', packageId: p1, invalidTags: ['TurnPackage:P9:Gone'], deliveryId: id },
    ]);
  });

  test('ignores who moved on at once, and keeps no check', async () => {
    const { engine, candidate, decide } = await moved();
    engine.ats.moveOpportunity(engine.connectionId, candidate, applicantStage, start + 10 * second);
    expect(await decide()).toMatchObject({ reason: 'ignored.left_stage', checkId: null });
    expect(engine.checks.all()).toEqual([]);
  });

  test('holds what lacks something, and says what', async () => {
    const { engine, candidate, decide } = await moved({ candidate: { emails: [] } });
    expect(await decide()).toMatchObject({ reason: 'held.missing_data', checkId: 'check-1' });
    expect(engine.checks.all()).toMatchObject([
      { opportunityId: candidate, phase: 'held', hold: { reason: 'held.missing_data', details: ['e-mail'] } },
    ]);
    expect(engine.checkProvider.orders).toEqual([]);
  });

  test('to ignore ends what was held before', async () => {
    const { engine, candidate, id, decide } = await moved({ candidate: { emails: [] } });
    await decide();
    engine.ats.archive(engine.connectionId, candidate);
    await engine.inbox.reopen(engine.connectionId, id);
    expect(await decide()).toMatchObject({ reason: 'ignored.archived', checkId: 'check-1' });
    expect(engine.checks.all()).toMatchObject([{ phase: 'dismissed', hold: null }]);
  });

  test('is made once, whoever else has the delivery or had it', async () => {
    const { engine, decide } = await moved();
    const [one, other] = await Promise.all([decide(), decide()]);
    expect([one.kind, other.kind].sort()).toEqual(['not-due', 'settled']);
    expect(await decide()).toEqual({ kind: 'not-due' });
    expect(engine.checkProvider.orders).toHaveLength(1);
  });

  test('is not made before the wait is over', async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate();
    await engine.moveCandidate(candidate);
    engine.advance(wait - 1);
    await engine.run();
    expect(vendorCalls(engine)).toEqual([]);
  });

  test.each<[string, string, (engine: Engine) => void]>([
    [
      'held.paused',
      'paused',
      ({ connections, connectionId }) => connections.change(connectionId, { pausedAt: start }),
    ],
    [
      'held.disconnected',
      'disconnected',
      ({ connections, connectionId, now }) => connections.disconnect(connectionId, now()),
    ],
    [
      'held.disconnected',
      'known to be broken',
      ({ connections, connectionId }) => connections.change(connectionId, { turn: 'reconnect-needed' }),
    ],
  ])('%s costs no call to a vendor while the connection is %s', async (reason, _title, act) => {
    const { engine, decide } = await moved();
    act(engine);
    expect(await decide()).toMatchObject({ kind: 'settled', reason });
    expect(vendorCalls(engine)).toEqual([]);
  });

  test('under a lapsed lease changes nothing any more', async () => {
    const { engine, candidate, id, decide } = await moved();
    engine.interruptions.at({ method: 'checks.makeReady', moment: 'before' }, async () => {
      engine.advance(engine.times.deliveryLease + 1);
      await engine.processDelivery(id);
    });
    await decide();
    expect(engine.checkProvider.orders).toHaveLength(1);
    expect(await reasonOf(engine, candidate)).toBe('ordered');
    expect(await engine.incidents.listOpen(engine.connectionId)).toEqual([]);
  });
});

describe('money guards', () => {
  /** Another opportunity is moved into the stage, and decided. */
  const another = async (engine: Engine, given: Parameters<Engine['addCandidate']>[0] = {}) => {
    const candidate = engine.addCandidate(given);
    await engine.moveCandidate(candidate);
    engine.advance(wait);
    await engine.run();
    return reasonOf(engine, candidate);
  };

  test('hold a second check of the same package for the same person', async () => {
    const contactId = 'contact-of-both' as ContactId;
    const { engine, decide } = await moved({ candidate: { contactId } });
    await decide();
    expect(await another(engine, { contactId })).toBe('held.same_person');
    expect(await another(engine, { contactId, tags: [standard] })).toBe('ordered');
  });

  test('hold what goes beyond the hourly limit, until the hour is over', async () => {
    const settings = { ...(await createEngine().connection()).settings, ordersPerHour: 1 };
    const { engine, decide } = await moved({ connection: { settings } });
    await decide();
    expect(await another(engine)).toBe('held.bulk');
    engine.advance(60 * minute);
    expect(await another(engine)).toBe('ordered');
  });
});

describe('the trigger stage', () => {
  const unresolved = {
    connection: { triggerStage: { kind: 'unresolved', name: ' reference  CHECK' } },
  } as const;

  test('is found by its name with the first delivery, and known from then on', async () => {
    const { engine, decide } = await moved(unresolved);
    expect(await decide()).toMatchObject({ reason: 'ordered' });
    expect((await engine.connection()).triggerStage).toEqual({
      kind: 'resolved',
      id: referenceCheckStage,
      name: 'Reference Check',
    });
    await engine.moveCandidate(engine.addCandidate());
    engine.advance(wait);
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(2);
    expect(vendorCalls(engine).filter((method) => method === 'listStages')).toHaveLength(1);
  });

  test.each([
    ['missing, never having been there', [], 'ignored.not_trigger_stage', 'missing'],
    ['one of two others', ['one', 'other'], 'ignored.not_trigger_stage', 'ambiguous'],
    ['one of two of its name', [referenceCheckStage, 'other'], 'held.config', 'ambiguous'],
  ])('that is %s: %s', async (_title, ids, reason, kind) => {
    const { engine, decide } = await moved(unresolved);
    const stages = ids.map((id) => ({ id: id as StageId, name: 'Reference Check' }));
    engine.ats.setStages(engine.connectionId, stages);
    expect(await decide()).toMatchObject({ reason });
    expect((await engine.connection()).triggerStage.kind).toBe(kind);
  });
});

describe('the package list', () => {
  const listed = (engine: Engine) => vendorCalls(engine).filter((method) => method === 'listPackages').length;

  test('is not read without a package tag', async () => {
    const { engine, decide } = await moved();
    await decide();
    expect(engine.checkProvider.orders[0]?.request.packageId).toBeNull();
    expect(listed(engine)).toBe(0);
  });

  test('is read for the first tag and kept for the next', async () => {
    const { engine, decide } = await moved({ candidate: { tags: [standard] } });
    await decide();
    await engine.moveCandidate(engine.addCandidate({ tags: [standard] }));
    await engine.runFor(minute);
    expect(engine.checkProvider.orders.map(({ request }) => request.packageId)).toEqual([p1, p1]);
    expect(listed(engine)).toBe(1);
  });

  test.each([
    ['again where it is old', 11 * minute, 'P3', 1],
    ['not again where it is fresh: the default is ordered', 9 * minute, null, 0],
  ])('is read for a package it does not name, %s', async (_title, age, packageId, times) => {
    const packages = [{ id: p1, name: 'Standard' }];
    const { engine, decide } = await moved({
      connection: { packages: { packages, readAt: start + wait - age } },
      candidate: { tags: ['TurnPackage:P3:New'] },
    });
    engine.checkProvider.setPackages(engine.connectionId, [{ id: 'P3' as PackageId, name: 'New' }]);
    await decide();
    expect(engine.checkProvider.orders[0]?.request.packageId).toBe(packageId);
    expect(listed(engine)).toBe(times);
  });

  test.each([
    ['was never read', null],
    [
      'is old and does not name the package',
      { packages: [{ id: p1, name: 'Standard' }], readAt: start - 11 * minute },
    ],
  ])(
    'that cannot be read is waited for where it %s, and the default never takes its place',
    async (_title, packages) => {
      const { engine, candidate, decide } = await moved({
        connection: { packages },
        candidate: { tags: ['TurnPackage:P3:New'] },
      });
      failAlways(engine, 'checkProvider.listPackages', new PortError('unavailable', 'x', { vendor: 'turn' }));
      expect((await decide()).kind).toBe('postponed');
      await engine.runFor(4 * 60 * minute);
      expect(await reasonOf(engine, candidate)).toBe('held.packages_unavailable');
      expect((await engine.newestDelivery(candidate)).delivery.attempts).toBe(mostAttempts);
      expect(engine.checkProvider.orders).toEqual([]);
    },
  );
});

describe('dead credentials', () => {
  test.each<[string, 'lever' | 'turn', PortErrorCode, string]>([
    ['a revoked grant', 'lever', 'unauthorized', 'ats.confirmAuthorization'],
    ['a dead token', 'turn', 'unauthorized', 'checkProvider.findByReference'],
    ['a dead token at the package list', 'turn', 'unauthorized', 'checkProvider.listPackages'],
  ])(
    '%s: the connection is marked, the order held, and people told once',
    async (_title, vendor, code, method) => {
      const { engine, candidate, decide } = await moved({ candidate: { tags: [standard] } });
      const other = engine.addCandidate({ tags: [standard] });
      await engine.moveCandidate(other);
      engine.advance(wait);
      failAlways(engine, method, new PortError(code, 'x', { vendor }));
      expect(await decide()).toMatchObject({ reason: 'held.disconnected' });
      await engine.run();
      expect(await reasonOf(engine, other)).toBe('held.disconnected');
      expect((await engine.connection())[vendor]).toBe('reconnect-needed');
      expect(await engine.incidents.listOpen(engine.connectionId)).toMatchObject([
        { kind: `${vendor}-reconnect-needed`, subject: engine.connectionId },
      ]);
      expect(engine.checks.all().map(({ opportunityId, phase }) => [opportunityId, phase])).toEqual([
        [candidate, 'held'],
        [other, 'held'],
      ]);
    },
  );
});

describe('a fault that passes', () => {
  const dueIn = async (engine: Engine, candidate: OpportunityId) =>
    ((await engine.newestDelivery(candidate)).delivery.dueAt ?? 0) - engine.now();

  test('puts the delivery back, each time for longer, up to a cap', async () => {
    const { engine, candidate } = await moved();
    failAlways(engine, 'ats.readOpportunity', outage);
    const delays: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await engine.run();
      delays.push(await dueIn(engine, candidate));
      engine.advance(delays.at(-1) ?? 0);
    }
    // Half of the jitter: three quarters of 2 s, doubled, up to three quarters of 15 min.
    expect(delays.slice(0, 4)).toEqual([1500, 3000, 6000, 12_000]);
    expect(delays.slice(-3)).toEqual([675_000, 675_000, 675_000]);
  });

  test('waits as long as the vendor asked', async () => {
    const { engine, candidate, decide } = await moved();
    engine.ats.fail(new PortError('rate-limited', 'x', { vendor: 'lever', retryAfter: 77_000 }));
    await decide();
    expect(await dueIn(engine, candidate)).toBe(77_000);
  });

  test('does no harm: the next try orders', async () => {
    const { engine, candidate } = await moved();
    engine.ats.fail(outage);
    await engine.runFor(minute);
    expect(await reasonOf(engine, candidate)).toBe('ordered');
    expect(engine.checkProvider.orders).toHaveLength(1);
  });

  test('is given to a person after 20 tries, with what it was', async () => {
    const { engine, candidate } = await moved();
    failAlways(engine, 'ats.readOpportunity', outage);
    await engine.runFor(4 * 60 * minute);
    expect(await reasonOf(engine, candidate)).toBe('failed.exhausted');
    expect(engine.checks.all()).toMatchObject([
      { phase: 'held', hold: { reason: 'failed.exhausted', details: ['unavailable'] } },
    ]);
    expect(vendorCalls(engine).filter((method) => method === 'confirmAuthorization')).toHaveLength(21);
  });

  test('holds the newest order after 20 tries, not the first', async () => {
    const { engine, candidate } = await moved();
    await engine.run();
    const again = {
      opportunityId: candidate,
      contactId: null,
      orderNumber: 2,
      deliveryId: null,
      correlationId: 'correlation-again' as CorrelationId,
      displayName: null,
      statusTags: null,
    };
    await engine.checks.makeReady(engine.connectionId, again, { packageId: null, invalidTags: [] });
    failAlways(engine, 'ats.readOpportunity', outage);
    await engine.hear({ opportunityId: candidate });
    await engine.runFor(4 * 60 * minute);
    expect(engine.checks.all().map(({ orderNumber, phase }) => [orderNumber, phase])).toEqual([
      [1, 'ordered'],
      [2, 'held'],
    ]);
  });

  test('at Turn, which never carries the order out, is given to a person after 20 tries', async () => {
    const { engine, candidate } = await moved();
    for (let order = 0; order < 40; order += 1) {
      engine.checkProvider.orderOutcomeNext(
        { kind: 'not-carried-out', retryAfter: null },
        { committed: false },
      );
    }
    await engine.runFor(4 * 60 * minute);
    expect(await reasonOf(engine, candidate)).toBe('failed.exhausted');
    expect(engine.checks.all()).toMatchObject([{ phase: 'held', hold: { reason: 'failed.exhausted' } }]);
  });
});

describe('an error that nobody expected', () => {
  const bug = new TypeError('x is not a function');

  test('is thrown on, and the delivery put back', async () => {
    const { engine, candidate, decide } = await moved();
    engine.interruptions.fail({ method: 'checks.makeReady', moment: 'before' }, bug);
    await expect(decide()).rejects.toBe(bug);
    expect((await engine.newestDelivery(candidate)).delivery).toMatchObject({
      attempts: 1,
      dueAt: start + wait + 1500,
    });
    await engine.runFor(minute);
    expect(await reasonOf(engine, candidate)).toBe('ordered');
  });

  test('is given to a person after 20 tries', async () => {
    const { engine, candidate, decide } = await moved();
    failAlways(engine, 'ats.readOpportunity', bug);
    for (let attempt = 0; attempt <= mostAttempts; attempt += 1) {
      await expect(decide()).rejects.toBe(bug);
      engine.advance(15 * minute);
    }
    expect(await reasonOf(engine, candidate)).toBe('failed.exhausted');
    expect(engine.checks.all()).toMatchObject([{ phase: 'held', hold: { reason: 'failed.exhausted' } }]);
  });
});

describe('an order that is there already', () => {
  test('of an earlier connection to the same Lever account is not repeated', async () => {
    const { engine, candidate, decide } = await moved({ connection: { leverAccountId: 'lever-account' } });
    const earlier = 'connection-0' as ConnectionId;
    engine.connections.put({ id: earlier, leverAccountId: 'lever-account' });
    const subject = {
      opportunityId: candidate,
      contactId: null,
      orderNumber: 1,
      deliveryId: null,
      correlationId: 'correlation-0' as CorrelationId,
      displayName: null,
      statusTags: null,
    };
    await engine.checks.makeReady(earlier, subject, { packageId: null, invalidTags: [] });
    expect(await decide()).toMatchObject({
      kind: 'settled',
      reason: 'ignored.already_ordered',
      checkId: null,
    });
    expect(engine.checkProvider.orders).toEqual([]);
  });

  test('is not what a vendor’s refusal means', async () => {
    const { engine, decide } = await moved();
    engine.ats.fail(new PortError('rejected', 'x', { vendor: 'lever' }), { method: 'readOpportunity' });
    expect((await decide()).kind).toBe('postponed');
  });

  test('but was left ready by a crash goes on', async () => {
    const { engine, candidate } = await moved();
    engine.interruptions.crash({ method: 'checks.makeReady', moment: 'after' });
    expect(await engine.run()).toBe('cut-short');
    expect(engine.checks.all()).toMatchObject([{ phase: 'ready' }]);
    engine.advance(engine.times.deliveryLease + 1);
    await engine.run();
    expect(await reasonOf(engine, candidate)).toBe('ordered');
    expect(engine.checks.all()).toMatchObject([{ phase: 'ordered' }]);
    expect(engine.checkProvider.orders).toHaveLength(1);
  });
});
