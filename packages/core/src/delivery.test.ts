import { describe, expect, test } from 'vitest';
import { type Happening, triage } from './delivery.ts';
import type { OpportunityId, StageId } from './ids.ts';
import type { TriggerStage } from './ordering/stage-rule.ts';

const trigger: TriggerStage = { kind: 'resolved', id: 's-ref' as StageId, name: 'Reference Check' };
const into = (stage: string | null, given: Partial<Happening> = {}): Happening => ({
  event: 'candidateStageChange',
  opportunityId: 'o-1' as OpportunityId,
  contactId: null,
  toStageId: stage as StageId | null,
  triggeredAt: 0,
  ...given,
});

describe('on arrival', () => {
  test.each<[string, Happening, TriggerStage, string | null]>([
    ['a move into the trigger stage is kept', into('s-ref'), trigger, null],
    ['a move elsewhere is ignored', into('offer'), trigger, 'ignored.not_trigger_stage'],
    [
      'every move is kept while the stage is not resolved',
      into('offer'),
      { kind: 'unresolved', name: 'X' },
      null,
    ],
    ['every move is kept while the stage is missing', into('offer'), { kind: 'missing', name: 'X' }, null],
    ['a move without a stage is kept, Lever knows better', into(null), trigger, null],
    ['another event is ignored', into('s-ref', { event: 'candidateHired' }), trigger, 'ignored.event_type'],
    [
      'a move of nobody is ignored',
      into('s-ref', { opportunityId: null }),
      trigger,
      'ignored.no_opportunity',
    ],
  ])('%s', (_title, happening, stage, reason) => {
    expect(triage(happening, stage)).toEqual(
      reason === null ? { kind: 'decide-later' } : { kind: 'ignore', reason },
    );
  });
});
