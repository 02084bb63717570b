import { findCheck, type TurnAccountState, type TurnDelivery, type TurnPackage } from './account-state.ts';
import type { Check } from './check.ts';
import type { Progress } from './progress.ts';

/** One emulated Turn account, with what people do in Turn's dashboard. Unknown ids throw an ordinary error. */
export interface TurnAccount {
  readonly id: string;
  readonly name: string;
  /** The bearer token of its API. */
  readonly token: string;
  readonly packages: readonly TurnPackage[] | 'not-offered';
  /** In the order they were made; live objects. */
  readonly checks: readonly Check[];
  /** Every webhook request made, oldest first; live objects. */
  readonly deliveries: readonly TurnDelivery[];
  /** By worker id, turn id or reference id; of several the most recent. */
  check(id: string): Check;
  /** Changes a check's state and posts the webhooks; resolves when they have been answered or given up. */
  advance(id: string, state: string, options?: { at?: number; recheck?: boolean }): Promise<Check>;
  /** The account-wide Screening Webhook URL. */
  setScreeningWebhookUrl(url: string | null): void;
  screeningWebhookUrl(): string | null;
  /** How often each webhook is posted from now on: 0 loses them, 2 doubles them. */
  setWebhookCopies(copies: number): void;
  /** Posts a delivery's same body again. */
  repeatDelivery(deliveryId: string): Promise<void>;
  /** From now on the API answers this account's token with 400 `invalid_header`. */
  revokeToken(): void;
  restoreToken(): void;
  /** Makes Turn give out another dashboard URL, for instance a hostile one. */
  setDashboardUrl(id: string, url: string): void;
}

export function turnAccount(state: TurnAccountState, progress: Progress): TurnAccount {
  const get = (id: string): Check => {
    const check = findCheck(state, id);
    if (check === undefined) throw new Error(`The emulated Turn account has no check "${id}".`);
    return check;
  };
  return {
    id: state.id,
    name: state.name,
    token: state.token,
    packages: state.packages,
    checks: state.checks,
    deliveries: state.deliveries,
    check: get,
    async advance(id, to, options) {
      const check = get(id);
      await progress.advance(state, check, to, options);
      return check;
    },
    setScreeningWebhookUrl(url) {
      state.statusWebhookUrl = url;
    },
    screeningWebhookUrl: () => state.statusWebhookUrl,
    setWebhookCopies(copies) {
      state.webhookCopies = copies;
    },
    async repeatDelivery(deliveryId) {
      const delivery = state.deliveries.find(({ id }) => id === deliveryId);
      if (delivery === undefined)
        throw new Error(`The emulated Turn account has no delivery "${deliveryId}".`);
      await progress.repeat(delivery);
    },
    revokeToken() {
      state.isTokenRevoked = true;
    },
    restoreToken() {
      state.isTokenRevoked = false;
    },
    setDashboardUrl(id, url) {
      get(id).dashboardUrl = url;
    },
  };
}
