import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';
import type { BrowserSources } from './find-browser.ts';

// ms. A mirror that does not answer must not cost the run.
const downloadTimeout = 240_000;
const connectionTimeout = 15_000;
const installTimeout = 600_000;
const startTimeout = 60_000;

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const run = (command: string, args: readonly string[], timeout: number, more: NodeJS.ProcessEnv = {}) =>
  spawnSync(command, args, {
    timeout,
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, ...more },
  }).status === 0;

/** Whether Chromium must run without its sandbox: it refuses to have one as root. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/** The variable `CHROMIUM_PATH`, PATH, Playwright's cache and Debian's package manager. */
export const browsersOfThisMachine: BrowserSources = {
  named: () => process.env.CHROMIUM_PATH || null,
  onPath: () =>
    (process.env.PATH ?? '')
      .split(delimiter)
      .map((folder) => join(folder, 'chromium'))
      .find(isExecutable) ?? null,
  playwrights: () => chromium.executablePath(),
  installPlaywrights: () => {
    const playwright = dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json'));
    run(process.execPath, [join(playwright, 'cli.js'), 'install', 'chromium'], downloadTimeout, {
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(connectionTimeout),
    });
  },
  installDebians: () => {
    if (!isRoot() || !isExecutable('/usr/bin/apt-get')) return;
    const quietly = { DEBIAN_FRONTEND: 'noninteractive' };
    run('apt-get', ['update', '-q'], installTimeout, quietly);
    const packages = ['chromium', 'fonts-liberation'];
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], installTimeout, quietly);
  },
  starts: (path) =>
    isExecutable(path) && spawnSync(path, ['--version'], { timeout: startTimeout }).status === 0,
};
