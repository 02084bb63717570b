import { performance } from 'node:perf_hooks';
import { createMemorySystem } from '@turn-lever/core/testing/model/in-memory/create-memory-system';
import { runModel } from '@turn-lever/core/testing/model/run-model';
import { reportFailure, reportTally } from './report.ts';

// Runs between two signs of life.
const often = 1000;

/** The model test on the fakes. False where a promise did not hold, or a kind of fault never happened. */
export const soakInMemory = async ({
  runs,
  seed,
  say,
}: {
  readonly runs: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}): Promise<boolean> => {
  const began = performance.now();
  const seconds = (): string => ((performance.now() - began) / 1000).toFixed(1);
  say(`Model test in memory: ${runs} runs, seed ${seed}`);
  const { tally, failure } = await runModel({
    createSystem: createMemorySystem,
    runs,
    seed,
    onRun: ({ runs: done, steps }) => {
      if (done % often === 0) say(`  ${done} runs, ${steps} commands, ${seconds()} s`);
    },
  });
  for (const line of reportTally(tally)) say(line);
  if (failure !== null) for (const line of reportFailure(failure)) say(line);
  const never = tally.neverHappened;
  if (never.length > 0) say(`FAILED: these kinds of fault never happened: ${never.join(', ')}`);
  const violations = failure === null ? 0 : 1;
  say(
    `${violations} violations in ${tally.runs} runs, ${tally.steps} commands, seed ${seed}, ${seconds()} s`,
  );
  return failure === null && never.length === 0;
};
