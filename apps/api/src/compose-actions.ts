import {
  type ActionPorts,
  type Actions,
  createActions,
} from '@turn-lever/core/use-cases/by-person/create-actions';
import type { Stores } from '@turn-lever/db/create-stores';
import type { LeverAts } from '@turn-lever/lever-adapter/create-lever-ats';
import { ownWebhooks } from './own-webhooks.ts';

/** Wires what people do: retry, order anyway, pause, reconnect and the rest, all behind their role and audited. */
export const composeActions = (
  given: Pick<ActionPorts, 'ats' | 'checkProvider' | 'turnIsLocal' | 'times' | 'now' | 'newCorrelationId'> & {
    readonly stores: Stores;
    readonly lever: Pick<LeverAts, 'listWebhooks' | 'createWebhook' | 'deleteWebhook'>;
    readonly publicUrl: string;
  },
): Actions => {
  const { stores, lever, publicUrl, ...ports } = given;
  return createActions({
    ...ports,
    ...stores,
    atsWebhooks: ownWebhooks(lever, publicUrl),
  });
};
