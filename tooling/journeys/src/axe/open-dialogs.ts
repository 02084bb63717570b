import { expect, type Page } from '@playwright/test';
import { mouse } from '../steps/hands.ts';
import { sectionOf, signIn } from '../steps/in-console.ts';
import { chooseForMember } from '../steps/people.ts';
import { loseAccess, reconnect } from '../steps/reconnect.ts';
import type { JourneyWorld } from '../world/create-journey-world.ts';
import type { Look } from './create-look.ts';
import { joinAll, member } from './join-all.ts';

const wide = { width: 1280, height: 900 };
const narrow = { width: 390, height: 844 };

/**
 * Opens everything that opens over a page, and looks at it. Whoever declares another dialog adds a way to it here, or the
 * journey fails.
 */
export const openDialogs = async (
  page: Page,
  vendor: Page,
  world: JourneyWorld,
  look: Look,
): Promise<void> => {
  await signIn(page, world, mouse);
  await joinAll(page, world);
  await page.goto(world.secondInvitationUrl ?? '');
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: world.cast.accountName }).click();
  await expect(page.getByRole('button', { name: `Account: ${world.cast.accountName}` })).toBeVisible();
  const account = new URL(page.url()).searchParams.get('account') ?? '';
  const open = (path: string): Promise<unknown> =>
    page.goto(`${world.url}${path}${path.includes('?') ? '&' : '?'}account=${account}`);
  const dialog = page.getByRole('dialog');
  const close = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await expect(page.locator('[role="dialog"], [role="menu"]')).toHaveCount(0);
  };

  await page.getByRole('button', { name: /^Account: / }).click();
  await look.atDialog('shell/account-menu.tsx Menu', 'menu');
  await close();
  await page.getByRole('button', { name: /^You: / }).click();
  await look.atDialog('shell/person-menu.tsx Menu', 'menu');
  await page.route('**/api/auth/sign-out', (route) => route.fulfill({ status: 503 }));
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await look.atDialog('shell/person-menu.tsx Dialog');
  await close();
  await page.setViewportSize(narrow);
  await page.getByRole('button', { name: 'Open the navigation' }).click();
  await look.atDialog('shell/shell.tsx Drawer');
  await close();
  await page.setViewportSize(wide);

  await open('/people');
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await look.atDialog('people/invitations/invite-dialog.tsx Dialog');
  await close();
  await page.getByRole('button', { name: /^Withdraw the invitation/u }).click();
  await look.atDialog('people/invitations/withdraw-dialog.tsx ConfirmDialog');
  await close();
  await page.getByRole('button', { name: `What to do with ${member.name}` }).click();
  await look.atDialog('people/members/member-row.tsx Menu', 'menu');
  await close();
  for (const [act, name] of [
    ['Change the role', 'people/members/change-role-dialog.tsx Dialog'],
    ['Link for a new password', 'people/members/password-link-dialog.tsx Dialog'],
    ['Sign out everywhere', 'people/members/end-sessions-dialog.tsx ConfirmDialog'],
    ['Remove from the account', 'people/members/remove-dialog.tsx ConfirmDialog'],
  ] as const) {
    await chooseForMember(page, member.name, act);
    await look.atDialog(name);
    await close();
  }

  await open('/settings');
  await loseAccess(page, vendor, world);
  await look.atState('settings, reconnect needed');
  await reconnect(page, world);
  await look.atState('settings, with somebody who waits');
  await page.getByRole('button', { name: `Order: ${world.candidateName}` }).click();
  await look.atDialog('settings/backlog/backlog-review.tsx ConfirmDialog');
  await dialog.getByRole('button', { name: 'Order 1 check' }).click();
  await expect(page.getByText('Handed on to be ordered')).toBeVisible();
  await open('/checks');
  await expect(page.getByRole('row', { name: world.candidateName })).toBeVisible();
  await look.atState('checks, with one');

  await open('/settings?open=true');
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await look.atDialog('settings/disconnect/disconnect-section.tsx ConfirmDialog');
  await close();
  const ordering = sectionOf(page, 'Choosing your package');
  await mouse.write(ordering.getByLabel('Orders per hour'), '7');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Checks' }).click();
  await look.atDialog('settings/saving/unsaved-dialog.tsx Dialog');
  await close();

  // As if the password was given too long ago, and then as if the session had ended while somebody worked.
  const fail = async (code: string, status: number, message: string): Promise<void> => {
    const body = { error: { message, code: -32_000, data: { code, httpStatus: status } } };
    await page.unroute('**/api/trpc/settings.save');
    await page.route('**/api/trpc/settings.save', (route) => route.fulfill({ status, json: body }));
    await ordering.getByRole('button', { name: 'Save' }).click();
  };
  await fail('PRECONDITION_FAILED', 412, 'give your password again');
  await look.atDialog('shell/prompt-dialog.tsx Dialog');
  await close();
  await fail('UNAUTHORIZED', 401, 'sign in first');
  // Left open: whoever does not sign in is asked about what they did not save.
  await look.atDialog('shell/prompt-dialog.tsx Dialog 2');
};
