import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'turn-adapter',
    // No module here keeps anything from one test file to the next: half the time.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
