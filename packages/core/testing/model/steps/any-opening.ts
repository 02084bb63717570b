import fc from 'fast-check';
import { plannedFaults } from '../fault-kinds.ts';
import { callWithTokens, candidateCount } from '../system-under-test.ts';
import type { Step } from './step.ts';

const anyFault: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('fault' as const),
  fault: fc.constantFrom(...plannedFaults),
  skip: fc.constant(0),
  times: fc.constantFrom(1, 1, 2),
});

/** Those that few stories give an opportunity to. */
const anySeldomFault: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('fault' as const),
  fault: fc.constantFrom(
    'turn-packages-unavailable' as const,
    'turn-packages-unavailable' as const,
    'turn-look-up-unavailable' as const,
    'turn-look-up-unauthorized' as const,
    'turn-order-busy-retry-after' as const,
    'turn-order-refused' as const,
    'turn-order-unauthorized' as const,
    'turn-order-lost-late' as const,
    'turn-order-lost-committed' as const,
    'lever-note-lost-not-committed' as const,
    'lever-tag-lost-committed' as const,
  ),
  skip: fc.constant(0),
  times: fc.constant(1),
});

const anyCrash: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('crash' as const),
  process: fc.constantFrom<(0 | 1)[]>(0, 1),
  call: fc.oneof({ weight: 3, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.constant(callWithTokens) }),
  moment: fc.constantFrom<('before' | 'after')[]>('before', 'after'),
});

/** A webhook that overtakes an earlier one. */
const inAndOut = (candidate: number): readonly Step[] => [
  { kind: 'move out', candidate },
  { kind: 'move in', candidate },
  { kind: 'deliver', which: 2 },
];

/**
 * One candidate's whole way, with faults planned before its only order: where runs take seconds and are few, most faults
 * of a story would be planned when nothing is left that they could strike.
 */
export const anyOpening: fc.Arbitrary<readonly Step[]> = fc
  .record({
    faults: fc.tuple(anySeldomFault, anyFault, anyFault),
    crash: fc.option(anyCrash, { freq: 2 }),
    candidate: fc.nat(candidateCount - 1),
    // With one Turn is asked for its list.
    tags: fc.constantFrom('none' as const, 'standard' as const, 'driver' as const, 'standard' as const),
    isReordered: fc.constantFrom(true, false, false, false, false, false),
    isHeard: fc.boolean(),
    state: fc.constantFrom('consent' as const, 'consider' as const, 'clear' as const),
  })
  .map(({ faults, crash, candidate, tags, isReordered, isHeard, state }) => [
    ...faults,
    ...(crash === null ? [] : [crash]),
    { kind: 'retag', candidate, tags },
    { kind: 'move in', candidate },
    ...(isReordered ? inAndOut(candidate) : []),
    { kind: 'deliver all' },
    { kind: 'work', ms: 360_000, seed: 0 },
    { kind: 'turn state', candidate, which: 'newest', state, isHeard },
    { kind: 'sweep' },
    { kind: 'work', ms: 360_000, seed: 1 },
  ]);
