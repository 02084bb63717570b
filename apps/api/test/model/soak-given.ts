import process from 'node:process';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    soak: { readonly runs: number; readonly seed: number };
  }
}

/** A vitest `globalSetup`: `SOAK_RUNS` and `SOAK_SEED`, which `pnpm soak --real` sets. */
export const setup = (project: TestProject): void => {
  // biome-ignore lint/style/noProcessEnv: they are arguments of this command, not settings of the product.
  const { SOAK_RUNS = '100', SOAK_SEED = String(Date.now() % 2 ** 31) } = process.env;
  project.provide('soak', { runs: Number(SOAK_RUNS), seed: Number(SOAK_SEED) });
};
