import { describe, expect, test } from 'vitest';
import type { ConnectionId, CorrelationId, OpportunityId, StageId } from '../src/ids.ts';
import { PortError } from '../src/ports/port-error.ts';
import { applicantStage } from '../testing/an-opportunity.ts';
import { createEngine, type Engine, start } from './engine.ts';

const minute = 60_000;
const nothing = { missed: 0, reopened: 0, adopted: 0 };

const incidents = async ({ incidents: port, connectionId }: Engine) =>
  (await port.listOpen(connectionId)).map(({ kind }) => kind).sort();

const phases = ({ checks }: Engine) =>
  checks.all().map(({ opportunityId, orderNumber, phase, hold }) => ({
    opportunityId,
    orderNumber,
    is: hold?.reason ?? phase,
  }));

/** Candidates who were moved five minutes ago, without anybody telling us. */
const unheard = async (count: number, engine = createEngine()) => {
  const candidates: OpportunityId[] = [];
  for (let one = 0; one < count; one += 1) {
    const candidate = engine.addCandidate();
    await engine.moveCandidate(candidate, { isHeard: false });
    candidates.push(candidate);
  }
  engine.advance(5 * minute);
  const [first] = candidates;
  if (first === undefined) throw new Error('A test needs a candidate.');
  return { engine, candidate: first };
};

describe('an entry that no webhook told us of', () => {
  test('becomes one delivery, is ordered, and raises one alert', async () => {
    const { engine, candidate } = await unheard(1);
    expect(await engine.sweep()).toEqual({ ...nothing, missed: 1 });
    expect(engine.inbox.deliveries()).toMatchObject([
      { source: 'sweep', happening: { opportunityId: candidate, triggeredAt: start }, dueAt: engine.now() },
    ]);
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(1);
    expect(await engine.sweep()).toEqual(nothing);
    expect(engine.inbox.deliveries()).toHaveLength(1);
    expect(await incidents(engine)).toEqual(['missed-by-webhook']);
  });

  test('is received once by two sweeps at the same time', async () => {
    const { engine } = await unheard(1);
    await Promise.all([engine.sweep(), engine.sweep()]);
    expect(engine.inbox.deliveries()).toMatchObject([{ count: 2 }]);
  });

  test('gets a minute for its webhook to come', async () => {
    const engine = createEngine();
    await engine.moveCandidate(engine.addCandidate(), { isHeard: false });
    engine.advance(minute - 1);
    expect(await engine.sweep()).toEqual(nothing);
    engine.advance(1);
    expect(await engine.sweep()).toEqual({ ...nothing, missed: 1 });
  });

  test('from before ordering began is left alone', async () => {
    const { engine } = await unheard(1, createEngine({ connection: { orderingSince: start + 1 } }));
    expect(await engine.sweep()).toEqual(nothing);
  });

  test('from before ordering began is left alone, though something about the candidate is newer', async () => {
    const { engine, candidate } = await unheard(
      1,
      createEngine({ connection: { orderingSince: start + 1 } }),
    );
    // As archiving and taking it back does (`lever-api.md` §4.1).
    engine.ats.change(engine.connectionId, candidate, { lastAdvancedAt: engine.now() });
    expect(await engine.sweep()).toEqual(nothing);
    expect(engine.inbox.deliveries()).toEqual([]);
  });

  test.each([
    [20, 'ordered', 20],
    [21, 'held.backlog', 0],
  ])('together with others, %i in all: %s', async (count, is, orders) => {
    const { engine } = await unheard(count);
    await engine.sweep();
    await engine.run();
    expect(new Set(phases(engine).map((check) => check.is))).toEqual(new Set([is]));
    expect(engine.checkProvider.orders).toHaveLength(orders);
    await engine.sweep();
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(orders);
  });
});

