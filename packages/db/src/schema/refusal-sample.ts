import type { ConnectionId } from '@turn-lever/core/ids';
import type { RejectReason } from '@turn-lever/core/reason';
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import { connection } from './connection.ts';
import { instant } from './instant.ts';

/** Requests turned away at the door, without content; the last 20 of each connection. */
export const refusalSample = pgTable(
  'refusal_sample',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    connectionId: text()
      .$type<ConnectionId>()
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    reason: text().$type<RejectReason>().notNull(),
    at: instant().notNull(),
  },
  (table) => [index('refusal_sample_newest').on(table.connectionId, table.id)],
);
