import type { AccountId } from '@turn-lever/core/ids';
import type { Role } from '@turn-lever/core/permission';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../../new-id.ts';
import { account } from '../account.ts';
import { instant } from '../instant.ts';
import { person } from './person.ts';

/** What a person may do in an account. One person may belong to several accounts. */
export const membership = pgTable(
  'membership',
  {
    id: text().primaryKey().$defaultFn(newId),
    accountId: text()
      .$type<AccountId>()
      .notNull()
      .references(() => account.id, { onDelete: 'cascade' }),
    personId: text()
      .notNull()
      .references(() => person.id, { onDelete: 'cascade' }),
    role: text().$type<Role>().notNull(),
    createdAt: instant().notNull().default(sql`now()`),
  },
  (table) => [
    uniqueIndex('membership_person_unique').on(table.accountId, table.personId),
    index('membership_person').on(table.personId),
  ],
);
