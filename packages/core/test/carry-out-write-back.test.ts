import { describe, expect, test } from 'vitest';
import type { WorkerId } from '../src/ids.ts';
import { PortError } from '../src/ports/port-error.ts';
import { isStatusTag } from '../src/status/status-tag.ts';
import { createEngine, type Engine, type EngineOptions, start } from './engine.ts';

const second = 1000;
const minute = 60 * second;
const personsTags = ['Engineering', 'Turn Status: to be asked', 'TurnPackage:P0000000001:Standard'];
const personsNotes = ['Turn ID: please fill in', 'Spoke to Ada'];

/** A candidate with notes and tags of people, moved into the stage, whose wait is over. */
const moved = async (options: EngineOptions & { readonly emails?: readonly string[] } = {}) => {
  const engine = createEngine(options);
  const { ats, connectionId } = engine;
  const candidate = engine.addCandidate({
    tags: personsTags,
    ...(options.emails === undefined ? {} : { emails: options.emails }),
  });
  for (const text of personsNotes) {
    await ats.writeNote(connectionId, candidate, { text, isSecret: false, notifyFollowers: false });
  }
  await engine.moveCandidate(candidate);
  engine.advance(30 * second);
  return {
    engine,
    candidate,
    notes: () =>
      ats
        .notes(connectionId, candidate)
        .map(({ text }) => text)
        .filter((text) => !personsNotes.includes(text)),
    statusTags: () => ats.opportunity(connectionId, candidate).tags.filter(isStatusTag),
    allTags: () => ats.opportunity(connectionId, candidate).tags,
    allNotes: () => ats.notes(connectionId, candidate).map(({ text }) => text),
    decideAgain: async () => {
      await engine.inbox.reopen(connectionId, (await engine.newestDelivery(candidate)).id);
      await engine.run();
    },
  };
};

const shown = ({ checks }: Engine) => {
  const [check] = checks.all();
  if (check === undefined) throw new Error('There is no check.');
  return check.shown;
};

const writes = ({ ats }: Engine): readonly string[] =>
  ats.journal.map(({ method }) => method).filter((method) => /^(?:add|remove|write|delete)/u.test(method));

const turnTo = async (engine: Engine, status: Parameters<Engine['checkProvider']['advance']>[1]) => {
  const workerId: WorkerId | undefined = engine.checkProvider.orders[0]?.workerId;
  if (workerId === undefined) throw new Error('Nothing was ordered.');
  engine.checkProvider.advance(workerId, status);
  await engine.hearTurn(workerId);
  await engine.run();
};

describe('what people wrote', () => {
  test('stays as it is through a whole check', async () => {
    const { engine, allTags, allNotes } = await moved();
    const before = [...allTags()];
    const notesBefore = [...allNotes()];
    await engine.run();
    for (const status of ['processing', 'consider', 'firstNotice', 'rejected'] as const) {
      await turnTo(engine, status);
    }
    expect(allTags()).toEqual([...before, 'TurnStatus:Rejected']);
    expect(allNotes().slice(0, 2)).toEqual(notesBefore.slice(0, 2));
  });

  test('by deleting a note of ours is respected', async () => {
    const { engine, candidate, notes } = await moved();
    await engine.run();
    const ours = engine.ats.notes(engine.connectionId, candidate).at(-1);
    if (ours === undefined) throw new Error('There is no note.');
    await engine.ats.deleteNote(engine.connectionId, candidate, ours.id);
    await turnTo(engine, 'processing');
    expect(notes()).toEqual([]);
  });
});

