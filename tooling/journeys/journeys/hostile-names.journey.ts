import { expect } from '@playwright/test';
import { pages } from '@turn-lever/admin/pages';
import { journey } from '../src/journey.ts';
import { mouse } from '../src/steps/hands.ts';
import { signIn } from '../src/steps/in-console.ts';
import { type Cast, canaries } from '../src/world/cast.ts';
import { createJourneyWorld } from '../src/world/create-journey-world.ts';

const markup = (of: string): string => `${of} <img src=x onerror="document.title='struck'">`;
const [candidate = { name: '' }] = canaries.candidates;
const hostile: Cast = {
  ...canaries,
  accountName: markup('Account'),
  superAdmin: { ...canaries.superAdmin, name: markup('Sam') },
  candidates: [{ ...candidate, name: markup(candidate.name) }],
};

const withHostileNames = journey.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures off the pattern.
  world: async ({}, use) => {
    const world = await createJourneyWorld('connected', hostile);
    await use(world);
    await world.close();
  },
});

// What the policy keeps out fails every journey: here it would be what React let through.
withHostileNames('R100 markup in names is text on every page', async ({ page, world }) => {
  const stage = world.leverAccount.stages().find(({ text }) => text === 'Reference Check')?.id ?? '';
  world.leverAccount.moveOpportunity(world.candidateId, stage);
  await signIn(page, world, mouse);
  const shown = [
    [`${pages.settings.path}?open=true`, world.cast.accountName],
    [pages.checks.path, world.candidateName],
    [pages.people.path, world.cast.superAdmin.name],
    [pages.me.path, world.cast.superAdmin.name],
    [pages.accounts.path, world.cast.accountName],
  ] as const;
  for (const [path, name] of shown) {
    await page.goto(`${world.url}${path}`);
    await expect(page.getByText(name).first()).toBeAttached();
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
    await expect(page).not.toHaveTitle('struck');
  }
});
