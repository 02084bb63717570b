import { defineConfig } from 'vitest/config';

/** What takes too long for every test run: `pnpm --filter @turn-lever/api soak:crashes`. */
export default defineConfig({
  test: {
    name: 'api-soak',
    include: ['test/**/*.soak.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ['@turn-lever/postgres/global-setup', '@turn-lever/db/testing/canary-counts'],
    setupFiles: ['@turn-lever/db/testing/canary-setup', './test/watch-answers.ts'],
  },
});
