import { PortError } from '@turn-lever/core/ports/port-error';
import { z } from 'zod';
import { leverId } from '../lever-id.ts';
import { readShape } from './answer.ts';
import { readPages } from './pages.ts';
import type { Call } from './request.ts';

/** A webhook that our app made in the account; those made in Lever's own settings are not listed. */
export interface LeverWebhook {
  readonly id: string;
  readonly event: string;
  readonly url: string;
}

/** A webhook just made. Lever tells its signature token only now (`lever-api.md` §3.3). Holds a secret. */
export interface CreatedWebhook extends LeverWebhook {
  readonly signatureToken: string;
}

const webhook = z.object({ id: leverId, event: z.string(), url: z.string() });
const withToken = webhook.extend({
  configuration: z.object({ signatureToken: z.string().min(1) }),
});
// The documentation's example has `data` twice, the live answer once (`lever-api.md` §3.5).
const created = z.union([
  z.object({ data: withToken }),
  z.object({ data: z.object({ data: withToken }) }).transform(({ data }) => data),
]);
const createRoute = 'POST /webhooks';

/** Our app's webhooks in the account. Throws `PortError`. */
export const listWebhooks = (call: Call): Promise<readonly LeverWebhook[]> =>
  readPages(call, { route: 'GET /webhooks' }, webhook);

/** Deletes a webhook of ours; one that is gone already is fine. Throws `PortError`. */
export const deleteWebhook = async (call: Call, webhookId: string): Promise<void> => {
  try {
    await call({ route: 'DELETE /webhooks/:id', params: { id: webhookId } });
  } catch (error) {
    if (!(error instanceof PortError && error.code === 'not-found')) throw error;
  }
};

/**
 * Makes a webhook for one event. Lever would make a second one of the same event and address, and deliver everything
 * twice; one that is there already, perhaps of a try whose answer was lost, is deleted first, since nobody can read its
 * signature token again. Throws `PortError`; after `unavailable` simply try again.
 */
export const createWebhook = async (
  call: Call,
  { event, url }: Pick<LeverWebhook, 'event' | 'url'>,
): Promise<CreatedWebhook> => {
  for (const existing of await listWebhooks(call)) {
    if (existing.event === event && existing.url === url) await deleteWebhook(call, existing.id);
  }
  const json = await call({ route: createRoute, body: { event, url } });
  const { data } = readShape(createRoute, created, json);
  return { id: data.id, event: data.event, url: data.url, signatureToken: data.configuration.signatureToken };
};
