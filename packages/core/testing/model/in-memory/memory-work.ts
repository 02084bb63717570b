import type { MemoryProcess } from './memory-process.ts';
import type { MemoryWorld } from './memory-world.ts';

// Far more than is ever due at once: work that makes itself due again at once never comes to rest.
const mostRounds = 200;
const step = 60_000;
// A job that is under way sees no more time pass than a slow vendor takes: leases and look-ups reckon with that.
const mostAtOnce = 15_000;

/** Stands for relay and jobs: gives what is due to the processes that are up, to two of them at the same time. */
export const createMemoryWork = (world: MemoryWorld, up: () => readonly MemoryProcess[]) => {
  const { fakes, interleaving } = world;

  /** Everything that is due now, as jobs of one process. */
  const jobsOf = (process: MemoryProcess): readonly (() => Promise<unknown>)[] => [
    ...fakes.inbox.dueIds().map((id) => () => process.run(() => process.processDelivery(id))),
    ...fakes.checks.dueIds().map((id) => () => process.run(() => process.syncCheck(id))),
  ];

  const isAnythingDue = (): boolean => fakes.inbox.dueIds().length + fakes.checks.dueIds().length > 0;

  const workOnDue = async (seed: number): Promise<void> => {
    for (let round = 0; round < mostRounds; round += 1) {
      const all = up();
      if (all.length === 0 || !isAnythingDue()) return;
      if (all.length > 1) world.counts['two-processes-at-once'] += 1;
      const jobs = all.flatMap(jobsOf);
      const [only] = jobs;
      if (jobs.length === 1) await only?.();
      else await interleaving.race(jobs, seed + round);
    }
    throw new Error('The work does not come to rest.');
  };

  return {
    workOnDue,
    /** Lets time pass in steps of a minute, or in thirty steps where it is long, and works on what falls due. */
    workFor: async (ms: number, seed: number): Promise<void> => {
      await workOnDue(seed);
      if (interleaving.isRacing()) {
        await world.advance(Math.min(ms, mostAtOnce));
        return workOnDue(seed);
      }
      const each = Math.max(step, Math.ceil(ms / 30));
      for (let passed = 0; passed < ms; passed += each) {
        await world.advance(Math.min(each, ms - passed));
        await workOnDue(seed + passed);
      }
    },
  };
};
