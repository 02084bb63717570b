import type { Environment } from '@turn-lever/core/connection';
import type { OpportunityId } from '@turn-lever/core/ids';
import {
  createSettingsActions,
  type SettingsActions,
  type SettingsPorts,
} from '@turn-lever/core/use-cases/settings/create-settings-actions';
import type { Stores } from '@turn-lever/db/create-stores';
import { candidateUrl } from '@turn-lever/lever-adapter/candidate-url';
import type { LeverAts } from '@turn-lever/lever-adapter/create-lever-ats';
import { ownWebhooks } from './own-webhooks.ts';
import { webhookUrls } from './webhook-urls.ts';

/** Wires what is seen and done on the settings page and in the list of checks. */
export const composeSettings = (
  given: Pick<SettingsPorts, 'ats' | 'checkProvider' | 'now'> & {
    readonly stores: Stores;
    readonly lever: Pick<LeverAts, 'listWebhooks' | 'createWebhook' | 'deleteWebhook'>;
    readonly publicUrl: string;
    /** Null: the environment is not offered. */
    readonly leverApiUrlOf: (environment: Environment) => string | null;
  },
): SettingsActions => {
  const { stores, lever, publicUrl, leverApiUrlOf, ...ports } = given;
  return createSettingsActions({
    ...ports,
    ...stores,
    webhookUrls: webhookUrls(publicUrl),
    atsWebhooks: ownWebhooks(lever, publicUrl),
    candidateUrl: (environment: Environment, opportunityId: OpportunityId) =>
      candidateUrl(environment, leverApiUrlOf(environment), opportunityId),
  });
};