describe('each step is remembered as it is done', () => {
  test('the tag with the others of ours that were seen, then the note with its id', async () => {
    const { engine, candidate } = await moved();
    const seen: unknown[] = [];
    engine.interruptions.at({ method: 'ats.addTag', moment: 'before' }, () => void seen.push(shown(engine)));
    engine.interruptions.at(
      { method: 'ats.writeNote', moment: 'before' },
      () => void seen.push(shown(engine)),
    );
    await engine.run();
    const noteId = engine.ats.notes(engine.connectionId, candidate).at(-1)?.id;
    expect(seen).toMatchObject([
      { tags: [], notes: { turnId: { kind: 'absent' } } },
      { tags: ['TurnStatus:Emailed'], notes: { turnId: { kind: 'attempted' } } },
    ]);
    expect(shown(engine).notes.turnId).toMatchObject({ kind: 'written', noteId });
  });

  test.each([
    ['lost on the way to Lever', false],
    ['written, and only Lever’s answer lost', true],
  ])('a note that was %s is there once in the end', async (_title, carriedOut) => {
    const { engine, notes } = await moved();
    engine.ats.fail(new PortError('unavailable', 'x', { vendor: 'lever' }), {
      method: 'writeNote',
      carriedOut,
    });
    await engine.run();
    expect(shown(engine).notes.turnId.kind).toBe('attempted');
    await engine.runFor(minute);
    expect(notes()).toHaveLength(1);
    expect(shown(engine).notes.turnId.kind).toBe('written');
  });
});

describe('the status tag', () => {
  test('is added before the old one goes, so that there always is one', async () => {
    const { engine, statusTags } = await moved();
    await engine.run();
    const between: (readonly string[])[] = [];
    engine.interruptions.at({ method: 'ats.addTag', moment: 'after' }, () => void between.push(statusTags()));
    await turnTo(engine, 'processing');
    expect(between).toEqual([['TurnStatus:Emailed', 'TurnStatus:Processing']]);
    expect(statusTags()).toEqual(['TurnStatus:Processing']);
  });

  test('that somebody else left behind goes too, in any spelling', async () => {
    const { engine, candidate, statusTags } = await moved();
    engine.ats.setTags(engine.connectionId, candidate, ['turnstatus: Old', ...personsTags]);
    await engine.run();
    expect(statusTags()).toEqual(['TurnStatus:Emailed']);
  });

  test('that will not go is tried twice, told once, and left', async () => {
    const { engine, candidate, statusTags } = await moved();
    engine.ats.pinTag(engine.connectionId, candidate, 'TurnStatus:Inherited');
    await engine.run();
    for (const status of ['processing', 'reviewing', 'clear'] as const) await turnTo(engine, status);
    expect(statusTags()).toEqual(['TurnStatus:Inherited', 'TurnStatus:Clear']);
    expect(shown(engine).stubborn).toEqual({ 'TurnStatus:Inherited': 2 });
    expect(await engine.incidents.listOpen(engine.connectionId)).toMatchObject([{ kind: 'tag-stays' }]);
    const before = writes(engine).length;
    await engine.runFor(60 * minute);
    expect(writes(engine)).toHaveLength(before);
  });

  test('that goes with the second try is forgiven', async () => {
    const { engine, candidate } = await moved();
    const { ats, connectionId } = engine;
    ats.pinTag(connectionId, candidate, 'TurnStatus:Inherited');
    await engine.run();
    expect(shown(engine).stubborn).toEqual({ 'TurnStatus:Inherited': 1 });
    // The same candidate without the pin.
    ats.addOpportunity(connectionId, ats.opportunity(connectionId, candidate));
    await turnTo(engine, 'processing');
    expect(shown(engine).tags).toEqual(['TurnStatus:Processing']);
    expect(shown(engine).stubborn).toEqual({});
    expect(await engine.incidents.listOpen(connectionId)).toEqual([]);
  });

  test('is one neutral word for adverse states where the setting says so', async () => {
    const { engine, statusTags } = await moved();
    const { settings } = await engine.connection();
    engine.connections.change(engine.connectionId, { settings: { ...settings, neutralAdverse: true } });
    await engine.run();
    await turnTo(engine, 'consider');
    expect(statusTags()).toEqual(['TurnStatus:Report Ready']);
  });

  test('is the newest order’s: an older one no longer has a say', async () => {
    const { engine, statusTags, candidate } = await moved();
    await engine.run();
    await turnTo(engine, 'clear');
    const { delivery, id } = await engine.newestDelivery(candidate);
    const again = {
      opportunityId: candidate,
      contactId: null,
      orderNumber: 2,
      deliveryId: id,
      correlationId: delivery.correlationId,
      displayName: null,
      statusTags: statusTags(),
    };
    await engine.checks.makeReady(engine.connectionId, again, { packageId: null, invalidTags: [] });
    await engine.inbox.reopen(engine.connectionId, id);
    await engine.run();
    expect(statusTags()).toEqual(['TurnStatus:Emailed']);
    await turnTo(engine, 'dispute');
    expect(engine.checks.all().map(({ status }) => status?.status.name)).toEqual(['dispute', 'emailed']);
    expect(statusTags()).toEqual(['TurnStatus:Emailed']);
  });
});

