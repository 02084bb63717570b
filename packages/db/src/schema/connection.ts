import type {
  Environment,
  KeptPackages,
  LeverAuthorization,
  VendorHealth,
} from '@turn-lever/core/connection';
import type { AccountId, ConnectionId } from '@turn-lever/core/ids';
import type { TriggerStage } from '@turn-lever/core/ordering/stage-rule';
import type { RejectReason } from '@turn-lever/core/reason';
import type { Settings } from '@turn-lever/core/settings';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { account } from './account.ts';
import { instant } from './instant.ts';

/** An account's link to Lever and Turn with its sealed secrets, settings, counters and due times. */
export const connection = pgTable(
  'connection',
  {
    id: text().$type<ConnectionId>().primaryKey().$defaultFn(newId),
    accountId: text()
      .$type<AccountId>()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    environment: text().$type<Environment>().notNull(),
    leverAccountId: text().notNull(),

    /** SHA-256 in hex of the keys in the webhook URLs: a look-up needs no secret. */
    leverKeyHash: text().notNull(),
    turnKeyHash: text().notNull(),
    leverKeySealed: text().notNull(),
    turnKeySealed: text().notNull(),
    turnTokenSealed: text(),
    /** Who saved Turn's token; null: the command line. */
    turnTokenSavedBy: text(),
    turnTokenSavedAt: instant(),
    /** The name of the account behind the token, as Turn told it when the token was saved. */
    turnAccountName: text(),

    accessTokenSealed: text(),
    refreshTokenSealed: text(),
    expiresAt: instant(),
    issuedAt: instant(),
    /** How the grant came about. */
    authorization: jsonb().$type<LeverAuthorization>(),
    /** Version of the pair of tokens. */
    version: integer().notNull().default(0),
    refreshLease: text(),
    refreshLeaseUntil: instant(),

    settings: jsonb().$type<Settings>().notNull(),
    settingsRevision: integer().notNull().default(1),
    /** Null: nobody changed what it started with. */
    settingsChangedBy: text(),
    settingsChangedAt: instant(),
    triggerStage: jsonb().$type<TriggerStage>().notNull(),
    orderingSince: instant().notNull(),
    pausedAt: instant(),
    disconnectedAt: instant(),
    leverHealth: text().$type<VendorHealth>().notNull().default('working'),
    turnHealth: text().$type<VendorHealth>().notNull().default('working'),
    /** Null although `packagesReadAt` is set: the account offers no list. */
    packages: jsonb().$type<NonNullable<KeptPackages['packages']>>(),
    packagesReadAt: instant(),
    turnWebhookSeenAt: instant(),
    /** Until then a webhook of ours is being created; past: whoever began it died. */
    creatingWebhookUntil: instant(),

    pings: integer().notNull().default(0),
    /** When the last signed ping came, within seconds. */
    lastPingAt: instant(),
    refused: jsonb().$type<Partial<Record<RejectReason, number>>>().notNull().default({}),

    /** Null: never by itself. */
    nextSweepAt: instant().default(sql`now()`),
    sweepQueuedAt: instant(),
    /** When a grant that was not used until then is refreshed. Null: never. */
    nextKeepAliveAt: instant(),
    keepAliveQueuedAt: instant(),
    createdAt: instant().notNull().default(sql`now()`),
  },
  (table) => [
    uniqueIndex('connection_lever_key_unique').on(table.leverKeyHash),
    uniqueIndex('connection_turn_key_unique').on(table.turnKeyHash),
    // Two connections to one Lever account would order twice for one opportunity.
    uniqueIndex('connection_lever_account_unique')
      .on(table.environment, table.leverAccountId)
      .where(sql`disconnected_at is null`),
    index('connection_account').on(table.accountId),
    uniqueIndex('connection_one_per_account').on(table.accountId).where(sql`disconnected_at is null`),
    index('connection_keep_alive').on(table.nextKeepAliveAt).where(sql`next_keep_alive_at is not null`),
    index('connection_due').on(table.nextSweepAt).where(sql`next_sweep_at is not null`),
  ],
);
