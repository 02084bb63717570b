import type { ConnectionId, Instant } from '../../../ids.ts';
import { isSameLeverAccount } from '../../../ordering/person-decisions.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Connections } from '../../../ports/connections.ts';
import type { NewGrant } from '../../../ports/grants.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import type { Incidents } from '../../../ports/incidents.ts';
import { type Act, type Outcome, type Perform, tooLate } from '../perform.ts';
import { reopenHeld } from '../reopen-held.ts';

/** What a new authorization led to. `other-lever-account`: refused, nothing was stored. */
export type Reconnection =
  | { readonly kind: 'reconnected'; readonly reopened: number }
  | { readonly kind: 'other-lever-account' };

/**
 * Stores a new authorization of the same Lever account. What was held for the broken connection is decided again, behind
 * the money guards: ordering begins anew now. Throws `PortError` `unavailable`.
 */
export const createReconnect =
  (ports: {
    readonly perform: Perform;
    readonly connections: Pick<Connections, 'reconnectLever'>;
    readonly checks: Pick<Checks, 'listHeld'>;
    readonly inbox: Pick<Inbox, 'reopen'>;
    readonly incidents: Pick<Incidents, 'resolve'>;
    readonly now: () => Instant;
  }) =>
  (
    person: Person,
    connectionId: ConnectionId,
    authorized: { readonly grant: NewGrant; readonly leverAccountId: string },
  ): Promise<Outcome<Reconnection>> =>
    ports.perform(person, connectionId, 'connect', connectionId, async (connection) => ({
      before: { lever: connection.lever, leverAccountId: connection.leverAccountId },
      after: { leverAccountId: authorized.leverAccountId },
      act: async (): Promise<Act<Reconnection>> => {
        if (!isSameLeverAccount(connection, authorized.leverAccountId))
          return { kind: 'done', result: { kind: 'other-lever-account' }, hadEffect: false };
        if (!(await ports.connections.reconnectLever(connectionId, authorized.grant, ports.now())))
          return tooLate;
        await ports.incidents.resolve(connectionId, 'lever-reconnect-needed', connectionId);
        const reopened = await reopenHeld(ports, connectionId, 'held.disconnected');
        return { kind: 'done', result: { kind: 'reconnected', reopened } };
      },
    }));
