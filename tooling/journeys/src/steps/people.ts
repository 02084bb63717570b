import { expect, type Page } from '@playwright/test';
import { mouse } from './hands.ts';
import { navigateTo } from './in-console.ts';

/** Invites somebody on the page of people, and gives the link that is shown once. */
export const invite = async (page: Page, email: string, role: string): Promise<string> => {
  await navigateTo(page, 'People', mouse);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
  await dialog.getByLabel('E-mail').fill(email);
  await dialog.getByRole('radio', { name: role, exact: true }).check();
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = await dialog.getByLabel(`Invitation for ${email}`, { exact: true }).inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  return link;
};

/** What a Super Admin does with a member, by the menu of the row. */
export const chooseForMember = async (page: Page, name: string, act: string): Promise<void> => {
  await page.getByRole('button', { name: `What to do with ${name}` }).click();
  await page.getByRole('menuitem', { name: act }).click();
};
