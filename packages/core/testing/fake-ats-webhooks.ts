import type { ConnectionId } from '../src/ids.ts';
import type { AtsWebhook, AtsWebhooks } from '../src/ports/ats-webhooks.ts';
import { PortError } from '../src/ports/port-error.ts';

/** Webhooks in memory, and what a test needs to drive them. */
export interface FakeAtsWebhooks extends AtsWebhooks {
  put(connectionId: ConnectionId, webhookId: string): void;
  /** From now on this webhook cannot be deleted. */
  pin(webhookId: string): void;
  /** From now on every call of this connection throws `unauthorized`. */
  revoke(connectionId: ConnectionId): void;
  /** Carries out the next so many creations and loses their answer. */
  loseCreations(count: number): void;
}

/** Makes a fake without any webhook. */
export const createFakeAtsWebhooks = (): FakeAtsWebhooks => {
  const all = new Map<ConnectionId, readonly AtsWebhook[]>();
  const pinned = new Set<string>();
  const revoked = new Set<ConnectionId>();
  let made = 0;
  let losing = 0;
  const requireGrant = (connectionId: ConnectionId): void => {
    if (revoked.has(connectionId))
      throw new PortError('unauthorized', 'The fake grant was revoked.', { vendor: 'lever' });
  };
  const of = (connectionId: ConnectionId) => all.get(connectionId) ?? [];
  return {
    async listWebhooks(connectionId) {
      requireGrant(connectionId);
      return of(connectionId);
    },
    async createWebhook(connectionId, given) {
      requireGrant(connectionId);
      const isSame = ({ event, url }: AtsWebhook) => event === given.event && url === given.url;
      made += 1;
      const webhook = { id: `created-webhook-${made}`, ...given };
      all.set(connectionId, [...of(connectionId).filter((one) => !isSame(one)), webhook]);
      losing -= 1;
      if (losing >= 0) throw new PortError('unavailable', 'The fake answer was lost.', { vendor: 'lever' });
      return { ...webhook, signatureToken: `token-of-${webhook.id}` };
    },
    async deleteWebhook(connectionId, webhookId) {
      requireGrant(connectionId);
      if (pinned.has(webhookId)) throw new PortError('unavailable', 'The fake is away.', { vendor: 'lever' });
      all.set(
        connectionId,
        of(connectionId).filter(({ id }) => id !== webhookId),
      );
    },
    put: (connectionId, id) => {
      const webhook = { id, event: 'candidateStageChange', url: `https://example.com/${id}` };
      all.set(connectionId, [...of(connectionId), webhook]);
    },
    pin: (webhookId) => {
      pinned.add(webhookId);
    },
    loseCreations: (count) => {
      losing = count;
    },
    revoke: (connectionId) => {
      revoked.add(connectionId);
    },
  };
};
