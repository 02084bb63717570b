import type { Environment } from '../../connection.ts';
import type { Instant, OpportunityId } from '../../ids.ts';
import type { Ats } from '../../ports/ats.ts';
import type { AtsWebhooks } from '../../ports/ats-webhooks.ts';
import type { AuditLog } from '../../ports/audit-log.ts';
import type { CheckProvider } from '../../ports/check-provider.ts';
import type { Checks } from '../../ports/checks.ts';
import type { Connections } from '../../ports/connections.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { Incidents } from '../../ports/incidents.ts';
import type { Setup } from '../../ports/setup.ts';
import { createPreviewDisconnect } from '../by-person/connection/preview-disconnect.ts';
import { createPerform } from '../by-person/perform.ts';
import { createCreateWebhook } from './create-webhook.ts';
import { createListChecks } from './list-checks.ts';
import { createLookUps } from './look-up.ts';
import { createOwnConnection } from './own-connection.ts';
import { createReadSettings, type WebhookUrls } from './read-settings.ts';
import { createSaveTurnToken, createSaveWebhookSecret } from './save-secrets.ts';
import { createSaveEnvironment, createSaveSettings } from './save-settings.ts';

/** What the settings page needs together. */
export interface SettingsPorts {
  readonly ats: Ats;
  readonly atsWebhooks: AtsWebhooks;
  readonly auditLog: Pick<AuditLog, 'append'>;
  readonly checkProvider: CheckProvider;
  readonly checks: Checks;
  readonly connections: Connections;
  readonly inbox: Inbox;
  readonly incidents: Incidents;
  readonly setup: Setup;
  readonly webhookUrls: WebhookUrls;
  /** The candidate's page in Lever. */
  readonly candidateUrl: (environment: Environment, opportunityId: OpportunityId) => string;
  readonly now: () => Instant;
}

/** Everything that is seen and done on the settings page, save connecting and disconnecting themselves. */
export type SettingsActions = ReturnType<typeof createSettingsActions>;

/** Puts the use cases of the settings page together. */
export const createSettingsActions = (given: SettingsPorts) => {
  const ports = { ...given, perform: createPerform(given), own: createOwnConnection(given) };
  return {
    read: createReadSettings(ports),
    ...createLookUps(ports),
    listChecks: createListChecks(ports),
    previewDisconnect: createPreviewDisconnect(ports),
    save: createSaveSettings(ports),
    saveEnvironment: createSaveEnvironment(ports),
    saveWebhookSecret: createSaveWebhookSecret(ports),
    createWebhook: createCreateWebhook(ports),
    saveTurnToken: createSaveTurnToken(ports),
  };
};
