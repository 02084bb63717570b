import type { Step, Story } from './steps/step.ts';
import type { Setup } from './system-under-test.ts';

/** A story that once broke a promise. */
export interface Regression extends Story {
  /** What went wrong. */
  readonly reason: string;
  /** Where it was found. The steps are kept because another generator makes others of the same seed. */
  readonly seed: number;
}

const usual: Setup = {
  ordersPerHour: 50,
  waitBeforeOrdering: 30,
  neutralAdverse: false,
  processes: 1,
  isRestored: false,
};

const presses = (
  action: Extract<Step, { kind: 'act' }>['action'],
  candidate: number,
): Extract<Step, { kind: 'act' }> => ({ kind: 'act', actor: 'super-admin', action, candidate });

/** All of them; each is played in `test:core`. A bug that the model test finds adds its story here. */
export const regressions: readonly Regression[] = [
  {
    reason: 'the emulated Turn carried a late order out twice, where time passed at two places at once',
    seed: 10,
    setup: usual,
    steps: [
      { kind: 'fault', fault: 'turn-order-lost-late', skip: 0, times: 1 },
      { kind: 'move in', candidate: 0 },
      { kind: 'deliver all' },
      { kind: 'work', ms: 1_200_000, seed: 0 },
      { kind: 'work', ms: 1_200_000, seed: 0 },
      {
        kind: 'at once',
        seed: 0,
        steps: [
          { kind: 'work', ms: 360_000, seed: 0 },
          { kind: 'deliver', which: 0 },
          { kind: 'move in', candidate: 0 },
        ],
      },
      { kind: 'work', ms: 30_000, seed: 0 },
      {
        kind: 'at once',
        seed: 0,
        steps: [
          { kind: 'work', ms: 120_000, seed: 0 },
          { kind: 'turn state', candidate: 0, which: 'newest', state: 'initiated', isHeard: false },
          { kind: 'work', ms: 0, seed: 0 },
        ],
      },
      presses('retry', 0),
    ],
  },
  {
    reason:
      'who was turned down came in again during a pause: the list offers them, and the page took them for overlooked',
    seed: 5,
    setup: { ...usual, waitBeforeOrdering: 0 },
    steps: [
      presses('pause', 0),
      { kind: 'move in', candidate: 2 },
      { kind: 'deliver', which: 0 },
      { kind: 'work', ms: 0, seed: 0 },
      presses('discard retroactive', 2),
      { kind: 'move out', candidate: 2 },
      { kind: 'move in', candidate: 2 },
      { kind: 'redeliver late', which: 0, days: 1 },
      presses('resume', 0),
      { kind: 'work', ms: 0, seed: 0 },
    ],
  },
  {
    reason: 'a tag that a sync added while a decision read the candidate stayed in Lever',
    seed: 20_261_124,
    setup: { ...usual, waitBeforeOrdering: 0 },
    steps: [
      { kind: 'fault', fault: 'turn-order-refused', skip: 0, times: 1 },
      { kind: 'start process', process: 1 },
      { kind: 'fault', fault: 'lever-not-found', skip: 0, times: 2 },
      { kind: 'move in', candidate: 0 },
      { kind: 'deliver all' },
      { kind: 'crash', process: 1, call: 15, moment: 'after' },
      {
        kind: 'at once',
        seed: 4566,
        steps: [
          { kind: 'work', ms: 120_000, seed: 0 },
          { kind: 'work', ms: 0, seed: 0 },
          presses('retry', 0),
        ],
      },
      presses('reconnect', 0),
      { kind: 'redeliver late', which: 0, days: 1 },
      { kind: 'work', ms: 0, seed: 53_607 },
      { kind: 'fault', fault: 'turn-order-lost-committed', skip: 0, times: 1 },
    ],
  },
  {
    reason:
      'a sweep’s decision ended what a webhook of the same entry had held meanwhile, and nobody saw it any more',
    seed: 20_261_124,
    setup: { ...usual, waitBeforeOrdering: 0 },
    steps: [
      { kind: 'move in', candidate: 0 },
      { kind: 'work', ms: 120_000, seed: 0 },
      { kind: 'sweep' },
      presses('reconnect', 0),
      { kind: 'deliver all' },
      { kind: 'fault', fault: 'turn-order-lost-committed', skip: 0, times: 1 },
    ],
  },
  {
    reason: 'a tag whose answer was lost stayed in Lever where the check was dismissed before the next try',
    seed: 20_261_123,
    setup: { ...usual, waitBeforeOrdering: 0 },
    steps: [
      { kind: 'fault', fault: 'lever-tag-lost-committed', skip: 1, times: 1 },
      { kind: 'move in', candidate: 1 },
      { kind: 'move in', candidate: 0 },
      { kind: 'deliver all' },
      { kind: 'work', ms: 0, seed: 0 },
      presses('dismiss', 0),
      { kind: 'edit e-mail', candidate: 0, isThere: false },
    ],
  },
  {
    reason: 'a webhook that came out of order ordered what a person had cancelled',
    seed: 100,
    setup: usual,
    steps: [
      { kind: 'move in', candidate: 2 },
      { kind: 'move out', candidate: 2 },
      { kind: 'move in', candidate: 2 },
      { kind: 'deliver', which: 2 },
      presses('cancel', 2),
      { kind: 'deliver', which: 0 },
    ],
  },
  {
    reason: 'a webhook that came late ordered what a person had discarded',
    seed: 100,
    setup: usual,
    steps: [
      { kind: 'move in', candidate: 2 },
      presses('discard retroactive', 2),
      { kind: 'deliver', which: 0 },
      { kind: 'work', ms: 0, seed: 0 },
    ],
  },
];
