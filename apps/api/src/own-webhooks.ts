import type { AtsWebhooks } from '@turn-lever/core/ports/ats-webhooks';
import type { LeverAts } from '@turn-lever/lever-adapter/create-lever-ats';
import { webhookUrls } from './webhook-urls.ts';

/** The webhooks of this installation: Lever lists what our OAuth app made, which another installation may use too. */
export const ownWebhooks = (
  lever: Pick<LeverAts, 'listWebhooks' | 'createWebhook' | 'deleteWebhook'>,
  publicUrl: string,
): AtsWebhooks => {
  const ours = webhookUrls(publicUrl).lever('');
  return {
    listWebhooks: async (connectionId) =>
      (await lever.listWebhooks(connectionId)).filter(({ url }) => url.startsWith(ours)),
    createWebhook: (connectionId, webhook) => lever.createWebhook(connectionId, webhook),
    deleteWebhook: (connectionId, webhookId) => lever.deleteWebhook(connectionId, webhookId),
  };
};
