import type { Action } from '@turn-lever/core/permission';
import type { AccountAuditEntry, AuditLog } from '@turn-lever/core/ports/audit-log';
import { desc, eq, type SQL } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { auditEntry } from '../schema/audit-entry.ts';

/** The audit log in its table, which the database itself lets only grow. */
export const createAuditLog = ({ db }: Pick<Database, 'db'>): AuditLog => {
  const append = (
    of: Partial<Pick<typeof auditEntry.$inferInsert, 'connectionId' | 'accountId'>>,
    { personId, role, action, subject, outcome, before, after }: Omit<AccountAuditEntry, 'at'>,
  ) =>
    atPort(async () => {
      await db.insert(auditEntry).values({ ...of, personId, role, action, subject, outcome, before, after });
    });
  const list = (where: SQL, limit: number) =>
    atPort(async () => {
      const { personId, role, action, subject, outcome, before, after, at } = auditEntry;
      return db
        .select({ personId, role, action, subject, outcome, before, after, at })
        .from(auditEntry)
        .where(where)
        .orderBy(desc(auditEntry.id))
        .limit(limit);
    });
  return {
    append: (connectionId, entry) => append({ connectionId }, entry),
    // What the bearers of links do is of an account, never of a connection.
    list: async (connectionId, limit) =>
      (await list(eq(auditEntry.connectionId, connectionId), limit)).map((entry) => ({
        ...entry,
        action: entry.action as Action,
      })),
    appendOfAccount: (accountId, entry) => append({ accountId }, entry),
    listOfAccount: (accountId, limit) => list(eq(auditEntry.accountId, accountId), limit),
  };
};
