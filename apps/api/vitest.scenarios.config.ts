import { defineConfig } from 'vitest/config';

/** The reliability scenarios alone, one file at a time, with their results as JSON: `pnpm test:scenarios`. `test` runs them too. */
export default defineConfig({
  test: {
    name: 'api-scenarios',
    include: ['test/scenarios/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 120_000,
    globalSetup: ['@turn-lever/postgres/global-setup', '@turn-lever/db/testing/canary-counts'],
    setupFiles: ['@turn-lever/db/testing/canary-setup', './test/watch-answers.ts'],
  },
});
