import type { AuditLog } from '@turn-lever/core/ports/audit-log';
import type { AuthorizationRequests } from '@turn-lever/core/ports/authorization-requests';
import type { CallLog } from '@turn-lever/core/ports/call-log';
import type { Checks } from '@turn-lever/core/ports/checks';
import type { Connections } from '@turn-lever/core/ports/connections';
import type { Grants } from '@turn-lever/core/ports/grants';
import type { Inbox } from '@turn-lever/core/ports/inbox';
import type { Incidents } from '@turn-lever/core/ports/incidents';
import type { People } from '@turn-lever/core/ports/people';
import type { Setup } from '@turn-lever/core/ports/setup';
import { createAuditLog } from './audit-log/create-audit-log.ts';
import { createAuthorizationRequests } from './authorization-requests/create-authorization-requests.ts';
import { createCallLog } from './call-log/create-call-log.ts';
import { createChecks } from './checks/create-checks.ts';
import { createConnections } from './connections/create-connections.ts';
import type { Database } from './database.ts';
import { createGrants } from './grants/create-grants.ts';
import type { ReceiveBatching } from './inbox/batch-receives.ts';
import { createInbox } from './inbox/create-inbox.ts';
import { createIncidents } from './incidents/create-incidents.ts';
import { createPeople } from './people/create-people.ts';
import type { Sealing } from './seal.ts';
import { createSetup } from './setup/create-setup.ts';

/** Every storing port. */
export interface Stores {
  /** `close` waits for what is being stored. */
  readonly inbox: Inbox & { close(): Promise<void> };
  readonly checks: Checks;
  readonly connections: Connections;
  readonly grants: Grants;
  readonly incidents: Incidents;
  readonly callLog: CallLog;
  readonly auditLog: AuditLog;
  readonly people: People;
  readonly setup: Setup;
  readonly authorizationRequests: AuthorizationRequests;
}

/** Makes the storing ports over one database. `now` (ms) is for caches in memory only; leases go by the database. */
export const createStores = (
  database: Database,
  options: {
    readonly sealing: Sealing;
    readonly now?: () => number;
    /** How concurrent deliveries share statements. */
    readonly inbox?: Partial<ReceiveBatching>;
  },
): Stores => ({
  inbox: createInbox(database, options.inbox),
  checks: createChecks(database),
  connections: createConnections(database, options),
  grants: createGrants(database, options),
  incidents: createIncidents(database),
  callLog: createCallLog(database),
  auditLog: createAuditLog(database),
  people: createPeople(database, options),
  authorizationRequests: createAuthorizationRequests(database, options),
  setup: createSetup(database, options),
});
