import { describe, expect, test } from 'vitest';
import type { WorkerId } from '../src/ids.ts';
import { PortError, type PortErrorCode } from '../src/ports/port-error.ts';
import { isStatusTag } from '../src/status/status-tag.ts';
import { createSyncCheck } from '../src/use-cases/sync-check.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A candidate whose check was ordered and shown. */
const ordered = async (options: EngineOptions = {}) => {
  const engine = createEngine(options);
  const candidate = engine.addCandidate({ tags: ['Engineering'] });
  await engine.moveCandidate(candidate);
  engine.advance(30 * second);
  const sync = async (): Promise<void> => {
    await engine.run();
  };
  return { engine, candidate, sync };
};

const shownOrder = async (options: EngineOptions = {}) => {
  const world = await ordered(options);
  await world.sync();
  const [order] = world.engine.checkProvider.orders;
  const [check] = world.engine.checks.all();
  if (order === undefined || check === undefined) throw new Error('Nothing was ordered.');
  return { ...world, checkId: check.id, workerId: order.workerId };
};

const check = ({ checks }: Engine) => {
  const [only] = checks.all();
  if (only === undefined) throw new Error('There is no check.');
  return only;
};
const tags = (engine: Engine) =>
  engine.ats.opportunity(engine.connectionId, check(engine).opportunityId).tags.filter(isStatusTag);
const notes = (engine: Engine) =>
  engine.ats.notes(engine.connectionId, check(engine).opportunityId).map(({ text }) => text);
const incidents = async ({ incidents: port, connectionId }: Engine) =>
  (await port.listOpen(connectionId)).map(({ kind }) => kind);
const calls = (engine: Engine, port: 'ats' | 'checkProvider') =>
  engine[port].journal.map(({ method }) => method);
const nextIn = (engine: Engine) => (check(engine).nextSyncAt ?? Number.NaN) - engine.now();
const outage = (vendor: 'lever' | 'turn', retryAfter: number | null = null) =>
  new PortError('unavailable', 'An outage.', { vendor, retryAfter });

describe('a sync', () => {
  test('shows the Turn ID and the status, and has read the first one by our reference', async () => {
    const { engine } = await shownOrder();
    expect(tags(engine)).toEqual(['TurnStatus:Emailed']);
    expect(notes(engine)).toEqual([`Turn background check ordered. Turn ID: ${check(engine).turnId}`]);
    expect(calls(engine, 'checkProvider')).toEqual(['findByReference', 'order', 'findByReference']);
  });

  test('reads by Turn’s own id from then on, and follows the status to the report', async () => {
    const { engine, workerId } = await shownOrder();
    engine.checkProvider.advance(workerId, 'consider');
    expect(await engine.hearTurn(workerId)).toBe('woken');
    await engine.run();
    expect(calls(engine, 'checkProvider').at(-1)).toBe('readCheck');
    expect(tags(engine)).toEqual(['TurnStatus:Consider']);
    expect(notes(engine)[1]).toBe(
      `Turn background check report: https://partners.turn.ai/workers/${workerId}`,
    );
  });

  test('that finds nothing new does not call Lever', async () => {
    const { engine } = await shownOrder();
    const before = calls(engine, 'ats').length;
    await engine.runFor(hour);
    expect(calls(engine, 'checkProvider')).toContain('readCheck');
    expect(calls(engine, 'ats')).toHaveLength(before);
  });

  test('shows Requested where the status cannot be read right after the order', async () => {
    const { engine } = await ordered();
    engine.interruptions.at({ method: 'checkProvider.findByReference', call: 2, moment: 'before' }, () => {
      throw outage('turn');
    });
    await engine.run();
    expect(tags(engine)).toEqual(['TurnStatus:Requested']);
    await engine.runFor(minute);
    expect(tags(engine)).toEqual(['TurnStatus:Emailed']);
    expect(notes(engine)).toHaveLength(1);
  });

  test('goes on by polling where Turn’s webhook is silent, and ends a week after the check is settled', async () => {
    const { engine, workerId } = await shownOrder();
    expect(nextIn(engine)).toBe(7.5 * minute);
    engine.checkProvider.advance(workerId, 'clear');
    await engine.runFor(8 * minute, minute);
    expect(tags(engine)).toEqual(['TurnStatus:Clear']);
    await engine.runFor(8 * day, hour);
    expect(check(engine).nextSyncAt).toBeNull();
  });

  test('is made again at once where Turn’s word came while it ran', async () => {
    const { engine, candidate } = await ordered();
    engine.interruptions.at({ method: 'ats.writeNote', moment: 'before' }, async () => {
      const workerId = check(engine).workerId;
      if (workerId === null) throw new Error('Nothing was ordered.');
      engine.checkProvider.advance(workerId, 'processing');
      await engine.hearTurn(workerId);
    });
    await engine.run();
    expect(tags(engine)).toEqual(['TurnStatus:Processing']);
    expect(engine.ats.notes(engine.connectionId, candidate)).toHaveLength(1);
  });

  test('runs once at a time', async () => {
    const { engine, workerId, checkId } = await shownOrder();
    engine.checkProvider.advance(workerId, 'consider');
    await engine.hearTurn(workerId);
    const kinds = (await Promise.all([engine.syncCheck(checkId), engine.syncCheck(checkId)])).map(
      ({ kind }) => kind,
    );
    expect(kinds.sort()).toEqual(['not-due', 'synced']);
    expect(notes(engine)).toHaveLength(2);
  });

  test('that lost its lease to another, wherever it was, leaves Lever as one sync would', async () => {
    const arrange = async () => {
      const { engine, workerId, checkId } = await shownOrder();
      engine.checkProvider.advance(workerId, 'consider');
      await engine.hearTurn(workerId);
      const before = engine.interruptions.calls.length;
      return { engine, checkId, calls: () => engine.interruptions.calls.slice(before) };
    };
    const alone = await arrange();
    await alone.engine.syncCheck(alone.checkId);
    const after: string[] = [];
    for (const [at, struck] of alone.calls().entries()) {
      if (at === 0) continue;
      const { engine, checkId } = await arrange();
      engine.interruptions.at({ call: at + 1, moment: 'before' }, async () => {
        engine.advance(engine.times.syncLease + 1);
        await engine.syncCheck(checkId);
      });
      await engine.syncCheck(checkId);
      after.push(struck);
      // A note on its way when the lease lapses is written twice: hence a lease longer than all timeouts together.
      expect(notes(engine), struck).toHaveLength(struck === 'ats.writeNote' ? 3 : 2);
      expect(tags(engine), struck).toEqual(['TurnStatus:Consider']);
      expect(check(engine).shown.notes.report.kind, struck).toBe('written');
    }
    expect(after).toEqual(expect.arrayContaining(['ats.addTag', 'ats.removeTags', 'ats.writeNote']));
  });

  test('of a disconnected connection asks nobody and is the last', async () => {
    const { engine } = await shownOrder();
    const before = engine.interruptions.calls.length;
    await engine.connections.disconnect(engine.connectionId, engine.now());
    await engine.runFor(hour);
    expect(engine.interruptions.calls.slice(before)).toEqual([
      'checks.takeSync',
      'connections.read',
      'checks.finishSync',
    ]);
    expect(check(engine).nextSyncAt).toBeNull();
  });
});

