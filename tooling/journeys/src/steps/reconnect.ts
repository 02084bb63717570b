import { expect, type Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import { mouse } from './hands.ts';
import { expandCard, sectionOf } from './in-console.ts';
import { approveInLever, dragCandidate, revokeAccess } from './in-lever.ts';

/** Access is revoked in Lever and a candidate moves: nothing is ordered, and the console says so. */
export const loseAccess = async (page: Page, vendor: Page, world: JourneyWorld): Promise<void> => {
  await revokeAccess(vendor, world);
  await dragCandidate(vendor, world, 'Reference Check');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Lever needs to be reconnected')).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: 30_000 });
  expect(world.turnAccount.checks).toHaveLength(0);
};

/** Reconnect, through Lever, to the preview of who waits. */
export const reconnect = async (page: Page, world: JourneyWorld): Promise<void> => {
  await expandCard(page, mouse);
  const authorize = sectionOf(page, 'Authorize Lever');
  await expect(authorize.getByText('Reconnect needed', { exact: true })).toBeVisible();
  await authorize.getByRole('button', { name: 'Reconnect' }).click();
  await approveInLever(page, mouse);
  await expect(page.getByText('Lever is connected again', { exact: true })).toBeVisible();
  const waiting = page.getByRole('region', { name: 'Candidates who wait' });
  await expect(waiting.getByText(world.candidateName)).toBeVisible();
};
