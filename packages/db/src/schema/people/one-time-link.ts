import type { AccountId } from '@turn-lever/core/ids';
import type { LinkPurpose } from '@turn-lever/core/people';
import type { Role } from '@turn-lever/core/permission';
import { sql } from 'drizzle-orm';
import { index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { newId } from '../../new-id.ts';
import { account } from '../account.ts';
import { instant } from '../instant.ts';
import { person } from './person.ts';

/** A link that lets its bearer do one thing, once. Whom an invitation is for, or whose password a link is for. */
export const oneTimeLink = pgTable(
  'one_time_link',
  {
    id: text().primaryKey().$defaultFn(newId),
    /** SHA-256 in hex: who reads the table cannot use what is in it. */
    tokenHash: text().notNull(),
    purpose: text().$type<LinkPurpose>().notNull(),
    accountId: text()
      .$type<AccountId>()
      .references(() => account.id, { onDelete: 'cascade' }),
    email: text(),
    role: text().$type<Role>(),
    personId: text().references(() => person.id, { onDelete: 'cascade' }),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instant().notNull().default(sql`now()`),
  },
  (table) => [
    uniqueIndex('one_time_link_token_unique').on(table.tokenHash),
    index('one_time_link_account').on(table.accountId),
  ],
);