describe('an order on its way', () => {
  test('is not called lost while its answer may still come', async () => {
    const { engine } = await ordered();
    const { checkProvider, connections, incidents: port, now, times } = engine;
    // As after a restart of another process: the row is made due although the post is under way.
    const checks = {
      ...engine.checks,
      takeSync: async () => ({ check: check(engine), lease: 'a lease' }),
    };
    const notThere = async () => {
      throw new Error('There is nothing to show.');
    };
    const lookUpNow = createSyncCheck({
      ats: engine.ats,
      checkProvider,
      checks,
      connections,
      incidents: port,
      readStatus: notThere,
      carryOutWriteBack: notThere,
      now,
      jitter: () => 0.5,
      times,
    });
    const phases: string[] = [];
    engine.interruptions.at({ method: 'checkProvider.order', moment: 'before' }, async () => {
      await lookUpNow(check(engine).id);
      phases.push(check(engine).phase);
      engine.advance(minute - 1);
      await lookUpNow(check(engine).id);
      phases.push(check(engine).phase);
    });
    await engine.run();
    expect(phases).toEqual(['sending', 'sending']);
    expect(check(engine)).toMatchObject({ phase: 'ordered', lookUps: 0 });
    expect(await incidents(engine)).toEqual([]);
  });
});

describe('a fault', () => {
  test('is tried again after growing delays, and forgotten once a sync comes through', async () => {
    const { engine } = await shownOrder();
    const delays: number[] = [];
    engine.advance(7.5 * minute);
    for (let failure = 0; failure < 4; failure += 1) {
      engine.checkProvider.failNext('readCheck', outage('turn'));
      await engine.run();
      delays.push(nextIn(engine));
      engine.advance(nextIn(engine));
    }
    expect(delays).toEqual([1500, 3000, 6000, 12_000]);
    expect(check(engine).failures).toBe(4);
    await engine.run();
    expect(check(engine).failures).toBe(0);
  });

  test('waits as long as the vendor asked', async () => {
    const { engine } = await shownOrder();
    engine.advance(7.5 * minute);
    engine.checkProvider.failNext('readCheck', outage('turn', 77_000));
    await engine.run();
    expect(nextIn(engine)).toBe(77_000);
  });

  test('of Lever half-way leaves only the rest to be written', async () => {
    const { engine, candidate } = await ordered();
    engine.ats.fail(outage('lever'), { method: 'writeNote' });
    await engine.runFor(minute);
    expect(tags(engine)).toEqual(['TurnStatus:Emailed']);
    expect(calls(engine, 'ats').filter((method) => method === 'addTag')).toHaveLength(1);
    expect(engine.ats.notes(engine.connectionId, candidate)).toHaveLength(1);
  });

  test('that Turn does not know the check yet passes, and Lever shows Requested', async () => {
    const { engine, candidate } = await ordered();
    const workerId = 'a-worker-of-tomorrow' as WorkerId;
    engine.checkProvider.orderOutcomeNext({ kind: 'accepted', workerId }, { committed: false });
    await engine.run();
    expect(check(engine)).toMatchObject({ phase: 'ordered', workerId, status: null, failures: 1 });
    expect(tags(engine)).toEqual(['TurnStatus:Requested']);
    engine.checkProvider.addCheck(engine.connectionId, check(engine).referenceId);
    await engine.runFor(minute);
    expect(tags(engine)).toEqual(['TurnStatus:Emailed']);
    expect(engine.ats.notes(engine.connectionId, candidate)).toHaveLength(1);
  });

  test.each<['lever' | 'turn', string]>([
    ['lever', 'ats.addTag'],
    ['turn', 'checkProvider.readCheck'],
  ])('of dead credentials at %s marks the connection and is told once', async (vendor, method) => {
    const { engine, workerId } = await shownOrder();
    for (const status of ['processing', 'consider'] as const) {
      engine.interruptions.fail({ method, moment: 'before' }, new PortError('unauthorized', 'x', { vendor }));
      engine.checkProvider.advance(workerId, status);
      await engine.hearTurn(workerId);
      await engine.run();
    }
    expect((await engine.connection())[vendor]).toBe('reconnect-needed');
    expect(await incidents(engine)).toEqual([`${vendor}-reconnect-needed`]);
    await engine.runFor(minute);
    expect(tags(engine)).toEqual(['TurnStatus:Consider']);
  });
});

