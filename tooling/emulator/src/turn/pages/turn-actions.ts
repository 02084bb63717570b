import type { Action } from '../../control/control-routes.ts';
import { turnStates } from '../account/check.ts';
import type { TurnAccount } from '../account/turn-account.ts';

/** What pages and the demo can do to a Turn account over HTTP. */
export const turnActions: Record<string, Action<TurnAccount>> = {
  advance: async (account, input) => {
    const at = input.optionalNumber('at');
    const check = await account.advance(
      input.text('id'),
      input.text('state'),
      at === undefined ? {} : { at },
    );
    return { workerId: check.workerId, state: check.state };
  },
  recheck: async (account, input) => {
    const check = await account.advance(input.text('id'), 'processing', { recheck: true });
    return { workerId: check.workerId, state: check.state };
  },
  setScreeningWebhookUrl: (account, input) => account.setScreeningWebhookUrl(input.textOrNull('url')),
  setWebhookCopies: (account, input) => account.setWebhookCopies(input.optionalNumber('copies') ?? 1),
  repeatDelivery: (account, input) => account.repeatDelivery(input.text('deliveryId')),
  setDashboardUrl: (account, input) => account.setDashboardUrl(input.text('id'), input.text('url')),
  revokeToken: (account) => account.revokeToken(),
  restoreToken: (account) => account.restoreToken(),
};

/** All there is to see of an account; results bodies stay out. */
export function showTurnAccount(account: TurnAccount) {
  return {
    id: account.id,
    name: account.name,
    token: account.token,
    packages: account.packages,
    screeningWebhookUrl: account.screeningWebhookUrl(),
    states: turnStates,
    checks: account.checks,
    deliveries: account.deliveries.map(({ body: _, ...delivery }) => delivery),
  };
}
