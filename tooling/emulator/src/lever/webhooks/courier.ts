import { randomBytes, randomUUID } from 'node:crypto';
import { createBackgroundWork, pause } from '../../http/background-work.ts';
import { postJson } from '../../http/post-json.ts';
import { signDelivery } from '../sign-delivery.ts';
import type { AccountState, Delivery, Webhook } from '../state/account-state.ts';

/** An event to be told to every webhook that wants it. */
export interface Announcement {
  event: string;
  /** ms since the epoch. */
  triggeredAt: number;
  data: Record<string, unknown>;
  /** The opportunity's origin, which webhooks can filter by. */
  origin: string;
}

export interface Courier {
  /** Starts delivering; gives the deliveries, one for each webhook. */
  announce(state: AccountState, announcement: Announcement): Delivery[];
  /** "Verify connection": a signed envelope with `data: {}`, tried once and kept in no history. */
  ping(state: AccountState, webhook: Webhook): Promise<{ status: number | null }>;
  /** Sends the same body once more. */
  rerun(delivery: Delivery): Promise<{ status: number | null }>;
  idle(): Promise<void>;
  close(): Promise<void>;
}

const HEADERS = { 'user-agent': 'Lever-Webhooks' };

/** Delivers as lever-api.md §3.4: success is any 2xx, a redirect is a failure, every retry repeats the same body. */
export function createCourier(options: { now: () => number; retryDelaysMs: readonly number[] }): Courier {
  const work = createBackgroundWork();

  function write(
    state: AccountState,
    webhook: Webhook,
    event: string,
    triggeredAt: number,
    data: object,
  ): Delivery['body'] {
    const id = state.settings.includeEventId ? { id: randomUUID() } : {};
    const envelope = { ...id, event, triggeredAt, data: { ...data } };
    return webhook.signatureToken === null
      ? { ...envelope, token: randomBytes(24).toString('hex') }
      : signDelivery({ ...envelope, signatureToken: webhook.signatureToken });
  }

  async function attempt(delivery: Delivery): Promise<number | null> {
    const tried = { at: options.now(), status: null as number | null };
    delivery.attempts.push(tried);
    tried.status = await postJson(delivery.url, delivery.body, HEADERS, work.signal);
    return tried.status;
  }

  async function deliver(state: AccountState, delivery: Delivery, signal: AbortSignal): Promise<void> {
    for (const delayMs of options.retryDelaysMs) {
      await pause(delayMs, signal);
      if (!state.webhooks.has(delivery.webhookId)) return;
      if (isSuccess(await attempt(delivery))) return;
    }
  }

  return {
    announce(state, { event, triggeredAt, data, origin }) {
      if (!state.settings.deliverWebhooks || state.eventsSwitchedOff.has(event)) return [];
      const wanted = [...state.webhooks.values()].filter(
        (webhook) => webhook.event === event && webhook.origins.includes(origin),
      );
      return wanted.map((webhook) => {
        const delivery: Delivery = {
          id: randomUUID(),
          webhookId: webhook.id,
          url: webhook.url,
          body: write(state, webhook, event, triggeredAt, data),
          attempts: [],
        };
        state.deliveries.push(delivery);
        work.start((signal) => deliver(state, delivery, signal));
        return delivery;
      });
    },
    async ping(state, webhook) {
      const body = write(state, webhook, webhook.event, options.now(), {});
      return { status: await postJson(webhook.url, body, HEADERS, work.signal) };
    },
    rerun: async (delivery) => ({ status: await attempt(delivery) }),
    idle: work.idle,
    close: work.close,
  };
}

function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}
