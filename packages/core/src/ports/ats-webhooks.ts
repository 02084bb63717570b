import type { ConnectionId } from '../ids.ts';

/** A webhook that this installation made in the applicant tracking system. */
export interface AtsWebhook {
  readonly id: string;
  readonly event: string;
  readonly url: string;
}

/** A webhook just made. Its signature token is told only now. Holds a secret. */
export interface CreatedAtsWebhook extends AtsWebhook {
  readonly signatureToken: string;
}

/** The webhooks that this installation made; those that people made by hand are not seen. Throws `PortError`. */
export interface AtsWebhooks {
  listWebhooks(connectionId: ConnectionId): Promise<readonly AtsWebhook[]>;
  /** Makes one, in the place of one of the same event and address. After `unavailable` it may be there: try again. */
  createWebhook(
    connectionId: ConnectionId,
    webhook: Pick<AtsWebhook, 'event' | 'url'>,
  ): Promise<CreatedAtsWebhook>;
  /** One that is gone already is fine. */
  deleteWebhook(connectionId: ConnectionId, webhookId: string): Promise<void>;
}
