import { expect, type Page } from '@playwright/test';
import { pages } from '@turn-lever/admin/pages';
import { mouse } from '../steps/hands.ts';
import { signIn } from '../steps/in-console.ts';
import { chooseForMember } from '../steps/people.ts';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Look } from './create-look.ts';
import { joinAll, member } from './join-all.ts';

const plainPages = ['settings', 'packages', 'checks', 'people', 'me'] as const;

/** Goes to every page of the list and looks at it. Ends signed in, a member of two accounts, with one member more. */
export const goThroughPages = async (page: Page, world: JourneyWorld, look: Look): Promise<void> => {
  const open = (path: string): Promise<unknown> => page.goto(`${world.url}${path}`);
  await open(pages.signIn.path);
  await look.atPage('signIn');
  await page.getByLabel('E-mail').fill('nobody@example.com');
  await page.getByRole('textbox', { name: 'Password' }).fill('not the one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('The e-mail or the password is not right.')).toBeVisible();
  await look.atState('signIn, refused');
  await open(`${pages.setUp.path}#no-such-token`);
  await look.atState('setUp, a link that does not work');
  await open('/no-such-page');
  await look.atState('a page that is not there');

  await signIn(page, world, mouse);
  await joinAll(page, world);
  await page.goto(await passwordLinkOf(page));
  await look.atPage('password');
  for (const name of plainPages) {
    await open(pages[name].path);
    await look.atPage(name);
  }
  await open(`${pages.settings.path}?open=true`);
  await look.atState('settings, connected');

  // As somebody who is signed in already, and then with a choice between two.
  await page.goto(world.secondInvitationUrl ?? '');
  await look.atPage('invitation');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page.getByRole('button', { name: /^Lever Integration/u })).toBeVisible();
  await open(pages.accounts.path);
  await look.atPage('accounts');
};

const passwordLinkOf = async (page: Page): Promise<string> => {
  await chooseForMember(page, member.name, 'Link for a new password');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  return dialog.getByRole('textbox').inputValue();
};
