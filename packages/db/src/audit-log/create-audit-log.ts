import type { AuditLog } from '@turn-lever/core/ports/audit-log';
import { desc, eq } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { auditEntry } from '../schema/audit-entry.ts';

/** The audit log in its table, which the database itself lets only grow. */
export const createAuditLog = ({ db }: Pick<Database, 'db'>): AuditLog => ({
  append: (connectionId, { personId, role, action, subject, outcome, before, after }) =>
    atPort(async () => {
      await db
        .insert(auditEntry)
        .values({ connectionId, personId, role, action, subject, outcome, before, after });
    }),

  list: (connectionId, limit) =>
    atPort(async () => {
      const { personId, role, action, subject, outcome, before, after, at } = auditEntry;
      return db
        .select({ personId, role, action, subject, outcome, before, after, at })
        .from(auditEntry)
        .where(eq(auditEntry.connectionId, connectionId))
        .orderBy(desc(auditEntry.id))
        .limit(limit);
    }),
});
