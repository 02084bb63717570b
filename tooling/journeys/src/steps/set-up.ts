import { expect, type Page } from '@playwright/test';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Hands } from './hands.ts';
import { copy, expandCard, save, sectionOf } from './in-console.ts';
import { approveInLever, pasteWebhookUrl, verifyConnection } from './in-lever.ts';
import { pasteStatusWebhookUrl } from './in-turn.ts';

/** Expands the card and goes through Lever's login and consent. */
export const authorizeLever = async (page: Page, hands: Hands): Promise<void> => {
  await expandCard(page, hands);
  const authorize = sectionOf(page, 'Authorize Lever');
  await expect(authorize.getByRole('listitem')).toHaveText([
    'see and edit your opportunities',
    'read your pipeline stages',
    'read your tags',
    'write notes',
    'stay connected while you are away',
  ]);
  await hands.press(authorize.getByRole('radio', { name: /^Sandbox/u }));
  await hands.press(authorize.getByRole('button', { name: 'Authorize Lever' }));
  await approveInLever(page, hands);
  await expect(page.getByText('Lever is connected', { exact: true })).toBeVisible();
};

/** The article's way: the URL is pasted into Lever, its signature token into Webhook Secret, and Lever's ping arrives. */
export const connectWebhookByHand = async (
  page: Page,
  lever: Page,
  world: JourneyWorld,
  hands: Hands,
): Promise<void> => {
  const webhook = sectionOf(page, 'Webhook');
  await copy(webhook, 'Lever Webhook URL', hands);
  const signatureToken = await pasteWebhookUrl(lever, world, hands);
  await hands.write(webhook.getByLabel('Webhook Secret', { exact: true }), signatureToken);
  await save(webhook, hands);
  await expect(webhook.getByText(`Set, ends in ${signatureToken.slice(-4)}, saved by`)).toBeVisible();
  await expect(webhook.getByText('Waiting for Lever…')).toBeVisible();
  await verifyConnection(lever, hands);
  // By itself, within 3 s of the ping.
  await expect(webhook.getByText('The connection works')).toBeVisible({ timeout: 3000 });
};

/** The stage, chosen from Lever's own list. */
export const chooseStage = async (page: Page, stage: string, hands: Hands): Promise<void> => {
  const section = sectionOf(page, 'When to start a background check');
  await hands.pick(section.getByRole('combobox', { name: 'Background Check Pipeline Stage' }), stage);
  await save(section, hands);
};

/** Turn's token, and the optional address for Turn's webhook. */
export const connectTurn = async (
  page: Page,
  turn: Page,
  world: JourneyWorld,
  hands: Hands,
): Promise<void> => {
  const section = sectionOf(page, 'Turn account');
  await hands.write(section.getByLabel('Turn token', { exact: true }), world.turnAccount.token);
  await save(section, hands);
  await copy(section, 'Status webhook URL (optional)', hands);
  await pasteStatusWebhookUrl(turn, world, hands);
};

/** The default package, and no wait, so that a journey need not wait either. */
export const choosePackage = async (page: Page, hands: Hands): Promise<void> => {
  const section = sectionOf(page, 'Choosing your package');
  await hands.pick(section.getByRole('combobox', { name: 'Default package' }), 'Executive (P0000000003)');
  await hands.write(section.getByLabel('Wait before ordering'), '0');
  await save(section, hands);
};
