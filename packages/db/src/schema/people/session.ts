import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { newId } from '../../new-id.ts';
import { person } from './person.ts';

/** One sign-in that goes on. */
export const session = pgTable(
  'session',
  {
    id: text().primaryKey().$defaultFn(newId),
    personId: text()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    /** SHA-256 in hex of what the cookie holds: who reads the table cannot sign in with it. */
    token: text().notNull().unique(),
    /** Moves on while it is used. */
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    /** When the password was last given after the sign-in. */
    confirmedAt: timestamp({ withTimezone: true }),
    /** Not kept. */
    ipAddress: text(),
    userAgent: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [index('session_person').on(table.personId)],
);
