import { expect, type Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Hands } from './hands.ts';
import { navigateTo } from './in-console.ts';
import { seeCheckInLever } from './in-lever.ts';
import { advanceInTurn } from './in-turn.ts';

/** What follows a move into the stage: Turn works, Lever shows it, and so does the console. */
export const seeOneCheck = async (
  page: Page,
  vendor: Page,
  world: JourneyWorld,
  hands: Hands,
): Promise<void> => {
  await expect.poll(() => world.turnAccount.checks.length, { timeout: 20_000 }).toBe(1);
  await advanceInTurn(vendor, world, 'processing');
  await advanceInTurn(vendor, world, 'approved');
  await seeCheckInLever(vendor, world, 'Clear');
  await navigateTo(page, 'Checks', hands);
  const row = page.getByRole('row', { name: world.candidateName });
  await expect(row).toContainText('Clear');
  await expect(row).toContainText(world.turnAccount.checks[0]?.turnId ?? 'a Turn ID');
  expect(world.turnAccount.checks).toHaveLength(1);
};
