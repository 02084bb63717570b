import { defineConfig } from '@playwright/test';

const results = '../../test-results';

export default defineConfig({
  testDir: 'journeys',
  testMatch: '**/*.journey.ts',
  globalSetup: './src/prepare.ts',
  outputDir: `${results}/journeys`,
  // Each journey has a program, two vendors and a browser of its own: more than two cores hold.
  workers: 2,
  fullyParallel: true,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: `${results}/browser.json` }]],
  use: {
    viewport: { width: 1280, height: 900 },
    // Recorded only for whoever asks with `--trace retain-on-failure`; the set took 150 s with it and without.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
