import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { newId } from '../../new-id.ts';
import { person } from './person.ts';

/** A person's password, as a hash of scrypt. better-auth's "account", with columns for sign-in elsewhere that stay empty. */
export const credential = pgTable('credential', {
  id: text().primaryKey().$defaultFn(newId),
  personId: text()
    .notNull()
    .references(() => person.id, { onDelete: 'cascade' })
    .unique('credential_person_unique'),
  /** better-auth's `accountId`: for a password the person's id again. */
  accountId: text().notNull(),
  providerId: text().notNull(),
  password: text(),
  accessToken: text(),
  refreshToken: text(),
  idToken: text(),
  accessTokenExpiresAt: timestamp({ withTimezone: true }),
  refreshTokenExpiresAt: timestamp({ withTimezone: true }),
  scope: text(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
