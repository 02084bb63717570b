import type { ConnectionId } from '../src/ids.ts';
import { describeAuditLogContract } from './audit-log-contract.ts';
import { createFakeAuditLog } from './fake-audit-log.ts';

describeAuditLogContract('in memory', async () => {
  const now = () => Date.UTC(2026, 10, 23, 12);
  let connections = 0;
  return {
    auditLog: createFakeAuditLog({ now }),
    createConnection: async () => {
      connections += 1;
      return `connection-${connections}` as ConnectionId;
    },
    now,
    close: async () => {},
  };
});
