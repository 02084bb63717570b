import type { ModelFailure, ModelTally } from '@turn-lever/core/testing/model/run-model';

const table = (title: string, counts: Readonly<Record<string, number>>): readonly string[] => [
  title,
  ...Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `  ${String(count).padStart(9)}  ${name}`),
];

/** How often each command was carried out and each kind of fault really happened, as lines. */
export const reportTally = ({ commands, faults }: ModelTally): readonly string[] => [
  ...table('Commands', commands),
  ...table('Faults that really happened', faults),
];

/** The smallest story found, as it is kept in `packages/core/testing/model/regressions.ts`. */
export const reportFailure = ({ message, seed, path, story }: ModelFailure): readonly string[] => [
  'FAILED: a promise does not hold.',
  message,
  `seed: ${seed}, path: '${path}', setup: ${JSON.stringify(story.setup)},`,
  'steps: [',
  ...story.steps.map((step) => `  ${JSON.stringify(step)},`),
  ']',
];
