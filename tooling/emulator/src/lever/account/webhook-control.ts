import type { AccountSettings, AccountState, Delivery, Webhook } from '../state/account-state.ts';
import { newSignatureToken, newWebhook } from '../webhooks/create-webhook.ts';
import type { LeverWorld } from '../world.ts';

/** What a Super Admin does on Settings > Integrations and API > Webhooks. */
export interface WebhookControl {
  /** Makes a webhook as the UI does: the API can neither see nor change it. */
  createWebhook(input: { url: string; event?: string }): { id: string; signatureToken: string };
  /** All webhooks, those made by API included. */
  webhooks(): Webhook[];
  /** Gives a webhook another address, as its card in the UI allows. The signature token stays. */
  editWebhook(id: string, change: { url: string }): void;
  deleteWebhook(id: string): void;
  regenerateSignatureToken(id: string): string;
  /** Takes the signature token away: deliveries then carry no signature. */
  removeSignatureToken(id: string): void;
  /** "Verify connection": a signed ping with `data: {}`. */
  verifyConnection(id: string): Promise<{ status: number | null }>;
  /** Every delivery, oldest first; live objects, attempts are added as they happen. */
  readonly deliveries: readonly Delivery[];
  /** Sends a delivery's same body again. */
  rerun(deliveryId: string): Promise<{ status: number | null }>;
  /** The switch of an event group; on by default. While it is off nothing is delivered, and nothing later. */
  switchOnEventGroup(event: string, on: boolean): void;
  isEventGroupOn(event: string): boolean;
  /** Live settings such as `deliverWebhooks`; may be assigned to. */
  readonly settings: AccountSettings;
}

export function webhookControl(world: LeverWorld, state: AccountState): WebhookControl {
  const get = (id: string) => found(state.webhooks.get(id), `webhook "${id}"`);
  return {
    createWebhook({ url, event = 'candidateStageChange' }) {
      const webhook = newWebhook({ url, event, clientId: null }, world.now());
      state.webhooks.set(webhook.id, webhook);
      return { id: webhook.id, signatureToken: webhook.signatureToken ?? '' };
    },
    webhooks: () => [...state.webhooks.values()].map((webhook) => ({ ...webhook })),
    editWebhook(id, { url }) {
      get(id).url = url;
    },
    deleteWebhook(id) {
      state.webhooks.delete(get(id).id);
    },
    regenerateSignatureToken(id) {
      const signatureToken = newSignatureToken();
      get(id).signatureToken = signatureToken;
      return signatureToken;
    },
    removeSignatureToken(id) {
      get(id).signatureToken = null;
    },
    verifyConnection: async (id) => world.courier.ping(state, get(id)),
    deliveries: state.deliveries,
    rerun: async (deliveryId) =>
      world.courier.rerun(
        found(
          state.deliveries.find(({ id }) => id === deliveryId),
          `delivery "${deliveryId}"`,
        ),
      ),
    switchOnEventGroup(event, on) {
      if (on) state.eventsSwitchedOff.delete(event);
      else state.eventsSwitchedOff.add(event);
    },
    isEventGroupOn: (event) => !state.eventsSwitchedOff.has(event),
    settings: state.settings,
  };
}

function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The emulated account has no ${what}.`);
  return value;
}
