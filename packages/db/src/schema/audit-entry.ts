import type { ConnectionId } from '@turn-lever/core/ids';
import type { Action, Role } from '@turn-lever/core/permission';
import type { AuditOutcome } from '@turn-lever/core/ports/audit-log';
import type { SeenValue } from '@turn-lever/core/trail';
import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/** What people did. A trigger of the migration refuses every change of a row, so there is no foreign key either. */
export const auditEntry = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    connectionId: text().$type<ConnectionId>().notNull(),
    personId: text().notNull(),
    role: text().$type<Role>().notNull(),
    action: text().$type<Action>().notNull(),
    subject: text().notNull(),
    outcome: text().$type<AuditOutcome>().notNull(),
    before: jsonb().$type<Readonly<Record<string, SeenValue>>>().notNull(),
    after: jsonb().$type<Readonly<Record<string, SeenValue>>>().notNull(),
    at: instant().notNull().default(sql`now()`),
  },
  (table) => [index('audit_log_newest').on(table.connectionId, table.id)],
);
