import type { ConnectionId, CorrelationId } from '@turn-lever/core/ids';
import type { VendorCall } from '@turn-lever/core/trail';
import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { connection } from './connection.ts';
import { instant } from './instant.ts';

/** One call to a vendor, by the correlation id of what caused it. The path holds ids only. */
export const vendorCall = pgTable(
  'vendor_call',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    connectionId: text()
      .$type<ConnectionId>()
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    correlationId: text().$type<CorrelationId>().notNull(),
    vendor: text().$type<VendorCall['vendor']>().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    /** Null where no answer came. */
    status: integer(),
    ms: integer().notNull(),
    at: instant().notNull(),
  },
  (table) => [index('vendor_call_correlation').on(table.connectionId, table.correlationId, table.id)],
);
