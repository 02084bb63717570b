import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'api',
    // Above what `eventually` waits, so that it is the one to say what did not come about.
    testTimeout: 300_000,
    hookTimeout: 120_000,
    globalSetup: ['@turn-lever/postgres/global-setup', '@turn-lever/db/testing/canary-counts'],
    setupFiles: ['@turn-lever/db/testing/canary-setup', './test/watch-answers.ts'],
  },
});
