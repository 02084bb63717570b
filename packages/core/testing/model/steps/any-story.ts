import fc from 'fast-check';
import { plannedFaults } from '../fault-kinds.ts';
import { type Actor, type PersonsAction, personsActions } from '../persons-actions.ts';
import { candidateCount, type Setup, type TurnState } from '../system-under-test.ts';
import { type Happening, type PackageTags, packageTags, type Step } from './step.ts';

const minute = 60_000;

// Things must happen to the same candidate to concern each other.
const candidate = fc.constantFrom(...Array.from({ length: candidateCount }, (_, number) => number), 0, 2, 2);
const seed = fc.nat(0xffff);
const which = fc.nat(5);
const check = fc.constantFrom<('newest' | 'first')[]>('newest', 'newest', 'newest', 'first');

const turnStates: readonly TurnState[] = [
  'initiated',
  'emailed',
  'consent',
  'processing',
  'verifying',
  'reviewing',
  'complianceReview',
  'consider',
  'firstNotice',
  'secondNotice',
  'dispute',
  'resolved',
  'clear',
  'clear',
  'clear',
  'rejected',
  'withdrawn',
  'unheard-of',
];

// Ends nearly everything that could happen afterwards, so it is rare.
const seldom: readonly PersonsAction[] = ['disconnect'];
const often: readonly PersonsAction[] = ['order again', 'order anyway', 'order backlog', 'retry', 'resume'];
const weightedActions = [...personsActions.filter((one) => !seldom.includes(one)), ...often];

const anyAction = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...weightedActions) },
  { weight: 1, arbitrary: fc.constantFrom(...seldom) },
);
const anyActor = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Actor>('super-admin') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Actor[]>('admin', 'team-member', 'limited-team-member', 'stranger'),
  },
);

const one = <Kind extends Step['kind']>(kind: Kind): fc.Arbitrary<{ readonly kind: Kind }> =>
  fc.constant({ kind });

const anyWork = fc.record({
  kind: fc.constant('work' as const),
  ms: fc.constantFrom(0, 2000, 30_000, 2 * minute, 6 * minute, 20 * minute),
  seed,
});
const anyDelivery = fc.record({
  kind: fc.constant('deliver' as const),
  which: fc.constantFrom(0, 0, 0, 1, 2),
});

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('move in' as const), candidate }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('move out' as const), candidate }) },
  { weight: 6, arbitrary: anyDelivery },
  { weight: 8, arbitrary: one('deliver all') },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('duplicate' as const), which }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('turn state' as const),
      candidate,
      which: check,
      state: fc.constantFrom(...turnStates),
      isHeard: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('recheck' as const), candidate, isHeard: fc.boolean() }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('act' as const),
      actor: anyActor,
      action: anyAction,
      candidate,
    }),
  },
  { weight: 3, arbitrary: one('sweep') },
  { weight: 16, arbitrary: anyWork },
);

const anyTags = fc.constantFrom(
  ...(Object.keys(packageTags) as PackageTags[]),
  'standard' as const,
  'unknown' as const,
);

/** Any command. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 60, arbitrary: anyHappening },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('at once' as const),
      seed,
      steps: fc.tuple(anyWork, anyHappening, anyHappening).map((steps): readonly Happening[] => steps),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('retag' as const), candidate, tags: anyTags }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('edit e-mail' as const), candidate, isThere: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('lose' as const), which }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('redeliver late' as const),
      which,
      days: fc.integer({ min: 1, max: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forge' as const), candidate }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('twist' as const), which, candidate }) },
  { weight: 1, arbitrary: one('unknown turn webhook') },
  { weight: 1, arbitrary: one('revoke') },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      fault: fc.constantFrom(...plannedFaults),
      skip: fc.constantFrom(0, 0, 0, 1, 2, 5),
      times: fc.constantFrom(1, 1, 1, 2, 4),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      process: fc.constantFrom<(0 | 1)[]>(0, 1),
      call: fc.nat(30),
      moment: fc.constantFrom<('before' | 'after')[]>('before', 'after'),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('start process' as const),
      process: fc.constantFrom<(0 | 1)[]>(0, 1),
    }),
  },
);

/** How a run begins. */
export const anySetup: fc.Arbitrary<Setup> = fc.record({
  ordersPerHour: fc.constantFrom(50, 50, 50, 1, 2),
  waitBeforeOrdering: fc.constantFrom(0, 30),
  neutralAdverse: fc.constantFrom(false, false, false, true),
  processes: fc.constantFrom(1, 2),
  isRestored: fc.constantFrom(false, false, false, true),
});
