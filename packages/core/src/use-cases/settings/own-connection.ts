import type { Connection } from '../../connection.ts';
import type { ConnectionId } from '../../ids.ts';
import { type Action, can } from '../../permission.ts';
import type { Person } from '../../ports/audit-log.ts';
import type { Connections } from '../../ports/connections.ts';

/** The connection, where it is of the person's account and they may do this; else null. Throws `PortError`. */
export type OwnConnection = (
  person: Person,
  connectionId: ConnectionId,
  action?: Action,
) => Promise<Connection | null>;

/** Makes what everything that only looks begins with. */
export const createOwnConnection =
  (ports: { readonly connections: Pick<Connections, 'read'> }): OwnConnection =>
  async (person, connectionId, action = 'see settings') => {
    if (!can(person.role, action)) return null;
    const connection = await ports.connections.read(connectionId);
    return connection?.accountId === person.accountId ? connection : null;
  };
