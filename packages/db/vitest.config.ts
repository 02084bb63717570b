import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'db',
    globalSetup: ['./testing/global-setup.ts', './testing/canary-counts.ts'],
    setupFiles: './testing/canary-setup.ts',
    // Creating a PGlite database took up to 13 s on two busy cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
