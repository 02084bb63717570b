import type { CheckPhase, Shown, WriteBackStop } from '@turn-lever/core/check';
import type { Environment } from '@turn-lever/core/connection';
import type {
  AccountId,
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  OpportunityId,
  PackageId,
  TurnId,
  WorkerId,
} from '@turn-lever/core/ids';
import type { HoldReason } from '@turn-lever/core/reason';
import type { KnownStatus } from '@turn-lever/core/status/status-transition';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { account } from './account.ts';
import { connection } from './connection.ts';
import { instant } from './instant.ts';

/** One order on an opportunity and the check behind it. Named so because `check` is a reserved word of SQL. */
export const backgroundCheck = pgTable(
  'background_check',
  {
    id: text().$type<CheckId>().primaryKey().$defaultFn(newId),
    accountId: text()
      .$type<AccountId>()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    connectionId: text()
      .$type<ConnectionId>()
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    environment: text().$type<Environment>().notNull(),
    leverAccountId: text().notNull(),
    opportunityId: text().$type<OpportunityId>().notNull(),
    contactId: text().$type<ContactId>(),
    orderNumber: integer().notNull(),
    referenceId: text().notNull(),
    /** For the console only; erased by retention. */
    displayName: text(),
    packageId: text().$type<PackageId>(),
    invalidTags: jsonb().$type<readonly string[]>().notNull().default([]),
    deliveryId: text().$type<DeliveryId>(),
    correlationId: text().$type<CorrelationId>().notNull(),
    createdAt: instant().notNull().default(sql`now()`),

    phase: text().$type<CheckPhase>().notNull(),
    holdReason: text().$type<HoldReason>(),
    holdDetails: jsonb().$type<readonly string[]>().notNull().default([]),
    heldSince: instant(),
    /** When it was last decided to be ordered, for the hourly limit. */
    readyAt: instant(),
    sendingAt: instant(),
    orderedAt: instant(),
    dismissedAt: instant(),
    lookUps: integer().notNull().default(0),

    workerId: text().$type<WorkerId>(),
    turnId: text().$type<TurnId>(),
    status: jsonb().$type<KnownStatus>(),
    reportUrl: text(),
    shown: jsonb().$type<Shown>().notNull(),
    writeBackStop: text().$type<WriteBackStop>(),

    /** Null: only when woken. */
    nextSyncAt: instant(),
    failures: integer().notNull().default(0),
    /** Grows with every reason to look again; compared with `leaseWakeCount` when a sync ends. */
    wakeCount: integer().notNull().default(0),
    lease: text(),
    leaseUntil: instant(),
    leaseWakeCount: integer(),
    /** When the relay last made a job of it. */
    queuedAt: instant(),
  },
  (table) => [
    // Decides every race: at most one order for each opportunity and order number.
    uniqueIndex('background_check_order_unique').on(
      table.environment,
      table.leverAccountId,
      table.opportunityId,
      table.orderNumber,
    ),
    index('background_check_opportunity').on(table.connectionId, table.opportunityId, table.orderNumber),
    index('background_check_worker').on(table.connectionId, table.workerId),
    index('background_check_contact').on(table.connectionId, table.contactId),
    index('background_check_ready').on(table.connectionId, table.readyAt),
    index('background_check_held').on(table.connectionId, table.heldSince).where(sql`phase = 'held'`),
    index('background_check_newest').on(table.connectionId, table.id),
    index('background_check_due').on(table.nextSyncAt).where(sql`next_sync_at is not null`),
  ],
);