describe('a candidate who is gone', () => {
  test('is not written to any more, while the check is followed', async () => {
    const { engine, candidate, workerId } = await shownOrder();
    engine.ats.remove(engine.connectionId, candidate);
    engine.checkProvider.advance(workerId, 'processing');
    await engine.hearTurn(workerId);
    await engine.runFor(minute);
    expect(check(engine)).toMatchObject({ writeBackStop: 'gone', failures: 0 });
    const before = calls(engine, 'ats').length;
    engine.checkProvider.advance(workerId, 'clear');
    await engine.hearTurn(workerId);
    await engine.runFor(minute);
    expect(calls(engine, 'ats')).toHaveLength(before);
    expect(check(engine).status?.status.name).toBe('clear');
  });

  test.each<PortErrorCode>(['forbidden', 'rejected', 'rate-limited'])(
    'is something else than %s, which is tried again',
    async (code) => {
      const { engine, workerId } = await shownOrder();
      engine.checkProvider.advance(workerId, 'processing');
      await engine.hearTurn(workerId);
      engine.ats.fail(new PortError(code, 'x', { vendor: 'lever' }), { method: 'addTag' });
      await engine.runFor(minute);
      expect(check(engine).writeBackStop).toBeNull();
      expect(tags(engine)).toEqual(['TurnStatus:Processing']);
    },
  );
});

describe('what Turn says', () => {
  test.each([
    ['withdrawn', 'processing', 'status-left-withdrawn'],
    ['clear', 'emailed', 'status-off-graph'],
  ] as const)('is shown even where %s turns to %s, and people are told', async (from, to, incident) => {
    const { engine, workerId } = await shownOrder();
    for (const status of [from, to]) {
      engine.checkProvider.advance(workerId, status);
      await engine.hearTurn(workerId);
      await engine.run();
    }
    expect(check(engine).status?.status.name).toBe(to);
    expect(await incidents(engine)).toContain(incident);
  });

  test('as a report address does not matter before there is a report', async () => {
    const { engine, workerId } = await shownOrder();
    engine.checkProvider.setReportUrl(workerId, { kind: 'refused', rule: 'host-not-allowed' });
    engine.checkProvider.advance(workerId, 'processing');
    await engine.hearTurn(workerId);
    await engine.run();
    expect(await incidents(engine)).toEqual([]);
  });

  test('as a report address that is not fit to be shown is not written, and people are told', async () => {
    const { engine, workerId } = await shownOrder();
    engine.checkProvider.setReportUrl(workerId, { kind: 'refused', rule: 'host-not-allowed' });
    engine.checkProvider.advance(workerId, 'consider');
    await engine.hearTurn(workerId);
    await engine.run();
    expect(notes(engine)).toHaveLength(1);
    expect(await incidents(engine)).toEqual(['report-url-refused']);
  });
});
