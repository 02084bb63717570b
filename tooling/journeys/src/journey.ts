import { type BrowserContext, test as base, expect } from '@playwright/test';
import { browsersOfThisMachine, isRoot } from './browser/browsers-of-this-machine.ts';
import { findBrowser } from './browser/find-browser.ts';
import { listen } from './watch/listen.ts';
import { type Beginning, createJourneyWorld, type JourneyWorld } from './world/create-journey-world.ts';

/** What a journey is given: a fresh installation, and a browser that is listened to. */
export interface JourneyFixtures {
  readonly beginning: Beginning;
  readonly world: JourneyWorld;
  readonly context: BrowserContext;
}

/**
 * A journey. Whatever it does, it fails where its browser was given what it must not have, where a page broke its own
 * content security policy, threw, or reported an error.
 */
export const journey = base.extend<JourneyFixtures>({
  launchOptions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off the pattern.
    async ({}, use) => {
      await use({
        executablePath: findBrowser(browsersOfThisMachine),
        args: isRoot() ? ['--no-sandbox'] : [],
      });
    },
    { scope: 'worker' },
  ],
  beginning: ['fresh', { option: true }],
  world: async ({ beginning }, use) => {
    const world = await createJourneyWorld(beginning);
    await use(world);
    await world.close();
  },
  context: async ({ context, world }, use) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const listening = await listen(context, world);
    await use(context);
    const heard = await listening.end();
    base.info().annotations.push({ type: 'searched', description: heard.counts });
    expect.soft(heard.leaks, 'What a browser must not be given').toEqual([]);
    expect.soft(heard.faults, 'Pages that are not strict').toEqual([]);
    expect.soft(heard.errors, 'Errors on pages').toEqual([]);
  },
});
