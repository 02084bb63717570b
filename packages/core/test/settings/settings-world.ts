import type { Connection } from '../../src/connection.ts';
import type { ConnectionId } from '../../src/ids.ts';
import type { Role } from '../../src/permission.ts';
import type { Person } from '../../src/ports/audit-log.ts';
import { createSettingsActions } from '../../src/use-cases/settings/create-settings-actions.ts';
import { createFakeAts } from '../../testing/fake-ats.ts';
import { createFakeAtsWebhooks } from '../../testing/fake-ats-webhooks.ts';
import { createFakeAuditLog } from '../../testing/fake-audit-log.ts';
import { createFakeCheckProvider } from '../../testing/fake-check-provider.ts';
import { createFakeChecks } from '../../testing/fake-checks.ts';
import { createFakeConnections } from '../../testing/fake-connections.ts';
import { createFakeInbox } from '../../testing/fake-inbox.ts';
import { createFakeIncidents } from '../../testing/fake-incidents.ts';
import { createFakeSetup } from '../../testing/fake-setup.ts';

/** Noon of the day on which all this happens. */
export const noon = Date.UTC(2026, 10, 24, 12);

/** The use cases of the settings page over fakes, with one account. */
export const createSettingsWorld = (given: Partial<Connection> = {}) => {
  const now = () => noon;
  const connections = createFakeConnections({ now });
  const inbox = createFakeInbox({ now });
  const checks = createFakeChecks({ now, connections, inbox });
  const ats = createFakeAts({ now });
  const atsWebhooks = createFakeAtsWebhooks();
  const checkProvider = createFakeCheckProvider();
  const auditLog = createFakeAuditLog({ now });
  const incidents = createFakeIncidents({ now });
  const names = new Map([['person-1', 'Ada Example']]);
  const setup = createFakeSetup({ connections, inbox, names, now });
  const settings = createSettingsActions({
    ats,
    atsWebhooks,
    auditLog,
    checkProvider,
    checks,
    connections,
    inbox,
    incidents,
    setup,
    now,
    webhookUrls: {
      lever: (key) => `https://example.com/lever/${key}`,
      turn: (key) => `https://example.com/turn/${key}`,
    },
    candidateUrl: (_, opportunityId) => `https://lever.example.com/candidates/${opportunityId}`,
  });
  const connection = connections.put(given);
  const personOf = (role: Role): Person => ({ id: 'person-1', accountId: connection.accountId, role });
  return {
    settings,
    connections,
    ats,
    atsWebhooks,
    checkProvider,
    auditLog,
    checks,
    setup,
    id: connection.id as ConnectionId,
    personOf,
    superAdmin: personOf('super-admin'),
    connection: async (): Promise<Connection> => {
      const found = await connections.read(connection.id);
      if (found === null) throw new Error('no connection');
      return found;
    },
  };
};
