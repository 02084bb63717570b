import type { ComposeOptions } from '../../src/compose.ts';
import { quickTimes } from '../quick-times.ts';

const seldom = 3_600_000;
const unlimited = { perSecond: 1000, burst: 1000 };

/** The lease of a delivery or a check, in ms: longer than any work takes here, and what a kill costs. */
export const workLease = 3000;

/** The program with times at which a story takes seconds. Nothing is polled or swept by the clock alone. */
export const programOptions: ComposeOptions = {
  times: {
    ...quickTimes,
    // The last comes long after an order that Turn carried out late.
    lookUps: [100, 200, 400, 800],
    deliveryLease: workLease,
    syncLease: workLease,
    poll: {
      webhookUnseen: seldom,
      waitingOnCandidate: seldom,
      working: seldom,
      reportReady: seldom,
      settled: seldom,
      settledFor: seldom,
    },
  },
  workTimes: { relayEvery: 25, jobLease: workLease, sweepEvery: seldom },
  leverPace: unlimited,
  turnPace: unlimited,
  // The emulators' clock, so that an entry into a stage is never before what a person did earlier.
  now: Date.now,
};
