import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckPhase, nothingShown, type Shown, type ShownNote } from '../check.ts';
import type { NoteId, TurnId } from '../ids.ts';
import { defaultSettings, type Settings } from '../settings.ts';
import { type StatusName, statuses } from '../status/check-status.ts';
import { heldNote } from './note-wording.ts';
import {
  patienceWithTags,
  planWriteBack,
  type WriteBackAction,
  type WriteBackSubject,
} from './plan-write-back.ts';

const status = (name: StatusName) => ({
  status: statuses[name],
  raw: name,
  generation: 1,
  recheckDate: null,
  changedAt: 0,
});
const subject = (given: Partial<WriteBackSubject> = {}): WriteBackSubject => ({
  phase: 'ordered',
  sendingAt: 0,
  hold: null,
  turnId: 'C0000000001' as TurnId,
  packageId: null,
  invalidTags: [],
  status: status('emailed'),
  reportUrl: null,
  writeBackStop: null,
  isNewest: true,
  settings: defaultSettings,
  ...given,
});
const written = (text: string): ShownNote => ({ kind: 'written', noteId: 'note' as NoteId, text });
const shown = (given: Partial<Shown> = {}): Shown => ({ ...nothingShown, ...given });
const missingData = { reason: 'held.missing_data', details: ['e-mail'], since: 0 } as const;
const neutral: Settings = {
  ...defaultSettings,
  neutralAdverse: true,
  reportNoteSecret: true,
  notifyFollowersOnConsider: true,
};
const report = 'https://partners.example.com/workers/1';

/** Carries a plan out on a page of paper, as Lever would if every call succeeded. */
const carryOut = (plan: readonly WriteBackAction[], before: Shown): Shown => {
  let page = before;
  for (const action of plan) {
    if (action.kind === 'show-tag') {
      const kept = page.tags.filter(
        (tag) => tag !== action.tag && (page.stubborn[tag] ?? 0) >= patienceWithTags,
      );
      page = { ...page, tags: action.tag === null ? kept : [...kept, action.tag] };
    } else {
      const note: ShownNote = action.kind === 'delete-note' ? { kind: 'absent' } : written(action.text);
      page = { ...page, notes: { ...page.notes, [action.note]: note } };
    }
  }
  return page;
};

describe('after an order Lever should show', () => {
  test('the Turn ID, never secret, and the status', () => {
    expect(planWriteBack(subject(), shown())).toEqual([
      { kind: 'show-tag', tag: 'TurnStatus:Emailed' },
      {
        kind: 'write-note',
        note: 'turnId',
        text: 'Turn background check ordered. Turn ID: C0000000001',
        isSecret: false,
        notifyFollowers: false,
        lookFirst: false,
      },
    ]);
  });

  test('Requested, and no note yet, while Turn’s status could not be read', () => {
    expect(planWriteBack(subject({ status: null, turnId: null }), shown())).toEqual([
      { kind: 'show-tag', tag: 'TurnStatus:Requested' },
    ]);
  });

  test('which package tag was not valid, without notifying anybody it names', () => {
    const [, note] = planWriteBack(subject({ invalidTags: ['TurnPackage:@ada'] }), shown());
    expect(note).toMatchObject({ text: expect.stringContaining('TurnPackage:(at)ada') });
  });

  test('nothing more, once all is shown', () => {
    const page = carryOut(planWriteBack(subject(), shown()), shown());
    expect(planWriteBack(subject(), page)).toEqual([]);
  });

  test('the Turn ID only once: after a lost answer it is looked for first', () => {
    const notes = { ...nothingShown.notes, turnId: { kind: 'attempted', text: 'x' } as const };
    expect(planWriteBack(subject(), shown({ notes }))).toContainEqual(
      expect.objectContaining({ note: 'turnId', lookFirst: true }),
    );
  });

  test('no Turn ID again that a person deleted, since its writing is remembered', () => {
    const notes = { ...nothingShown.notes, turnId: written('gone in Lever') };
    expect(planWriteBack(subject(), shown({ notes, tags: ['TurnStatus:Emailed'] }))).toEqual([]);
  });
});

describe('the report note', () => {
  test.each<[StatusName, boolean]>([
    ['emailed', false],
    ['processing', false],
    ['consider', true],
    ['firstNotice', true],
    ['clear', true],
    ['rejected', true],
    ['withdrawn', false],
  ])('at %s: %s', (name, isDue) => {
    const plan = planWriteBack(subject({ status: status(name), reportUrl: report }), shown());
    expect(plan.some((action) => action.kind === 'write-note' && action.note === 'report')).toBe(isDue);
  });

  test('is secret, and tells followers of Consider, where the settings say so', () => {
    const plan = planWriteBack(
      subject({ status: status('consider'), reportUrl: report, settings: neutral }),
      shown(),
    );
    expect(plan).toContainEqual(
      expect.objectContaining({ note: 'report', isSecret: true, notifyFollowers: true }),
    );
    expect(plan).toContainEqual({ kind: 'show-tag', tag: 'TurnStatus:Report Ready' });
  });

  test('is written once for an order, also when a recheck reaches a report again', () => {
    const notes = { ...nothingShown.notes, turnId: written('t'), report: written('r') };
    const page = shown({ notes, tags: ['TurnStatus:Clear'] });
    expect(planWriteBack(subject({ status: status('clear'), reportUrl: report }), page)).toEqual([]);
  });
});

