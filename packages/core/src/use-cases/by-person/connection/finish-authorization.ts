import { missingPermissions } from '../../../connecting/lever-permission.ts';
import type { LeverPermission } from '../../../connection.ts';
import type { AccountId, Instant } from '../../../ids.ts';
import { can } from '../../../permission.ts';
import type { AtsAuthorization } from '../../../ports/ats-authorization.ts';
import type { AuditLog, Person } from '../../../ports/audit-log.ts';
import type { AuthorizationRequest, AuthorizationRequests } from '../../../ports/authorization-requests.ts';
import type { People } from '../../../ports/people.ts';
import type { createConnectLever } from './connect-lever.ts';

/** What became of a way to Lever and back, in one word for the page. Everything but the first two stores nothing. */
export type AuthorizationOutcome =
  | 'connected'
  | 'reconnected'
  /** The person said no at Lever, or may not say yes there. */
  | 'denied'
  /** Not begun here, begun by somebody else, used before, too late, or overtaken. */
  | 'state'
  /** Something we need was not allowed. */
  | 'scope'
  /** Another Lever account than the connected one. */
  | 'other-account'
  /** The Lever account belongs to another account of ours. */
  | 'taken'
  /** Is no longer in a role that may connect. */
  | 'demoted'
  /** Is no longer signed in. */
  | 'session'
  | 'unavailable'
  | 'refused';

/** How a return from Lever ended, and where to go on. Both null where the return is of nobody's attempt here. */
export interface AuthorizationEnd {
  readonly outcome: AuthorizationOutcome;
  readonly missing: readonly LeverPermission[];
  readonly accountId: AccountId | null;
  readonly returnTo: string | null;
}

/**
 * Takes in who comes back from Lever. Whatever happens, the same return cannot be used again. What is refused is in the
 * audit log of the connection that it was begun for. Throws `PortError` `unavailable` of our own store, with nothing
 * half-saved.
 */
export const createFinishAuthorization =
  (ports: {
    readonly atsAuthorization: Pick<AtsAuthorization, 'finish'>;
    readonly authorizationRequests: Pick<AuthorizationRequests, 'take'>;
    readonly people: Pick<People, 'role'>;
    readonly auditLog: Pick<AuditLog, 'append'>;
    readonly connectLever: ReturnType<typeof createConnectLever>;
    readonly now: () => Instant;
  }) =>
  async (
    returned: Readonly<Record<string, string>>,
    signedIn: { readonly personId: string; readonly sessionId: string } | null,
  ): Promise<AuthorizationEnd> => {
    const { state = '' } = returned;
    const request = await ports.authorizationRequests.take(state, ports.now());
    const nowhere = { missing: [], accountId: null, returnTo: null };
    if (request === null) return { outcome: signedIn === null ? 'session' : 'state', ...nowhere };
    const { connectionId, accountId, personId, environment, permissions, codeVerifier, returnTo } = request;
    const role = await ports.people.role(accountId, personId);
    const refuse = async (
      outcome: AuthorizationOutcome,
      { isTheirs = true, missing = [] }: { isTheirs?: boolean; missing?: readonly LeverPermission[] } = {},
    ): Promise<AuthorizationEnd> => {
      await ports.auditLog.append(connectionId, {
        personId,
        // Who does not belong here any more has none; it began as a Super Admin's.
        role: role ?? 'limited-team-member',
        action: 'connect',
        subject: connectionId,
        outcome: 'no-effect',
        before: {},
        after: { authorization: outcome, missing: missing.join(' ') },
      });
      return isTheirs ? { outcome, missing, accountId, returnTo } : { outcome, ...nowhere };
    };

    if (signedIn === null) return refuse('session', { isTheirs: false });
    if (!isSameSession(request, signedIn)) return refuse('state', { isTheirs: false });
    if (role === null || !can(role, 'connect')) return refuse('demoted');

    const attempt = { environment, permissions, state, codeVerifier };
    const answer = await ports.atsAuthorization.finish(attempt, returned);
    if (answer.kind !== 'authorized') return refuse(answer.kind);
    const missing = missingPermissions(permissions, answer.permissions);
    const { kind: _, grant, ...authorized } = answer;
    if (missing.length > 0 || grant === null) return refuse('scope', { missing });

    const person: Person = { id: personId, accountId, role };
    const end = await ports.connectLever(person, connectionId, { ...authorized, grant, environment });
    if (end.kind !== 'done') return refuse('state');
    const outcome = end.result.kind === 'other-lever-account' ? 'other-account' : end.result.kind;
    return { outcome, missing: [], accountId, returnTo };
  };

const isSameSession = (
  request: Pick<AuthorizationRequest, 'personId' | 'sessionId'>,
  signedIn: { readonly personId: string; readonly sessionId: string },
): boolean => request.personId === signedIn.personId && request.sessionId === signedIn.sessionId;
