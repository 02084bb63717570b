import { defineConfig } from 'vitest/config';

/** The model test on real programs, for as long as asked: `pnpm soak --real --runs 100`. */
export default defineConfig({
  test: {
    name: 'api-soak-model',
    include: ['test/model/soak-stories.ts'],
    // Six hours: what ends it is the number of runs.
    testTimeout: 6 * 3_600_000,
    hookTimeout: 120_000,
    globalSetup: [
      '@turn-lever/postgres/global-setup',
      '@turn-lever/db/testing/canary-counts',
      './test/model/soak-given.ts',
    ],
    setupFiles: ['@turn-lever/db/testing/canary-setup', './test/watch-answers.ts'],
  },
});
