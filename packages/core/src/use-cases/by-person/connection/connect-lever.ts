import type { ConnectionId, Instant } from '../../../ids.ts';
import { isSameLeverAccount } from '../../../ordering/person-decisions.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Connections, NewAuthorization } from '../../../ports/connections.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import type { Incidents } from '../../../ports/incidents.ts';
import { type Act, type Outcome, type Perform, tooLate } from '../perform.ts';
import { reopenHeld } from '../reopen-held.ts';

/**
 * What an authorization led to. The last two: refused, nothing was stored. `taken`: another account of ours has the Lever
 * account.
 */
export type LeverConnection =
  | { readonly kind: 'connected' | 'reconnected'; readonly reopened: number }
  | { readonly kind: 'other-lever-account' }
  | { readonly kind: 'taken' };

/**
 * Stores an authorization, the first or a new one of the same Lever account. What was held for want of it is decided
 * again, behind the money guards: ordering begins now. Throws `PortError` `unavailable`.
 */
export const createConnectLever =
  (ports: {
    readonly perform: Perform;
    readonly connections: Pick<Connections, 'connectLever'>;
    readonly checks: Pick<Checks, 'listHeld'>;
    readonly inbox: Pick<Inbox, 'reopen'>;
    readonly incidents: Pick<Incidents, 'resolve' | 'listOpen'>;
    readonly now: () => Instant;
  }) =>
  (
    person: Person,
    connectionId: ConnectionId,
    authorized: Omit<NewAuthorization, 'personId' | 'at'>,
  ): Promise<Outcome<LeverConnection>> =>
    ports.perform(person, connectionId, 'connect', connectionId, async (connection) => ({
      before: { lever: connection.lever, leverAccountId: connection.leverAccountId },
      after: { environment: authorized.environment, leverAccountId: authorized.leverAccountId },
      act: async (): Promise<Act<LeverConnection>> => {
        const withoutEffect = (kind: 'other-lever-account' | 'taken'): Act<LeverConnection> => ({
          kind: 'done',
          result: { kind },
          hadEffect: false,
        });
        if (!isSameLeverAccount(connection, authorized.leverAccountId))
          return withoutEffect('other-lever-account');
        const at = ports.now();
        const authorization = { ...authorized, personId: person.id, at };
        const end = await ports.connections.connectLever(connectionId, authorization, at);
        if (end === 'taken') return withoutEffect('taken');
        if (end === 'gone') return tooLate;
        for (const { kind, subject } of await ports.incidents.listOpen(connectionId)) {
          if (kind === 'lever-reconnect-needed' || kind === 'lever-authorization-ends')
            await ports.incidents.resolve(connectionId, kind, subject);
        }
        const reopened = await reopenHeld(ports, connectionId, 'held.disconnected');
        const kind = connection.lever === 'not-connected' ? 'connected' : 'reconnected';
        return { kind: 'done', result: { kind, reopened } };
      },
    }));
