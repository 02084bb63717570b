import type { Connection } from '@turn-lever/core/connection';
import type { connection } from '../schema/connection.ts';

/** The row as the domain knows it, without its secrets. */
export const fromRow = (row: typeof connection.$inferSelect): Connection => ({
  id: row.id,
  accountId: row.accountId,
  environment: row.environment,
  leverAccountId: row.leverAccountId,
  settings: row.settings,
  settingsRevision: row.settingsRevision,
  triggerStage: row.triggerStage,
  orderingSince: row.orderingSince,
  pausedAt: row.pausedAt,
  disconnectedAt: row.disconnectedAt,
  lever: row.leverHealth,
  turn: row.turnHealth,
  authorization: row.authorization,
  leverRefreshedAt: row.issuedAt,
  packages: row.packagesReadAt === null ? null : { packages: row.packages, readAt: row.packagesReadAt },
  turnWebhookSeenAt: row.turnWebhookSeenAt,
});