describe('webhook and sweep race', () => {
  test('the sweep comes first: the webhook finds the order there', async () => {
    const { engine, candidate } = await unheard(1);
    await engine.sweep();
    await engine.run();
    await engine.hear({ opportunityId: candidate, triggeredAt: start });
    await engine.runFor(minute);
    expect((await engine.newestDelivery(candidate)).settlement?.reason).toBe('ignored.already_ordered');
    expect(engine.checkProvider.orders).toHaveLength(1);
    expect(await engine.sweep()).toEqual(nothing);
  });

  test('the webhook comes first and still waits: the sweep leaves it to it', async () => {
    const settings = {
      settings: { ...(await createEngine().connection()).settings, waitBeforeOrdering: 3600 },
    };
    const engine = createEngine({ connection: settings });
    await engine.moveCandidate(engine.addCandidate());
    engine.advance(5 * minute);
    expect(await engine.sweep()).toEqual(nothing);
    expect(engine.inbox.deliveries()).toHaveLength(1);
  });

  test('both are decided at the same time: one order', async () => {
    const { engine, candidate } = await unheard(1);
    await engine.sweep();
    await engine.hear({ opportunityId: candidate, triggeredAt: start });
    engine.advance(30_000);
    await Promise.all(engine.inbox.dueIds().map((id) => engine.processDelivery(id)));
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(1);
    expect(phases(engine)).toEqual([{ opportunityId: candidate, orderNumber: 1, is: 'ordered' }]);
    expect(engine.ats.notes(engine.connectionId, candidate)).toHaveLength(1);
  });
});

describe('an entry that was heard of is not called missed', () => {
  const away = async (engine: Engine, candidate: OpportunityId) => {
    await engine.moveCandidate(candidate, { stageId: applicantStage });
    engine.advance(10 * minute);
    await engine.moveCandidate(candidate);
    await engine.runFor(5 * minute);
  };

  test('where the candidate came back and has an order already', async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate();
    await engine.moveCandidate(candidate);
    await engine.runFor(5 * minute);
    await away(engine, candidate);
    expect(await engine.sweep()).toEqual(nothing);
    expect(await incidents(engine)).toEqual([]);
  });

  test.each<[string, (engine: Engine) => void]>([
    [
      'ordering is paused',
      ({ connections, connectionId }) => connections.change(connectionId, { pausedAt: start }),
    ],
    [
      'Turn’s token is dead',
      ({ connections, connectionId, checkProvider }) => {
        checkProvider.revoke(connectionId);
        connections.change(connectionId, { turn: 'reconnect-needed' });
      },
    ],
  ])('where it is held unread because %s', async (_title, act) => {
    const engine = createEngine();
    act(engine);
    await engine.moveCandidate(engine.addCandidate());
    await engine.runFor(5 * minute);
    for (let sweep = 0; sweep < 2; sweep += 1) {
      expect(await engine.sweep()).toEqual({ ...nothing, reopened: 1 });
      await engine.run();
    }
    expect(engine.inbox.deliveries()).toHaveLength(1);
    expect(await incidents(engine)).toEqual([]);
  });

  test('and does not count among the many that hold each other', async () => {
    const engine = createEngine({ connection: { pausedAt: start } });
    for (let one = 0; one < 21; one += 1) await engine.moveCandidate(engine.addCandidate());
    await engine.runFor(5 * minute);
    const missed = engine.addCandidate();
    await engine.moveCandidate(missed, { isHeard: false });
    await engine.runFor(5 * minute);
    await engine.sweep();
    expect((await engine.newestDelivery(missed)).delivery.foundTogether).toBe(1);
  });
});

describe('a held candidate', () => {
  const held = async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate({ emails: [] });
    await engine.moveCandidate(candidate);
    await engine.runFor(5 * minute);
    return { engine, candidate };
  };

  test('is decided again with each sweep while in the stage', async () => {
    const { engine, candidate } = await held();
    const since = engine.checks.all()[0]?.hold?.since;
    expect(await engine.sweep()).toEqual({ ...nothing, reopened: 1 });
    await engine.run();
    expect(engine.checks.all()).toMatchObject([{ phase: 'held', hold: { since } }]);
    engine.ats.change(engine.connectionId, candidate, { emails: ['ada@example.com'] });
    await engine.sweep();
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(1);
  });

  test('is left alone once it moved on', async () => {
    const { engine, candidate } = await held();
    await engine.moveCandidate(candidate, { stageId: applicantStage });
    expect(await engine.sweep()).toEqual(nothing);
  });

  test('without a delivery of its own is left to a person', async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate();
    await engine.moveCandidate(candidate, { isHeard: false });
    engine.advance(5 * minute);
    const subject = {
      opportunityId: candidate,
      contactId: null,
      orderNumber: 1,
      deliveryId: null,
      correlationId: 'correlation-of-somebody' as CorrelationId,
      displayName: null,
      statusTags: [],
    };
    await engine.checks.hold(engine.connectionId, subject, 'held.bulk', []);
    expect(await engine.sweep()).toEqual(nothing);
  });
});

