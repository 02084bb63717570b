import { expect } from '@playwright/test';
import { journey } from '../src/journey.ts';
import { mouse } from '../src/steps/hands.ts';
import { signIn } from '../src/steps/in-console.ts';
import { loseAccess, reconnect } from '../src/steps/reconnect.ts';

journey.use({ beginning: 'connected' });

journey(
  'Revoke Access in Lever ends in “Reconnect needed”, and Reconnect in the preview of who waits',
  async ({ context, page, world }) => {
    const vendor = await context.newPage();
    await signIn(page, world, mouse);
    await loseAccess(page, vendor, world);
    await reconnect(page, world);
    // Nobody is ordered by the reconnect itself.
    expect(world.turnAccount.checks).toHaveLength(0);
    await page.getByRole('button', { name: `Order: ${world.candidateName}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Order 1 check' }).click();
    await expect(page.getByText('Handed on to be ordered')).toBeVisible();
    await expect.poll(() => world.turnAccount.checks.length).toBe(1);
  },
);
