import { expect, type Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Hands } from './hands.ts';

/** The emulated Lever's own login and consent: as its Super Admin, who approves. */
export const approveInLever = async (page: Page, hands: Hands): Promise<void> => {
  await expect(page.getByRole('heading', { name: 'Authorize access' })).toBeVisible();
  await hands.press(page.getByRole('button', { name: 'Approve' }));
};

/** Settings > Integrations and API > Webhooks: pastes the copied address, gives the signature token that Lever made. */
export const pasteWebhookUrl = async (page: Page, world: JourneyWorld, hands: Hands): Promise<string> => {
  await page.goto(`${world.lever.url}/settings`);
  await hands.paste(page.getByLabel('Webhook URL for Candidate Stage Change'));
  await hands.press(page.getByRole('button', { name: 'Add webhook' }));
  await expect(page.getByRole('status')).toHaveText('Webhook added.');
  const token = page.locator('dt', { hasText: 'Signature token' }).locator('+ dd');
  return ((await token.textContent()) ?? '').trim();
};

/** “Verify connection” on the only webhook. */
export const verifyConnection = async (page: Page, hands: Hands): Promise<void> => {
  await hands.press(page.getByRole('button', { name: 'Verify connection' }));
  await expect(page.getByRole('status')).toHaveText(/^Ping answered/u);
};

/** Settings > Integrations and API > Authorized Apps > Revoke Access. */
export const revokeAccess = async (page: Page, world: JourneyWorld): Promise<void> => {
  await page.goto(`${world.lever.url}/settings`);
  await page.getByRole('button', { name: 'Revoke Access' }).click();
  await expect(page.getByRole('status')).toHaveText('Access revoked.');
};

// The board side by side: a drag cannot scroll it.
const wideEnough = { width: 2400, height: 900 };

/** Drags the candidate into a stage, with the mouse. */
export const dragCandidate = async (page: Page, world: JourneyWorld, stage: string): Promise<void> => {
  await page.setViewportSize(wideEnough);
  await page.goto(`${world.lever.url}/candidates`);
  const card = page.getByRole('article').filter({ hasText: world.candidateName });
  await card.dragTo(page.getByRole('region', { name: stage }));
  await expect(page.getByRole('status')).toHaveText(`${world.candidateName} moved to ${stage}.`);
};

/** Moves the candidate with the list of stages on the card, which needs no mouse. */
export const moveCandidate = async (
  page: Page,
  world: JourneyWorld,
  stage: string,
  hands: Hands,
): Promise<void> => {
  await page.goto(`${world.lever.url}/candidates`);
  await hands.choose(page.getByLabel(`Move ${world.candidateName} to stage`), stage);
  await expect(page.getByRole('status')).toHaveText(`${world.candidateName} moved to ${stage}.`);
};

/** What a recruiter finds on the candidate once Turn is done: the Turn ID, one status, the report. */
export const seeCheckInLever = async (page: Page, world: JourneyWorld, status: string): Promise<void> => {
  await page.goto(`${world.lever.url}/candidates/${world.candidateId}`);
  const dialog = page.getByRole('dialog', { name: world.candidateName });
  await expect(dialog.getByText(/Turn background check ordered\. Turn ID: C\d+/u)).toHaveCount(1);
  await expect(dialog.getByText(`TurnStatus:${status}`)).toHaveCount(1);
  await expect(dialog.getByText(/TurnStatus:/u)).toHaveCount(1);
  await expect(dialog.getByText(/Turn background check report: http/u)).toHaveCount(1);
};