describe('the tag', () => {
  test('is replaced, and others of ours go', () => {
    expect(
      planWriteBack(subject({ status: status('clear') }), shown({ tags: ['TurnStatus:Emailed'] })),
    ).toContainEqual({
      kind: 'show-tag',
      tag: 'TurnStatus:Clear',
    });
  });

  test('is left alone with one that would not go away twice', () => {
    const page = shown({
      tags: ['TurnStatus:Emailed', 'TurnStatus:Old'],
      stubborn: { 'TurnStatus:Old': patienceWithTags },
    });
    expect(planWriteBack(subject({ turnId: null }), page)).toEqual([]);
  });

  test('belongs to the newest order', () => {
    const plan = planWriteBack(subject({ isNewest: false }), shown());
    expect(plan.some(({ kind }) => kind === 'show-tag')).toBe(false);
  });
});

describe('a held order', () => {
  const heldCheck = subject({ phase: 'held', hold: missingData, turnId: null, status: null });
  const text = heldNote(missingData);

  test('with its cause in the record shows a note to followers and Error', () => {
    expect(planWriteBack(heldCheck, shown())).toEqual([
      { kind: 'show-tag', tag: 'TurnStatus:Error' },
      { kind: 'write-note', note: 'held', text, isSecret: false, notifyFollowers: true, lookFirst: false },
    ]);
    expect(text).toBe(
      'Turn background check not ordered. The candidate lacks something the order needs: e-mail. ' +
        'Complete it in Lever, then press Retry or wait for the next look.',
    );
  });

  test('with a cause of ours shows nothing in Lever', () => {
    const hold = { ...missingData, reason: 'held.disconnected' } as const;
    expect(planWriteBack({ ...heldCheck, hold }, shown())).toEqual([]);
  });

  test('whose reason changed gets the other note instead', () => {
    const page = shown({
      tags: ['TurnStatus:Error'],
      notes: { ...nothingShown.notes, held: written('another reason') },
    });
    expect(planWriteBack(heldCheck, page).map((action) => action.kind)).toEqual([
      'delete-note',
      'write-note',
    ]);
  });

  test.each<[string, Partial<WriteBackSubject>, string | null]>([
    ['ordered', { phase: 'ordered', hold: null, status: status('emailed') }, 'TurnStatus:Emailed'],
    ['dismissed', { phase: 'dismissed', hold: null }, null],
  ])('that was %s loses its note and Error', (_title, change, tag) => {
    const page = shown({ tags: ['TurnStatus:Error'], notes: { ...nothingShown.notes, held: written(text) } });
    const plan = planWriteBack({ ...heldCheck, ...change }, page);
    expect(plan).toContainEqual({ kind: 'delete-note', note: 'held' });
    expect(plan).toContainEqual({ kind: 'show-tag', tag });
  });
});

test('nothing is planned for a candidate who is gone', () => {
  expect(planWriteBack(subject({ writeBackStop: 'gone' }), shown())).toEqual([]);
});

test('a plan that was carried out leaves nothing to plan, whatever was shown before', () => {
  const note = (text: string) =>
    fc.constantFrom<ShownNote>(
      { kind: 'absent' },
      { kind: 'attempted', text },
      { kind: 'attempted', text: 'x' },
      written(text),
      written('x'),
    );
  const anyShown = fc.record({
    tags: fc.uniqueArray(
      fc.constantFrom('TurnStatus:Emailed', 'TurnStatus:Clear', 'TurnStatus:Error', 'turnstatus:old'),
    ),
    stubborn: fc.constantFrom({}, { 'turnstatus:old': 1 }, { 'turnstatus:old': patienceWithTags }),
    notes: fc.record({ turnId: note('t'), report: note('r'), held: note(heldNote(missingData)) }),
  });
  const anySubject = fc.record({
    phase: fc.constantFrom<CheckPhase>('held', 'ready', 'sending', 'unknown', 'ordered', 'dismissed'),
    hold: fc.constantFrom(null, missingData, { ...missingData, reason: 'held.paused' } as const),
    turnId: fc.constantFrom(null, 'C0000000001' as TurnId),
    status: fc.option(fc.constantFrom(...(Object.keys(statuses) as StatusName[])).map(status)),
    reportUrl: fc.constantFrom(null, report),
    isNewest: fc.boolean(),
    settings: fc.constantFrom(defaultSettings, neutral),
  });
  fc.assert(
    fc.property(anySubject, anyShown, (given, before) => {
      const check = subject(given);
      expect(planWriteBack(check, carryOut(planWriteBack(check, before), before))).toEqual([]);
    }),
  );
});
