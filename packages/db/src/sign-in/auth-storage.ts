import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';
import { credential } from '../schema/people/credential.ts';
import { person } from '../schema/people/person.ts';
import { session } from '../schema/people/session.ts';
import { hashSessionTokens } from './hash-session-tokens.ts';

/**
 * better-auth does not start without it, and only its own links and codes use it, which we have none of. There is no such
 * table in the database: whoever switches one of those on by mistake gets an error.
 */
const verification = pgTable('verification', {
  id: text().primaryKey(),
  identifier: text().notNull(),
  value: text().notNull(),
  expiresAt: timestamp({ withTimezone: true }).notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull(),
  updatedAt: timestamp({ withTimezone: true }).notNull(),
});

/** Where better-auth keeps people, passwords and sessions. A session's token is kept as a hash. */
export const createAuthStorage = ({ db }: Pick<Database, 'db'>): ReturnType<typeof drizzleAdapter> => {
  const createStorage = drizzleAdapter(db, {
    provider: 'pg',
    schema: { person, credential, session, verification },
  });
  return (options) => hashSessionTokens(createStorage(options));
};
