import { expect } from '@playwright/test';
import { journey } from '../src/journey.ts';
import { mouse } from '../src/steps/hands.ts';
import { makeFirstAccount, sectionOf } from '../src/steps/in-console.ts';
import { approveInLever, dragCandidate } from '../src/steps/in-lever.ts';
import { seeOneCheck } from '../src/steps/order.ts';
import { authorizeLever, choosePackage, chooseStage, connectTurn } from '../src/steps/set-up.ts';

journey(
  'a fresh installation has its webhook created by Turn, and orders one check',
  async ({ context, page, world }) => {
    const vendor = await context.newPage();
    await makeFirstAccount(page, world, mouse);
    await authorizeLever(page, mouse);
    const webhook = sectionOf(page, 'Webhook');
    // One more permission first.
    await webhook.getByRole('button', { name: 'Create the webhook for me' }).click();
    await approveInLever(page, mouse);
    await expect(page.getByText('Lever is connected again', { exact: true })).toBeVisible();
    await webhook.getByRole('button', { name: 'Create the webhook for me' }).click();
    await expect(webhook.getByText('Turn made the webhook in Lever')).toBeVisible();
    expect(world.leverAccount.webhooks()).toHaveLength(1);
    await chooseStage(page, 'Offer', mouse);
    await connectTurn(page, vendor, world, mouse);
    await choosePackage(page, mouse);
    await dragCandidate(vendor, world, 'Offer');
    await seeOneCheck(page, vendor, world, mouse);
  },
);
