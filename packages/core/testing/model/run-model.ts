import fc from 'fast-check';
import { audit } from './audit/audit.ts';
import { type FaultCounts, type FaultKind, faultKinds, noFaults } from './fault-kinds.ts';
import { createModel, type Model } from './model.ts';
import { anyOpening } from './steps/any-opening.ts';
import { anySetup, anyStep } from './steps/any-story.ts';
import { performStep } from './steps/perform-step.ts';
import { nameOf, type Step, type Story } from './steps/step.ts';
import type { Setup, SystemUnderTest } from './system-under-test.ts';

/** How the model test is run. */
export interface ModelRunOptions {
  readonly createSystem: (setup: Setup) => Promise<SystemUnderTest>;
  readonly runs: number;
  readonly seed: number;
  /** Where to go on within the seed, as a failure printed it. */
  readonly path?: string;
  /** Most steps of a run. */
  readonly mostSteps?: number;
  /**
   * Fewest steps of a run behind its opening, one candidate's whole way: for systems on which a run takes seconds. Default
   * 0: there is no opening either.
   */
  readonly fewestSteps?: number;
  /** Asked before each run that only makes a failure smaller: where runs take seconds somebody waits. Default: always. */
  readonly mayShrink?: () => boolean;
  /** Told after each run, to show that it goes on. */
  readonly onRun?: (tally: ModelTally) => void;
}

/** What happened in all runs together. */
export interface ModelTally {
  readonly runs: number;
  readonly steps: number;
  /** How often each command was carried out, people's actions by what they do. */
  readonly commands: Readonly<Record<string, number>>;
  readonly faults: Readonly<FaultCounts>;
  /** Kinds of fault that the system can cause, and that never happened. */
  readonly neverHappened: readonly FaultKind[];
}

/** The smallest story found that breaks a promise. */
export interface ModelFailure {
  readonly message: string;
  readonly seed: number;
  readonly path: string | null;
  readonly story: Story;
}

interface Counting {
  runs: number;
  steps: number;
  readonly commands: Record<string, number>;
  readonly faults: FaultCounts;
  readonly canCause: Set<FaultKind>;
}

const newCounting = (): Counting => ({
  runs: 0,
  steps: 0,
  commands: {},
  faults: noFaults(),
  canCause: new Set(),
});

const tallyOf = ({ canCause, ...counted }: Counting): ModelTally => ({
  ...counted,
  neverHappened: [...canCause].filter((kind) => counted.faults[kind] === 0),
});

const count = (counting: Counting, step: Step): void => {
  counting.steps += 1;
  for (const one of step.kind === 'at once' ? [step, ...step.steps] : [step]) {
    const name = nameOf(one);
    counting.commands[name] = (counting.commands[name] ?? 0) + 1;
  }
};

interface Played {
  readonly model: Model;
  readonly counting: Counting;
}

/** A step as fast-check's command. Any step may come at any time: what has nothing to act on does nothing. */
const toCommand = (step: Step): fc.AsyncCommand<Played, SystemUnderTest> => ({
  check: () => true,
  run: async ({ model, counting }, system) => {
    count(counting, step);
    await performStep(model, system, step);
  },
  toString: () => JSON.stringify(step),
});

/** Plays one story to its end, with the auditor; throws where a promise does not hold. */
const play = async (
  { createSystem }: Pick<ModelRunOptions, 'createSystem'>,
  counting: Counting,
  setup: Setup,
  commands: Iterable<fc.AsyncCommand<Played, SystemUnderTest>>,
): Promise<void> => {
  const system = await createSystem(setup);
  const model = createModel(setup);
  try {
    await fc.asyncModelRun(() => ({ model: { model, counting }, real: system }), commands);
    keepFaults(model, system);
    const problems = await audit(model, system);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  } finally {
    counting.runs += 1;
    for (const kind of system.canCause) counting.canCause.add(kind);
    keepFaults(model, system);
    for (const kind of faultKinds) counting.faults[kind] += model.faults[kind];
    await system.close();
  }
};

/** What the system counts replaces what the model has of it. */
const keepFaults = (model: Model, system: SystemUnderTest): void => {
  Object.assign(model.faults, system.struck());
};

/** Plays a story that was kept; throws an error with every promise that does not hold. */
export const playStory = async (
  options: Pick<ModelRunOptions, 'createSystem'>,
  { setup, steps }: Story,
): Promise<ModelTally> => {
  const counting = newCounting();
  await play(options, counting, setup, steps.map(toCommand));
  return tallyOf(counting);
};

/** Where there is a fewest, steps are left out one by one to make a story smaller: a list does not shrink below it. */
const anyCommands = (
  most: number,
  fewest: number,
): fc.Arbitrary<Iterable<fc.AsyncCommand<Played, SystemUnderTest>>> =>
  fewest === 0
    ? fc.commands([anyStep.map(toCommand)], { maxCommands: most, size: 'max' })
    : fc
        .tuple(
          anyOpening,
          fc.array(fc.option(anyStep, { nil: null, freq: 1000 }), {
            minLength: fewest,
            maxLength: most,
            size: 'max',
          }),
        )
        .map(([opening, steps]) => [...opening, ...steps.filter((step) => step !== null)].map(toCommand));

/** Plays random stories on fresh systems. The same seed gives the same stories; a failing one is made as small as can be. */
export const runModel = async (
  options: ModelRunOptions,
): Promise<{ readonly tally: ModelTally; readonly failure: ModelFailure | null }> => {
  const { runs, seed, path, mostSteps = 60, onRun = () => undefined, mayShrink = () => true } = options;
  const counting = newCounting();
  const commands = anyCommands(mostSteps, options.fewestSteps ?? 0);
  let hasFailed = false;
  const property = fc.asyncProperty(anySetup, commands, async (setup, story) => {
    if (hasFailed && !mayShrink()) return;
    try {
      // Runs that only make a failure smaller are not counted.
      await play(options, hasFailed ? newCounting() : counting, setup, story);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
    if (!hasFailed) onRun(tallyOf(counting));
  });
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path }),
  });
  const tally = tallyOf(counting);
  if (!details.failed) return { tally, failure: null };
  const [setup, story] = details.counterexample ?? [];
  if (setup === undefined || story === undefined) throw new Error(details.errorInstance as string);
  const steps = [...story].map((command) => JSON.parse(String(command)) as Step);
  const error = details.errorInstance;
  return {
    tally,
    failure: {
      message: error instanceof Error ? error.message : String(error),
      seed: details.seed,
      path: details.counterexamplePath,
      story: { setup, steps },
    },
  };
};