describe('a check that a restored backup forgot', () => {
  /** Turn has orders under our references, Lever shows a tag and perhaps a note; we know nothing. */
  const forgotten = async (orders: number, tag = 'TurnStatus:Emailed') => {
    const engine = createEngine();
    const candidate = engine.addCandidate({ tags: ['Engineering', tag] });
    for (let number = 1; number <= orders; number += 1) {
      engine.checkProvider.addCheck(engine.connectionId, `lever-production-${candidate}-${number}`);
    }
    return { engine, candidate };
  };

  test.each([1, 2])('is adopted with all %i of its orders, and told', async (orders) => {
    const { engine, candidate } = await forgotten(orders);
    expect(await engine.sweep()).toEqual({ ...nothing, adopted: 1 });
    await engine.run();
    expect(
      engine.checks
        .all()
        .map(({ orderNumber, phase }) => [orderNumber, phase])
        .sort(),
    ).toEqual([1, 2].slice(0, orders).map((number) => [number, 'ordered']));
    expect(await incidents(engine)).toEqual(Array.from({ length: orders }, () => 'check-adopted'));
    expect(engine.ats.opportunity(engine.connectionId, candidate).tags).toEqual([
      'Engineering',
      'TurnStatus:Emailed',
    ]);
    expect(engine.checkProvider.orders).toEqual([]);
    expect(await engine.sweep()).toEqual(nothing);
  });

  test('does not get a second note with the Turn ID that Lever shows already', async () => {
    const { engine, candidate } = await forgotten(1);
    const text = 'Turn background check ordered. Turn ID: C0000000001';
    const note = { text, isSecret: false, notifyFollowers: false };
    await engine.ats.writeNote(engine.connectionId, candidate, note);
    await engine.sweep();
    await engine.run();
    expect(engine.ats.notes(engine.connectionId, candidate)).toHaveLength(1);
  });

  test('is found by the neutral word for adverse states too', async () => {
    const { engine } = await forgotten(1, 'TurnStatus:Report Ready');
    expect(await engine.sweep()).toEqual({ ...nothing, adopted: 1 });
  });

  test('is not ordered again when the candidate enters the stage before a sweep', async () => {
    const { engine, candidate } = await forgotten(1);
    await engine.moveCandidate(candidate);
    await engine.runFor(5 * minute);
    expect(engine.checkProvider.orders).toEqual([]);
    expect(phases(engine)).toEqual([{ opportunityId: candidate, orderNumber: 1, is: 'ordered' }]);
  });

  test('was none where Turn knows nothing: a tag that a person typed', async () => {
    const { engine } = await forgotten(0);
    expect(await engine.sweep()).toEqual(nothing);
    expect(engine.checks.all()).toEqual([]);
  });
});

describe('the trigger stage', () => {
  const other = [{ id: applicantStage, name: 'New applicant' }];

  test('that vanished raises an alert once, and its return ends it', async () => {
    const engine = createEngine();
    engine.ats.setStages(engine.connectionId, other);
    await engine.sweep();
    await engine.sweep();
    expect((await engine.connection()).triggerStage).toMatchObject({
      kind: 'missing',
      name: 'Reference Check',
    });
    expect(await incidents(engine)).toEqual(['trigger-stage-unclear']);
    engine.ats.setStages(engine.connectionId, [
      ...other,
      { id: 'new-one' as StageId, name: 'reference check' },
    ]);
    await engine.sweep();
    expect((await engine.connection()).triggerStage).toMatchObject({ kind: 'resolved', id: 'new-one' });
    expect(await incidents(engine)).toEqual([]);
  });

  test('that vanished does not keep forgotten checks from being adopted', async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate({ tags: ['TurnStatus:Emailed'] });
    engine.checkProvider.addCheck(engine.connectionId, `lever-production-${candidate}-1`);
    engine.ats.setStages(engine.connectionId, other);
    expect(await engine.sweep()).toEqual({ ...nothing, adopted: 1 });
  });

  test('is followed where it was renamed', async () => {
    const { engine } = await unheard(1);
    const { triggerStage } = await engine.connection();
    if (triggerStage.kind !== 'resolved') throw new Error('The stage should be known.');
    engine.ats.setStages(engine.connectionId, [{ id: triggerStage.id, name: 'Screening' }]);
    expect(await engine.sweep()).toEqual({ ...nothing, missed: 1 });
    expect((await engine.connection()).triggerStage).toEqual({ ...triggerStage, name: 'Screening' });
  });
});

