import type { Instant } from '../src/ids.ts';
import type { AuthorizationRequest, AuthorizationRequests } from '../src/ports/authorization-requests.ts';

/** Who is on the way to Lever, in memory, and what a test needs to drive it. */
export interface FakeAuthorizationRequests extends AuthorizationRequests {
  /** Ends a session, with what it began. */
  endSession(sessionId: string): void;
}

/** Passes the contract without a database. Every session is there until it is ended. */
export const createFakeAuthorizationRequests = (): FakeAuthorizationRequests => {
  const all = new Map<string, AuthorizationRequest>();
  const ended = new Set<string>();
  const forget = (isOver: (request: AuthorizationRequest) => boolean): void => {
    for (const [state, request] of all) if (isOver(request)) all.delete(state);
  };
  return {
    async begin(state, request, now: Instant) {
      const { sessionId, connectionId } = request;
      if (ended.has(sessionId)) return false;
      forget(
        (one) => one.expiresAt <= now || (one.sessionId === sessionId && one.connectionId === connectionId),
      );
      all.set(state, request);
      return true;
    },
    async take(state, now) {
      const request = all.get(state) ?? null;
      all.delete(state);
      return request === null || request.expiresAt <= now ? null : request;
    },
    endSession: (sessionId) => {
      ended.add(sessionId);
      forget((one) => one.sessionId === sessionId);
    },
  };
};
