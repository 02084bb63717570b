import { describe, expect, test } from 'vitest';
import { aCandidate } from '../../testing/order-facts.ts';
import type { StageId } from '../ids.ts';
import { resolveTriggerStage, standingTowards, type TriggerStage } from './stage-rule.ts';

const id = (text: string) => text as StageId;
const stages = [
  { id: id('lead-new'), name: 'New lead' },
  { id: id('s-ref'), name: 'Reference check' },
  { id: id('offer'), name: 'Offer' },
];
const named = (name: string): TriggerStage => ({ kind: 'unresolved', name });

describe('the trigger stage', () => {
  test.each(['Reference Check', ' reference  check ', 'REFERENCE CHECK'])(
    '%j finds the stage by its name',
    (name) => {
      expect(resolveTriggerStage(named(name), stages)).toEqual({
        kind: 'resolved',
        id: 's-ref',
        name: 'Reference check',
      });
    },
  );

  test('a stage whose id is a word is as good as any', () => {
    expect(resolveTriggerStage(named('offer'), stages)).toMatchObject({ kind: 'resolved', id: 'offer' });
  });

  test('a name Lever does not know is missing, and found once it appears', () => {
    const missing = resolveTriggerStage(named('Background'), stages);
    expect(missing).toEqual({ kind: 'missing', name: 'Background' });
    const later = [...stages, { id: id('s-bg'), name: 'Background' }];
    expect(resolveTriggerStage(missing, later)).toMatchObject({ kind: 'resolved', id: 's-bg' });
  });

  test('two stages of one name are for a person to choose from', () => {
    const doubled = [...stages, { id: id('s-ref-2'), name: 'Reference Check' }];
    expect(resolveTriggerStage(named('Reference Check'), doubled)).toEqual({
      kind: 'ambiguous',
      name: 'Reference Check',
      ids: ['s-ref', 's-ref-2'],
    });
  });

  test('once resolved the id counts: a rename is followed, another stage of the old name is not', () => {
    const resolved = resolveTriggerStage(named('Reference Check'), stages);
    const renamed = [
      { id: id('s-new'), name: 'Reference Check' },
      { id: id('s-ref'), name: 'Screening' },
    ];
    expect(resolveTriggerStage(resolved, renamed)).toEqual({
      kind: 'resolved',
      id: 's-ref',
      name: 'Screening',
    });
  });

  test('a resolved stage that vanished is missing', () => {
    const resolved = resolveTriggerStage(named('Reference Check'), stages);
    expect(resolveTriggerStage(resolved, stages.slice(0, 1))).toMatchObject({ kind: 'missing' });
  });
});

describe('where a candidate stands', () => {
  const at = (stageId: string, changes: readonly (readonly [string, number])[]) =>
    standingTowards(
      id('s-ref'),
      aCandidate({
        stageId: id(stageId),
        stageChanges: changes.map(([toStageId, when]) => ({ toStageId: id(toStageId), at: when })),
        lastAdvancedAt: 50,
        createdAt: 1,
      }),
    );

  test.each([
    [
      'in the stage',
      's-ref',
      [
        ['lead-new', 1],
        ['s-ref', 5],
      ],
      { kind: 'in-stage', enteredAt: 5 },
    ],
    [
      'in it for the second time',
      's-ref',
      [
        ['s-ref', 5],
        ['offer', 6],
        ['s-ref', 9],
      ],
      { kind: 'in-stage', enteredAt: 9 },
    ],
    [
      'moved on',
      'offer',
      [
        ['s-ref', 5],
        ['offer', 8],
      ],
      { kind: 'left', enteredAt: 5, leftAt: 8 },
    ],
    [
      'moved on, changes out of order',
      'offer',
      [
        ['offer', 8],
        ['s-ref', 5],
      ],
      { kind: 'left', enteredAt: 5, leftAt: 8 },
    ],
    [
      'never there',
      'offer',
      [
        ['lead-new', 1],
        ['offer', 8],
      ],
      { kind: 'never-entered' },
    ],
    ['created in it', 's-ref', [], { kind: 'in-stage', enteredAt: 50 }],
  ] as const)('%s', (_title, stage, changes, expected) => expect(at(stage, changes)).toEqual(expected));
});
