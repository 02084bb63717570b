import type { Times } from '@turn-lever/core/times';

const seldom = 3_600_000;

/** Times at which a whole journey takes a second. In ms. */
export const quickTimes: Partial<Times> = {
  retryBase: 20,
  retryCap: 200,
  lateAnswer: 50,
  lookUps: [50, 50, 100, 100],
  grantAge: 600_000,
  packageListAge: 0,
  sweepGrace: 0,
  poll: {
    webhookUnseen: 150,
    waitingOnCandidate: seldom,
    working: seldom,
    reportReady: seldom,
    settled: seldom,
    settledFor: seldom,
  },
};

/** As quick, but nobody is asked about by the clock alone: only what happens makes something due. */
export const timesWithoutPolls: Partial<Times> = {
  ...quickTimes,
  poll: {
    webhookUnseen: 3_600_000,
    waitingOnCandidate: seldom,
    working: seldom,
    reportReady: seldom,
    settled: seldom,
    settledFor: seldom,
  },
};

/** With those, a check is read when Turn's webhook says so, and by the poll hardly ever. */
export const seldomPolled: Partial<Times> = {
  ...quickTimes,
  poll: {
    webhookUnseen: seldom,
    waitingOnCandidate: seldom,
    working: seldom,
    reportReady: seldom,
    settled: seldom,
    settledFor: seldom,
  },
};
