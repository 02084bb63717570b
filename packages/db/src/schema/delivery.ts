import type { DeliverySource, Waiver } from '@turn-lever/core/delivery';
import type {
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  OpportunityId,
  StageId,
} from '@turn-lever/core/ids';
import type { ReasonCode } from '@turn-lever/core/reason';
import type { TrailStep } from '@turn-lever/core/trail';
import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { instant } from './instant.ts';

/** One webhook request, sweep finding or action of a person: due for a decision, or settled with its reason. */
export const delivery = pgTable(
  'delivery',
  {
    /** Grows with time, so that the newest are found by it. */
    id: text().$type<DeliveryId>().primaryKey().$defaultFn(newId),
    // No foreign key: it would lock the connection's row for each of up to thousands of deliveries in a bulk move.
    connectionId: text().$type<ConnectionId>().notNull(),
    source: text().$type<DeliverySource>().notNull(),
    key: text().notNull(),
    /** Empty; the digest where this key came before with other content, which nobody genuine does. */
    variant: text().notNull().default(''),
    contentDigest: text().notNull(),
    event: text().notNull(),
    opportunityId: text().$type<OpportunityId>(),
    contactId: text().$type<ContactId>(),
    toStageId: text().$type<StageId>(),
    triggeredAt: instant().notNull(),
    receivedAt: instant().notNull(),
    correlationId: text().$type<CorrelationId>().notNull(),
    waivers: jsonb().$type<readonly Waiver[]>().notNull().default([]),
    foundTogether: integer().notNull().default(1),
    /** Which order of the opportunity a person asks for; null: the newest, or the first. */
    orderNumber: integer(),
    /** How often it arrived. */
    count: integer().notNull().default(1),

    state: text().$type<'due' | 'settled'>().notNull(),
    dueAt: instant(),
    attempts: integer().notNull().default(0),
    lease: text(),
    leaseUntil: instant(),
    /** When the relay last made a job of it. */
    queuedAt: instant(),

    reason: text().$type<ReasonCode>(),
    settledAt: instant(),
    checkId: text().$type<CheckId>(),
    enteredAt: instant(),
    trail: jsonb().$type<readonly TrailStep[]>().notNull().default([]),
  },
  (table) => [
    uniqueIndex('delivery_key_unique').on(table.connectionId, table.key, table.variant),
    index('delivery_due').on(table.dueAt).where(sql`state = 'due'`),
    index('delivery_opportunity').on(table.connectionId, table.opportunityId),
    index('delivery_newest').on(table.connectionId, table.id),
  ],
);
