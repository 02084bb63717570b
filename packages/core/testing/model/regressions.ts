import type { Story } from './steps/step.ts';

/** A story that once broke a promise, or that a weaker auditor let through. */
export interface Regression extends Story {
  /** What went wrong, and what was wrong. */
  readonly reason: string;
  /** Where it was found; the steps are kept because another generator makes others of the same seed. */
  readonly seed: number;
}

/** Every one of them is played on each system, whatever else is. A bug that the model test finds adds its story here. */
export const regressions: readonly Regression[] = [];
