import { defaultSettings } from '@turn-lever/core/settings';
import { describe, expect, it } from 'vitest';
import { fieldProblems, fieldProblemsOf } from './field-problem.ts';
import { changedElsewhere, changeOf, contestedKeys, withoutTaken } from './section-draft.ts';
import { settingNames, settingValue } from './setting-words.ts';

const base = defaultSettings;

describe('a draft of a section', () => {
  it.each([
    [{}, {}],
    [{ waitBeforeOrdering: 30 }, {}],
    [{ waitBeforeOrdering: 5, ordersPerHour: 50 }, { waitBeforeOrdering: 5 }],
    [{ performAs: null }, {}],
  ])('changes only what differs: %j', (draft, change) => {
    expect(changeOf(base, draft)).toEqual(change);
  });

  it.each([
    ['nobody else changed anything', {}, { waitBeforeOrdering: 5 }, [], []],
    [
      'the same field, other value',
      { waitBeforeOrdering: 9 },
      { waitBeforeOrdering: 5 },
      ['waitBeforeOrdering'],
      [],
    ],
    ['the same field, same value', { waitBeforeOrdering: 5 }, { waitBeforeOrdering: 5 }, [], []],
    ['another field', { ordersPerHour: 9 }, { waitBeforeOrdering: 5 }, [], ['ordersPerHour']],
  ] as const)('%s', (_, theirs, change, contested, elsewhere) => {
    const now = { ...base, ...theirs };
    expect(contestedKeys(base, now, change)).toEqual(contested);
    expect(changedElsewhere(base, now, change)).toEqual(elsewhere);
  });

  it('leaves out what is taken from the other', () => {
    expect(withoutTaken({ waitBeforeOrdering: 5, ordersPerHour: 9 }, ['ordersPerHour'])).toEqual({
      waitBeforeOrdering: 5,
    });
  });
});

describe('fields', () => {
  it.each([
    [{ waitBeforeOrdering: 0 }, []],
    [{ waitBeforeOrdering: Number.NaN }, ['waitBeforeOrdering']],
    [{ ordersPerHour: 0, triggerStage: ' ' }, ['ordersPerHour', 'triggerStage']],
  ])('finds what is wrong by the rules of core: %j', (change, keys) => {
    expect(fieldProblems(change).map(({ key }) => key)).toEqual(keys);
  });

  it('shows what the server found at its field', () => {
    expect(fieldProblemsOf([{ path: 'ordersPerHour' }, { path: 'unknown' }]).map(({ key }) => key)).toEqual([
      'ordersPerHour',
    ]);
  });

  it('has words for each setting and its value', () => {
    const keys = Object.keys(base) as (keyof typeof base)[];
    expect(keys.map((key) => `${settingNames[key]}: ${settingValue(key, base)}`)).toEqual([
      'Background Check Pipeline Stage: Reference Check',
      'Default package: Turn’s own default',
      'When a package tag is not valid: Order the default package',
      'Wait before ordering: 30 seconds',
      'Orders per hour: 50',
      'Report note: Ordinary note',
      'Followers on Consider: Not notified',
      'Adverse statuses: As they are',
      'Write in Lever as: Nobody in particular',
    ]);
  });
});
