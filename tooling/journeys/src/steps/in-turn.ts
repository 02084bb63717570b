import { expect, type Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Hands } from './hands.ts';

/** Pastes the copied status webhook URL into Turn's dashboard. */
export const pasteStatusWebhookUrl = async (page: Page, world: JourneyWorld, hands: Hands): Promise<void> => {
  await page.goto(`${world.turn.url}/checks`);
  await hands.paste(page.getByLabel('New URL'));
  await hands.press(page.getByRole('button', { name: 'Save' }));
  await expect(page.getByRole('status')).toHaveText('Saved.');
};

/** Turn's people put the candidate's check into a state. */
export const advanceInTurn = async (page: Page, world: JourneyWorld, state: string): Promise<void> => {
  await page.goto(`${world.turn.url}/checks`);
  const states = page.getByRole('group', { name: `State of ${world.candidateName}` });
  await states.getByRole('button', { name: state, exact: true }).click();
  await expect(page.getByRole('status')).toHaveText(`${world.candidateName} is now ${state}.`);
};
