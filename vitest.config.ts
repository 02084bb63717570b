import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: ['packages/*', 'apps/*', 'tooling/*'],
    // Creating a PGlite database took up to 13 s on two busy cores.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
