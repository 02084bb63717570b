import { describe, expect, it } from 'vitest';
import {
  chosenStageId,
  type SavedStage,
  stageOptions,
  stageWarning,
  standingSentence,
} from './stage-warning.ts';

const lead = { id: 'lead-new', name: 'New lead' };
const reference = { id: 's-1', name: 'Reference Check' };
const second = { id: 's-2', name: 'reference  check' };

describe('the warning at the stage', () => {
  it.each([
    ['known and there', { kind: 'resolved', ...reference }, [lead, reference], null],
    ['renamed in Lever', { kind: 'resolved', id: 's-1', name: 'Old' }, [lead, reference], null],
    ['known, Lever away', { kind: 'resolved', ...reference }, null, null],
    ['deleted since', { kind: 'resolved', ...reference }, [lead], 'was deleted in Lever'],
    [
      'deleted, as the sweep found',
      { kind: 'missing', name: 'X', lastId: 's-9' },
      null,
      'was deleted in Lever',
    ],
    ['a name Lever does not have', { kind: 'missing', name: 'X' }, [lead], 'Lever has no stage called “X”'],
    ['a name not looked up yet', { kind: 'unresolved', name: 'X' }, null, null],
    ['a name not found now', { kind: 'unresolved', name: 'X' }, [lead], 'Lever has no stage called “X”'],
    ['a name found now', { kind: 'unresolved', name: ' reference check ' }, [lead, reference], null],
    ['unknown, Lever away', { kind: 'missing', name: 'X' }, null, 'Lever has no stage called'],
    ['made in Lever since', { kind: 'missing', name: 'Reference Check' }, [reference], null],
    [
      'doubled',
      { kind: 'ambiguous', name: 'Reference Check', ids: ['s-1', 's-2'] },
      [reference, second],
      '2 stages',
    ],
    ['doubled, Lever away', { kind: 'ambiguous', name: 'X', ids: ['1', '2'] }, null, 'Several stages'],
  ] as readonly (readonly [
    string,
    SavedStage,
    readonly { id: string; name: string }[] | null,
    string | null,
  ])[])('%s', (_, saved, stages, words) => {
    const warning = stageWarning(saved, stages);
    if (words === null) expect(warning).toBeNull();
    else expect(warning).toContain(words);
  });
});

describe('who stands in the stage', () => {
  it.each([
    [0, false, 'No candidate stands there now.'],
    [1, false, '1 candidate stands there now and is not ordered by itself.'],
    [3, false, '3 candidates stand there now; they are not ordered by themselves.'],
    [100, true, '100 or more candidates stand there now; they are not ordered by themselves.'],
  ])('%d', (count, isMore, words) => {
    expect(standingSentence({ count, isMore })).toBe(words);
  });
});

it('tells stages of one name apart by their place', () => {
  expect(stageOptions([lead, reference, second]).map(({ label }) => label)).toEqual([
    'New lead',
    'Reference Check (step 2 of the pipeline)',
    'reference  check (step 3 of the pipeline)',
  ]);
});

it.each([
  [{ kind: 'resolved', id: 's-1', name: 'Old name' }, 's-1'],
  [{ kind: 'resolved', id: 's-9', name: 'Gone' }, null],
  [{ kind: 'missing', name: 'Reference Check', lastId: 's-9' }, null],
  [{ kind: 'unresolved', name: 'new lead' }, 'lead-new'],
  [{ kind: 'unresolved', name: 'Reference Check' }, null],
] as readonly (readonly [SavedStage, string | null])[])(
  'shows as chosen what is certain: %j',
  (saved, id) => {
    expect(chosenStageId(saved, [lead, reference, second])).toBe(id);
  },
);