describe('an archived candidate', () => {
  const archived = async () => {
    const engine = createEngine();
    const candidate = engine.addCandidate();
    await engine.moveCandidate(candidate);
    await engine.runFor(minute);
    engine.ats.archive(engine.connectionId, candidate);
    return engine;
  };

  test('with an open check is told once', async () => {
    const engine = await archived();
    await engine.sweep();
    await engine.sweep();
    expect(await incidents(engine)).toEqual(['archived-with-open-check']);
  });

  test('with a settled check is not told, whatever an old tag says', async () => {
    const engine = await archived();
    const workerId = engine.checkProvider.orders[0]?.workerId;
    if (workerId === undefined) throw new Error('Nothing was ordered.');
    engine.checkProvider.advance(workerId, 'clear');
    engine.interruptions.fail(
      { method: 'ats.addTag', moment: 'before' },
      new PortError('unavailable', 'x', { vendor: 'lever' }),
    );
    await engine.hearTurn(workerId);
    await engine.run();
    await engine.sweep();
    expect(await incidents(engine)).toEqual([]);
  });
});

describe('a sweep', () => {
  test.each(['lever', 'turn'] as const)(
    'lets ordering resume by itself once %s works again',
    async (vendor) => {
      const { engine } = await unheard(1);
      const fake = vendor === 'lever' ? engine.ats : engine.checkProvider;
      fake.revoke(engine.connectionId);
      engine.connections.change(engine.connectionId, { [vendor]: 'reconnect-needed' });
      await engine.incidents.raise(engine.connectionId, `${vendor}-reconnect-needed`, engine.connectionId);
      await engine.sweep();
      expect((await engine.connection())[vendor]).toBe('reconnect-needed');
      fake.reconnect(engine.connectionId);
      await engine.sweep();
      await engine.run();
      expect((await engine.connection())[vendor]).toBe('working');
      expect(engine.checkProvider.orders).toHaveLength(1);
      expect(await incidents(engine)).not.toContain(`${vendor}-reconnect-needed`);
    },
  );

  test('finds who stands in the stage even where an old check cannot be looked up', async () => {
    const { engine } = await unheard(1);
    engine.addCandidate({ tags: ['TurnStatus:Processing'] });
    const outage = new PortError('unavailable', 'x', { vendor: 'turn' });
    engine.checkProvider.failNext('findByReference', outage);
    await expect(engine.sweep()).rejects.toBe(outage);
    await engine.run();
    expect(engine.checkProvider.orders).toHaveLength(1);
  });

  test('asks nobody where the connection is disconnected', async () => {
    const { engine } = await unheard(1);
    await engine.connections.disconnect(engine.connectionId, engine.now());
    expect(await engine.sweep()).toEqual(nothing);
    expect([...engine.ats.journal, ...engine.checkProvider.journal]).toEqual([]);
  });

  test('of a connection that is not there finds nothing', async () => {
    expect(await createEngine().sweep('connection-9' as ConnectionId)).toEqual(nothing);
  });

  test('lets a fault of Lever through, and the next one finds the same', async () => {
    const { engine } = await unheard(1);
    const outage = new PortError('unavailable', 'x', { vendor: 'lever' });
    engine.ats.fail(outage, { method: 'listEntered' });
    await expect(engine.sweep()).rejects.toBe(outage);
    expect(await engine.sweep()).toEqual({ ...nothing, missed: 1 });
  });
});

test.each(['lever', 'turn'] as const)(
  'a connection without %s is not asked whether it works',
  async (vendor) => {
    const engine = createEngine();
    engine.connections.change(engine.connectionId, { [vendor]: 'not-connected' });
    await engine.sweep();
    expect((await engine.connection())[vendor]).toBe('not-connected');
    expect(await incidents(engine)).toEqual([]);
  },
);

test('a grant that was revoked is told at the next round, although no candidate comes', async () => {
  const engine = createEngine();
  engine.ats.revoke(engine.connectionId);
  await expect(engine.sweep()).rejects.toMatchObject({ code: 'unauthorized' });
  expect((await engine.connection()).lever).toBe('reconnect-needed');
  expect(await incidents(engine)).toEqual(['lever-reconnect-needed']);
});
