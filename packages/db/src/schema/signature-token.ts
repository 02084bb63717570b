import type { ConnectionId } from '@turn-lever/core/ids';
import { sql } from 'drizzle-orm';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { connection } from './connection.ts';
import { instant } from './instant.ts';

/** A secret Lever signs its webhooks with: pasted by a person, or of a webhook we created. */
export const signatureToken = pgTable(
  'signature_token',
  {
    id: text().primaryKey().$defaultFn(newId),
    connectionId: text()
      .$type<ConnectionId>()
      .notNull()
      .references(() => connection.id, { onDelete: 'cascade' }),
    sealed: text().notNull(),
    origin: text().$type<'pasted' | 'created'>().notNull(),
    leverWebhookId: text(),
    /** Who pasted it or had it created; null: the command line. */
    savedBy: text(),
    /** Null: until it is replaced. */
    validUntil: instant(),
    createdAt: instant().notNull().default(sql`now()`),
  },
  (table) => [index('signature_token_connection').on(table.connectionId)],
);
