import { expect, type Locator, type Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Hands } from './hands.ts';

/** A subject of the settings, by its heading. */
export const sectionOf = (page: Page, name: string): Locator =>
  page.getByRole('region', { name, exact: true });

/** Presses Save of a section and waits until it is saved. */
export const save = async (section: Locator, hands: Hands): Promise<void> => {
  await hands.press(section.getByRole('button', { name: 'Save' }));
  await expect(section.getByText('Saved', { exact: true })).toBeVisible();
};

/** Copies what a field holds, by its button. */
export const copy = async (place: Locator, label: string, hands: Hands): Promise<void> => {
  const button = place.getByRole('button', { name: `Copy: ${label}` });
  await hands.press(button);
  await expect(button).toHaveText('Copied');
};

/** Expands the card of the integration. */
export const expandCard = async (page: Page, hands: Hands): Promise<void> => {
  await hands.press(page.getByRole('button', { name: /^Lever Integration/u, expanded: false }));
  await expect(sectionOf(page, 'Authorize Lever')).toBeVisible();
};

/** Opens the set-up link of the first start, and makes the account and its Super Admin. Ends signed in, on the settings. */
export const makeFirstAccount = async (page: Page, world: JourneyWorld, hands: Hands): Promise<void> => {
  const { accountName, superAdmin } = world.cast;
  await page.goto(await world.setUpUrl());
  await hands.write(page.getByLabel('Company'), accountName);
  await hands.write(page.getByLabel('Your name'), superAdmin.name);
  await hands.write(page.getByLabel('Your e-mail'), superAdmin.email);
  await hands.write(page.getByRole('textbox', { name: 'Password' }), superAdmin.password);
  await hands.press(page.getByRole('button', { name: 'Set up the account' }));
  await expect(page.getByRole('button', { name: /^Lever Integration/u })).toBeVisible();
};

/** Signs in as the Super Admin of the cast. Ends on the settings. */
export const signIn = async (page: Page, world: JourneyWorld, hands: Hands): Promise<void> => {
  await page.goto(`${world.url}/`);
  const { email, password } = world.cast.superAdmin;
  await hands.write(page.getByLabel('E-mail'), email);
  await hands.write(page.getByRole('textbox', { name: 'Password' }), password);
  await hands.press(page.getByRole('button', { name: 'Sign in' }));
  await expect(page.getByRole('button', { name: /^Lever Integration/u })).toBeVisible();
};

/** Goes to another page by the navigation, behind its button on a phone. */
export const navigateTo = async (page: Page, title: string, hands: Hands): Promise<void> => {
  const burger = page.getByRole('button', { name: 'Open the navigation' });
  if (await burger.isVisible()) await hands.press(burger);
  await hands.press(page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title }));
};

/** Fails where the page is wider than the screen. */
export const expectNoSidewaysScroll = async (page: Page): Promise<void> => {
  const [width, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(width, `The width of ${new URL(page.url()).pathname}`).toBeLessThanOrEqual(shown ?? 0);
};