describe('a held order', () => {
  test('whose cause is in the record is explained in Lever, once', async () => {
    const { engine, notes, statusTags, decideAgain } = await moved({ emails: [] });
    await engine.run();
    await decideAgain();
    expect(statusTags()).toEqual(['TurnStatus:Error']);
    expect(notes()).toEqual([
      'Turn background check not ordered. The candidate lacks something the order needs: e-mail. ' +
        'Complete it in Lever, then press Retry or wait for the next look.',
    ]);
  });

  test('has its note replaced when the reason changes, and deleted when it is ordered', async () => {
    const { engine, candidate, notes, statusTags, decideAgain } = await moved({ emails: [] });
    await engine.run();
    const { ats, connectionId } = engine;
    ats.change(connectionId, candidate, { name: 'Ada' });
    await decideAgain();
    expect(notes()).toHaveLength(1);
    expect(notes()[0]).toContain('e-mail · first and last name');
    ats.change(connectionId, candidate, { name: 'Ada Example', emails: ['ada@example.com'] });
    await decideAgain();
    expect(notes()).toHaveLength(1);
    expect(notes()[0]).toContain('Turn background check ordered');
    expect(statusTags()).toEqual(['TurnStatus:Emailed']);
    expect(shown(engine).notes.held.kind).toBe('absent');
  });

  test.each([
    ['was written, though its answer was lost', true],
    ['was not written', false],
  ])('is cleaned up where its note %s', async (_title, carriedOut) => {
    const { engine, candidate, notes, decideAgain } = await moved({ emails: [] });
    engine.ats.fail(new PortError('unavailable', 'x', { vendor: 'lever' }), {
      method: 'writeNote',
      carriedOut,
    });
    await engine.run();
    engine.ats.change(engine.connectionId, candidate, { emails: ['ada@example.com'] });
    await decideAgain();
    await engine.runFor(minute);
    expect(notes()).toHaveLength(1);
    expect(notes()[0]).toContain('Turn background check ordered');
  });

  test('whose cause is ours is not shown in Lever', async () => {
    const { engine, notes, statusTags } = await moved({ connection: { pausedAt: 1 } });
    await engine.run();
    expect(engine.checks.all()).toMatchObject([{ phase: 'held', hold: { reason: 'held.paused' } }]);
    expect([notes(), statusTags()]).toEqual([[], []]);
  });

  test('whose cause is ours shows no status of an earlier time either', async () => {
    const { engine, candidate, statusTags } = await moved({ connection: { orderingSince: start + 1 } });
    engine.ats.setTags(engine.connectionId, candidate, ['TurnStatus:Clear', ...personsTags]);
    await engine.run();
    expect(engine.checks.all()).toMatchObject([{ phase: 'held', hold: { reason: 'held.backlog' } }]);
    expect(statusTags()).toEqual([]);
  });

  test('leaves no tag in Lever whose answer was lost, where it is dismissed before the next try', async () => {
    const { engine, statusTags } = await moved({ emails: [] });
    const lost = new PortError('unavailable', 'x', { vendor: 'lever' });
    engine.ats.fail(lost, { method: 'addTag', carriedOut: true });
    await engine.run();
    expect(statusTags()).toEqual(['TurnStatus:Error']);
    const [check] = engine.checks.all();
    if (check === undefined) throw new Error('Expected a check.');
    await engine.checks.dismiss(engine.connectionId, check.id);
    await engine.runFor(10 * minute);
    expect(statusTags()).toEqual([]);
    expect(shown(engine)).toMatchObject({ tags: [], stubborn: {} });
  });

  test('that is dismissed leaves nothing in Lever', async () => {
    const { engine, candidate, notes, statusTags, decideAgain } = await moved({ emails: [] });
    await engine.run();
    engine.ats.change(engine.connectionId, candidate, { isArchived: true });
    await decideAgain();
    expect([notes(), statusTags()]).toEqual([[], []]);
  });
});
