import type { AccountId, ConnectionId } from '@turn-lever/core/ids';
import type { Action, Role } from '@turn-lever/core/permission';
import type { AuditOutcome, LinkAct } from '@turn-lever/core/ports/audit-log';
import type { SeenValue } from '@turn-lever/core/trail';
import { sql } from 'drizzle-orm';
import { bigint, check, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** What people did. A trigger of the migration refuses every change of a row, so there is no foreign key either. */
export const auditEntry = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** The one or the other: what was done to a connection, or to the account itself and its people. */
    connectionId: text().$type<ConnectionId>(),
    accountId: text().$type<AccountId>(),
    personId: text().notNull(),
    role: text().$type<Role>().notNull(),
    action: text().$type<Action | LinkAct>().notNull(),
    subject: text().notNull(),
    outcome: text().$type<AuditOutcome>().notNull(),
    before: jsonb().$type<Readonly<Record<string, SeenValue>>>().notNull(),
    after: jsonb().$type<Readonly<Record<string, SeenValue>>>().notNull(),
    at: instant().notNull().default(sql`now()`),
  },
  (table) => [
    index('audit_log_newest').on(table.connectionId, table.id),
    index('audit_log_newest_of_account').on(table.accountId, table.id),
    check('audit_log_of_one', sql`num_nonnulls(${table.connectionId}, ${table.accountId}) = 1`),
  ],
);
