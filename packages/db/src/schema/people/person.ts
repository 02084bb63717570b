import { boolean, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { newId } from '../../new-id.ts';

/** Somebody who signs in, or is to. better-auth's "user"; it wants dates, so these are no instants of ours. */
export const person = pgTable('person', {
  id: text().primaryKey().$defaultFn(newId),
  name: text().notNull(),
  /** Lower-cased before it comes here. */
  email: text().notNull().unique(),
  emailVerified: boolean().notNull().default(false),
  image: text(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
