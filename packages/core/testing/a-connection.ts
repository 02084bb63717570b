import type { Connection } from '../src/connection.ts';
import type { AccountId, ConnectionId, StageId } from '../src/ids.ts';
import { defaultSettings } from '../src/settings.ts';

/** A working production connection with its trigger stage resolved and ordering since 2026-01-01. */
export const aConnection = (given: Partial<Connection> = {}): Connection => {
  const id = given.id ?? ('connection-1' as ConnectionId);
  return {
    id,
    accountId: `account-of-${id}` as AccountId,
    environment: 'production',
    leverAccountId: `lever-account-of-${id}`,
    settings: defaultSettings,
    settingsRevision: 1,
    triggerStage: { kind: 'resolved', id: 'stage-reference-check' as StageId, name: 'Reference Check' },
    orderingSince: Date.UTC(2026, 0, 1),
    pausedAt: null,
    disconnectedAt: null,
    lever: 'working',
    turn: 'working',
    authorization: null,
    leverRefreshedAt: null,
    packages: null,
    turnWebhookSeenAt: null,
    ...given,
  };
};
