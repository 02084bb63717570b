import { mkdirSync, statSync } from 'node:fs';
import process from 'node:process';
import { type BrowserContext, chromium, expect, type Page } from '@playwright/test';
import { acceptInvitation } from '@turn-lever/demo/super-admin';
import { browsersOfThisMachine, isRoot } from './browser/browsers-of-this-machine.ts';
import { findBrowser } from './browser/find-browser.ts';
import { prepare } from './prepare.ts';
import { inRepository } from './repository.ts';
import { mouse } from './steps/hands.ts';
import { navigateTo, signIn } from './steps/in-console.ts';
import { invite } from './steps/people.ts';
import type { Cast } from './world/cast.ts';
import { createJourneyWorld, type JourneyWorld } from './world/create-journey-world.ts';

/** Takes the pictures of docs/screenshots from a world of invented people. */
const folder = inRepository('docs/screenshots');
const size = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
// kB. They stand in the repository for ever.
const mostWeight = 150;

const cast: Cast = {
  accountName: 'Brightwater Logistics',
  leverAccountName: 'Brightwater Logistics',
  superAdmin: { name: 'Sam Rivera', email: 'sam.rivera@example.com', password: 'only-for-these-pictures' },
  candidates: [
    ['Nora Quill', 'Basic Criminal', 'P0000000001'],
    ['Daniel Okafor', 'Driver: MVR + County 7', 'P0000000002'],
    ['Priya Raman', 'Executive', 'P0000000003'],
    ['Mateo Silva', 'Basic Criminal', 'P0000000001'],
    ['Ines Vogel', 'Driver: MVR + County 7', 'P0000000002'],
    ['Lee van der Test', 'Basic Criminal', 'P0000000001'],
  ].map(([name = '', packageName, packageId]) => ({
    name,
    emails: [`${name.toLowerCase().replaceAll(' ', '.')}@example.com`],
    stage: 'On-site interview',
    tags: [`TurnPackage:${packageId}:${packageName}`],
  })),
};
/** How far Turn gets with each, in the order of the cast; null: not moved into the stage. */
const ends: readonly (readonly string[])[] = [
  ['processing', 'approved'],
  ['processing', 'pending'],
  ['processing', 'review'],
  ['processing'],
  [],
];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const orderSome = async ({ leverAccount, turnAccount }: JourneyWorld): Promise<void> => {
  const opportunities = leverAccount.opportunities();
  for (const [index, states] of ends.entries()) {
    const { id = '' } = opportunities[index] ?? {};
    leverAccount.moveOpportunity(id, 'Reference Check');
    await expect.poll(() => turnAccount.checks.length, { timeout: 30_000 }).toBe(index + 1);
    for (const state of states) await turnAccount.advance(turnAccount.checks[index]?.turnId ?? '', state);
  }
};

const take = async (page: Page, name: string): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  const path = `${folder}/${name}.png`;
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const weight = Math.round(statSync(path).size / 1000);
  say(`docs/screenshots/${name}.png  ${weight} kB`);
  if (weight > mostWeight) throw new Error(`${name}.png weighs more than ${mostWeight} kB.`);
};

const takeAll = async (context: BrowserContext, world: JourneyWorld): Promise<void> => {
  const page = await context.newPage();
  await signIn(page, world, mouse);
  const link = await invite(page, 'toni.berg@example.com', 'Admin');
  await acceptInvitation(world.url, link, {
    name: 'Toni Berg',
    email: 'toni.berg@example.com',
    password: 'only-for-these-pictures',
  });
  await invite(page, 'kim.sato@example.com', 'Team Member');
  await page.reload();
  await take(page, 'people');
  await navigateTo(page, 'Checks', mouse);
  await expect(page.getByText('Clear', { exact: true })).toBeVisible();
  await take(page, 'checks');
  await navigateTo(page, 'Package tags', mouse);
  await take(page, 'package-tags');
  await navigateTo(page, 'Settings', mouse);
  await page.getByRole('button', { name: /^Lever Integration/u }).click();
  await take(page, 'settings');
  await page.emulateMedia({ colorScheme: 'dark' });
  await take(page, 'settings-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(phone);
  await take(page, 'settings-phone');
};

await prepare();
mkdirSync(folder, { recursive: true });
const world = await createJourneyWorld('connected', cast);
const browser = await chromium.launch({
  executablePath: findBrowser(browsersOfThisMachine),
  args: isRoot() ? ['--no-sandbox'] : [],
});
try {
  await orderSome(world);
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' });
  await takeAll(context, world);
} finally {
  await browser.close();
  await world.close();
}
