import { wantedPermissions } from '../../../connecting/lever-permission.ts';
import type { Environment } from '../../../connection.ts';
import type { ConnectionId, Instant } from '../../../ids.ts';
import type { AtsAuthorization } from '../../../ports/ats-authorization.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { AuthorizationRequests } from '../../../ports/authorization-requests.ts';
import { type Act, type Outcome, type Perform, tooLate } from '../perform.ts';

/** How long somebody may take at Lever, in ms. */
export const authorizationLasts = 10 * 60_000;

/** Where to send the person; or why not: the environment is fixed while connected, or has no OAuth app here. */
export type AuthorizationStart =
  | { readonly kind: 'begun'; readonly url: string }
  | { readonly kind: 'refused'; readonly why: 'environment-fixed' | 'environment-not-offered' };

/**
 * Sends a person to Lever, to allow us in. Who comes back must be the same person in the same session, within ten
 * minutes, once. Throws `PortError` `unavailable`.
 */
export const createBeginAuthorization =
  (ports: {
    readonly perform: Perform;
    readonly atsAuthorization: Pick<AtsAuthorization, 'environments' | 'begin'>;
    readonly authorizationRequests: Pick<AuthorizationRequests, 'begin'>;
    /** 256 random bits in letters that need no escaping. */
    readonly newSecret: () => string;
    readonly now: () => Instant;
  }) =>
  (
    person: Person,
    connectionId: ConnectionId,
    given: {
      readonly sessionId: string;
      readonly environment: Environment;
      readonly withWebhooks: boolean;
      readonly returnTo: string;
    },
  ): Promise<Outcome<AuthorizationStart>> => {
    const { sessionId, environment, returnTo } = given;
    const permissions = wantedPermissions(given.withWebhooks);
    return ports.perform(person, connectionId, 'connect', connectionId, async (connection) => ({
      before: { lever: connection.lever, environment: connection.environment },
      after: { authorization: 'begun', environment, withWebhooks: given.withWebhooks },
      act: async (): Promise<Act<AuthorizationStart>> => {
        const refuse = (
          why: Extract<AuthorizationStart, { kind: 'refused' }>['why'],
        ): Act<AuthorizationStart> => ({
          kind: 'done',
          result: { kind: 'refused', why },
          hadEffect: false,
        });
        if (!ports.atsAuthorization.environments.includes(environment))
          return refuse('environment-not-offered');
        if (connection.lever !== 'not-connected' && connection.environment !== environment)
          return refuse('environment-fixed');
        const [state, codeVerifier] = [ports.newSecret(), ports.newSecret()];
        const url = await ports.atsAuthorization.begin({ environment, permissions, state, codeVerifier });
        const now = ports.now();
        const request = {
          sessionId,
          personId: person.id,
          accountId: person.accountId,
          connectionId,
          environment,
          permissions,
          codeVerifier,
          returnTo,
          expiresAt: now + authorizationLasts,
        };
        const isKept = await ports.authorizationRequests.begin(state, request, now);
        return isKept ? { kind: 'done', result: { kind: 'begun', url } } : tooLate;
      },
    }));
  };
