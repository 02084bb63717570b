import { type DeliveryBody, signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import type { TestAccount } from '../test-account.ts';
import type { World } from '../world.ts';

/** Posts a body as JSON and answers with the status. */
export const post = async (url: string, body: unknown): Promise<number> =>
  (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  ).status;

/** Lets a recruiter move somebody while Lever sends nothing: the tests deliver by their own hand. */
export const moveSilently = (
  { lever }: TestAccount,
  id: string,
  stage: string,
  options?: { readonly at: number },
): void => {
  lever.settings.deliverWebhooks = false;
  lever.moveOpportunity(id, stage, options);
  lever.settings.deliverWebhooks = true;
};

/** The genuine delivery of a move into the trigger stage. */
export const stageChange = (
  { signatureToken, stage }: Pick<TestAccount, 'signatureToken' | 'stage'>,
  opportunityId: string,
  given: Partial<Parameters<typeof signDelivery>[0]> = {},
): DeliveryBody => signDelivery({ signatureToken, data: { opportunityId, toStageId: stage }, ...given });

/** Waits until the delivery of this token is settled, and answers its row. */
export const settled = (world: World, token: string): Promise<{ reason: string; count: number }> =>
  eventually(async () => {
    const row = await world.deliveryOf(token);
    expect(row).toMatchObject({ state: 'settled' });
    return row as { reason: string; count: number };
  });

/** How many rows a token became. */
export const rowsOf = async (world: World, token: string): Promise<number> =>
  Number((await world.ask`select count(*) from delivery where key = ${token}`)[0]?.count);
