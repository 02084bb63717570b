import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import type { Database } from '../database.ts';
import { credential } from '../schema/people/credential.ts';
import { person } from '../schema/people/person.ts';
import { session } from '../schema/people/session.ts';

/** Where better-auth keeps people, passwords and sessions. */
export const createAuthStorage = ({ db }: Pick<Database, 'db'>): ReturnType<typeof drizzleAdapter> =>
  drizzleAdapter(db, { provider: 'pg', schema: { person, credential, session } });
