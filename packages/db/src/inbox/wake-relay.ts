import { sql } from 'drizzle-orm';

/**
 * Wakes the relay once the statement is committed. Stands in a `returning`, so that only rows that were changed do it;
 * Postgres makes one notification of many equal ones in a transaction.
 */
export const wakeRelay = sql<string>`pg_notify('work', '')::text`;
