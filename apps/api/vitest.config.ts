import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'api',
    // Hold on a quiet machine one file at a time, not yet beside everything else: `pnpm test:scenarios`.
    exclude: [...configDefaults.exclude, 'test/scenarios/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['@turn-lever/postgres/global-setup', '@turn-lever/db/testing/canary-counts'],
    setupFiles: ['@turn-lever/db/testing/canary-setup', './test/watch-answers.ts'],
  },
});
