import type { ConnectionId, Instant } from '../src/ids.ts';
import type { AuditEntry, AuditLog } from '../src/ports/audit-log.ts';

/** An audit log in memory; passes the audit log contract. */
export const createFakeAuditLog = ({ now }: { readonly now: () => Instant }): AuditLog => {
  const all: { readonly connectionId: ConnectionId; readonly entry: AuditEntry }[] = [];
  return {
    async append(connectionId, entry) {
      all.push({ connectionId, entry: { ...entry, at: now() } });
    },
    async list(connectionId, limit) {
      return all
        .filter((kept) => kept.connectionId === connectionId)
        .map(({ entry }) => entry)
        .reverse()
        .slice(0, limit);
    },
  };
};
