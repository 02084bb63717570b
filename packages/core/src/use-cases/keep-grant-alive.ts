import type { ConnectionId } from '../ids.ts';
import type { Ats } from '../ports/ats.ts';
import type { Connections } from '../ports/connections.ts';
import type { Incidents } from '../ports/incidents.ts';
import { PortError } from '../ports/port-error.ts';
import type { Times } from '../times.ts';

/** What was found, for the log. */
export type GrantLook = 'alive' | 'dead' | 'none';

/**
 * Has a grant renewed that was not used for days: unused for 90 days it would die (`lever-api.md` §2.1). One that Lever
 * calls dead becomes an incident at once, not with the next candidate. Throws `PortError` for what passes.
 */
export const createKeepGrantAlive =
  (ports: {
    readonly ats: Pick<Ats, 'confirmAuthorization'>;
    readonly connections: Pick<Connections, 'read' | 'saveHealth'>;
    readonly incidents: Pick<Incidents, 'raise'>;
    readonly times: Pick<Times, 'idleGrantAge'>;
  }) =>
  async (connectionId: ConnectionId): Promise<GrantLook> => {
    const connection = await ports.connections.read(connectionId);
    if (connection?.lever !== 'working' || connection.disconnectedAt !== null) return 'none';
    try {
      await ports.ats.confirmAuthorization(connectionId, ports.times.idleGrantAge);
      return 'alive';
    } catch (error) {
      if (!(error instanceof PortError && error.code === 'unauthorized')) throw error;
    }
    // Told first: a connection that is known to be broken is not asked again.
    await ports.incidents.raise(connectionId, 'lever-reconnect-needed', connectionId);
    await ports.connections.saveHealth(connectionId, 'lever', 'reconnect-needed');
    return 'dead';
  };
