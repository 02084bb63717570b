import type { ConnectionId } from '../ids.ts';

/** A webhook that this installation made in the applicant tracking system. */
export interface AtsWebhook {
  readonly id: string;
}

/** The webhooks that this installation made; those that people made by hand are not seen. Throws `PortError`. */
export interface AtsWebhooks {
  listWebhooks(connectionId: ConnectionId): Promise<readonly AtsWebhook[]>;
  /** One that is gone already is fine. */
  deleteWebhook(connectionId: ConnectionId, webhookId: string): Promise<void>;
}
