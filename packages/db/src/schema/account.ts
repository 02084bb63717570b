import type { AccountId } from '@turn-lever/core/ids';
import { sql } from 'drizzle-orm';
import { pgTable, text } from 'drizzle-orm/pg-core';
import { newId } from '../new-id.ts';
import { instant } from './instant.ts';

/** One partner of Turn. */
export const account = pgTable('account', {
  id: text().$type<AccountId>().primaryKey().$defaultFn(newId),
  name: text().notNull(),
  createdAt: instant().notNull().default(sql`now()`),
});
