import type { Page } from '@playwright/test';
import { acceptInvitation } from '@turn-lever/demo/super-admin';
import { invite } from '../steps/people.ts';
import type { JourneyWorld } from '../world/create-journey-world.ts';

/** Somebody who joins. Invented. */
export const member = {
  name: 'Toni Example',
  email: 'toni@example.com',
  password: 'secretcanary-battery staple',
} as const;

/** Makes one member more and an invitation that waits. Ends on the page of people, which shows both. */
export const joinAll = async (page: Page, world: JourneyWorld): Promise<void> => {
  await acceptInvitation(world.url, await invite(page, member.email, 'Admin'), member);
  await invite(page, 'gone@example.com', 'Limited Team Member');
  await page.reload();
};
