import { journey } from '../src/journey.ts';
import { type Hands, keyboard, mouse } from '../src/steps/hands.ts';
import { expectNoSidewaysScroll, makeFirstAccount } from '../src/steps/in-console.ts';
import { dragCandidate, moveCandidate } from '../src/steps/in-lever.ts';
import { seeOneCheck } from '../src/steps/order.ts';
import {
  authorizeLever,
  choosePackage,
  chooseStage,
  connectTurn,
  connectWebhookByHand,
} from '../src/steps/set-up.ts';

for (const { how, hands, viewport } of [
  { how: 'with a mouse', hands: mouse, viewport: { width: 1280, height: 900 } },
  { how: 'by keyboard alone', hands: keyboard, viewport: { width: 1280, height: 900 } },
  { how: 'at the width of a phone', hands: mouse, viewport: { width: 390, height: 844 } },
] as const satisfies readonly { how: string; hands: Hands; viewport: object }[]) {
  journey.describe(how, () => {
    journey.use({ viewport });

    journey(
      'a fresh installation is set up as the article says, and orders one check',
      async ({ context, page, world }) => {
        // A tab of its own, so that the console is seen to change by itself.
        const vendor = await context.newPage();
        await makeFirstAccount(page, world, hands);
        await authorizeLever(page, hands);
        await connectWebhookByHand(page, vendor, world, hands);
        await chooseStage(page, 'Offer', hands);
        await connectTurn(page, vendor, world, hands);
        await choosePackage(page, hands);
        await expectNoSidewaysScroll(page);
        if (how === 'with a mouse') await dragCandidate(vendor, world, 'Offer');
        else await moveCandidate(vendor, world, 'Offer', hands);
        await seeOneCheck(page, vendor, world, hands);
        await expectNoSidewaysScroll(page);
      },
    );
  });
}
