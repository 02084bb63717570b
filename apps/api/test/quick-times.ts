import type { Times } from '@turn-lever/core/times';

/** Times at which a whole journey takes a second. In ms. */
export const quickTimes: Partial<Times> = {
  retryBase: 20,
  retryCap: 200,
  lookUps: [50, 50, 100, 100],
  grantAge: 600_000,
  packageListAge: 0,
  sweepGrace: 0,
  poll: {
    webhookUnseen: 150,
    waitingOnCandidate: 3_600_000,
    working: 3_600_000,
    reportReady: 3_600_000,
    settled: 3_600_000,
    settledFor: 3_600_000,
  },
};

/** As quick, but nobody is asked about by the clock alone: only what happens makes something due. */
export const timesWithoutPolls: Partial<Times> = {
  ...quickTimes,
  poll: {
    webhookUnseen: 3_600_000,
    waitingOnCandidate: 3_600_000,
    working: 3_600_000,
    reportReady: 3_600_000,
    settled: 3_600_000,
    settledFor: 3_600_000,
  },
};
