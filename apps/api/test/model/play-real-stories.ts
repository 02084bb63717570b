import process from 'node:process';
import { regressions } from '@turn-lever/core/testing/model/regressions';
import { type ModelTally, playStory, runModel } from '@turn-lever/core/testing/model/run-model';
import { expect } from 'vitest';
import { createRealSystem } from './create-real-system.ts';
import type { RealStage } from './real-stage.ts';

// ms. How long a failure is made smaller.
const longestShrinking = 90_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const table = (title: string, counts: Readonly<Record<string, number>>): readonly string[] => [
  title,
  ...Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => `  ${String(count).padStart(7)}  ${name}`),
];

/** Plays random stories on a stage, and fails with the smallest one that breaks a promise. Prints what happened. */
export const playRealStories = async (
  stage: RealStage,
  options: {
    readonly runs: number;
    readonly seed: number;
    readonly path?: string;
    readonly mostSteps?: number;
    readonly fewestSteps?: number;
    /** A sign of life after each run, and all counts at the end. */
    readonly isTold?: boolean;
  },
): Promise<ModelTally> => {
  const { runs, seed, isTold = false } = options;
  const began = Date.now();
  const seconds = (): string => ((Date.now() - began) / 1000).toFixed(1);
  let failedAt: number | null = null;
  const ends: Record<string, number> = {};
  const count = (what: string): void => {
    ends[what] = (ends[what] ?? 0) + 1;
  };
  const { tally, failure } = await runModel({
    ...options,
    createSystem: async (setup) => {
      const system = await createRealSystem(stage, setup);
      const close = async (): Promise<void> => {
        const { posts, deliveries } = await system.look();
        for (const { end } of posts) count(`order posted: ${end}`);
        for (const { source, reason } of deliveries) count(`${source}: ${reason}`);
        await system.close();
      };
      return { ...system, close };
    },
    mayShrink: () => {
      failedAt ??= Date.now();
      return Date.now() - failedAt < longestShrinking;
    },
    onRun: ({ runs: done, steps }) => {
      if (isTold) say(`  ${done} of ${runs} runs, ${steps} commands, ${seconds()} s`);
    },
  });
  if (isTold) {
    for (const line of table('Commands', tally.commands)) say(line);
    for (const line of table('How it ended', ends)) say(line);
    for (const line of table('Faults that really happened', tally.faults)) say(line);
  }
  const violations = failure === null ? 0 : 1;
  const where = `${stage.processes.length} program${stage.processes.length > 1 ? 's on Postgres' : ' on PGlite'}`;
  say(
    `Model test, ${where}: ${violations} violations in ${tally.runs} runs, ${tally.steps} commands, seed ${seed}, ${seconds()} s`,
  );
  if (failure !== null) {
    const steps = failure.story.steps.map((step) => `  ${JSON.stringify(step)},`).join('\n');
    const setup = JSON.stringify(failure.story.setup);
    throw new Error(
      `${failure.message}\nseed: ${seed}, path: '${failure.path}', setup: ${setup},\nsteps: [\n${steps}\n]`,
    );
  }
  return tally;
};

/** Plays the stories that once broke a promise, here or on another system. */
export const playRegressions = async (stage: RealStage): Promise<void> => {
  for (const { reason, ...story } of regressions) {
    const { runs } = await playStory({ createSystem: (setup) => createRealSystem(stage, setup) }, story);
    expect(runs, reason).toBe(1);
  }
};

/** A seed that nobody chose, printed by what plays it. */
export const anySeed = (): number => Date.now() % 2 ** 31;
