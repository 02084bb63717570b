import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId, ConnectionId } from '../src/ids.ts';
import type { AuthorizationRequest, AuthorizationRequests } from '../src/ports/authorization-requests.ts';
import { canary } from './canaries.ts';

/** What the contract needs around people on the way to Lever. */
export interface AuthorizationRequestsHarness {
  readonly requests: AuthorizationRequests;
  /** Somebody who is signed in, and a connection of their account. */
  createSubject(): Promise<{
    readonly sessionId: string;
    readonly personId: string;
    readonly accountId: AccountId;
    readonly connectionId: ConnectionId;
  }>;
  endSession(sessionId: string): Promise<void>;
  close(): Promise<void>;
}

const now = Date.UTC(2026, 10, 23, 12, 0, 0, 789);
const until = now + 600_000;

/** What every `AuthorizationRequests` promises. The harness is made once; each test has a session of its own. */
export const describeAuthorizationRequestsContract = (
  name: string,
  createHarness: () => Promise<AuthorizationRequestsHarness>,
): void => {
  describe(`authorization requests: ${name}`, () => {
    let harness: AuthorizationRequestsHarness;
    let requests: AuthorizationRequests;
    let states = 0;
    beforeAll(async () => {
      harness = await createHarness();
      ({ requests } = harness);
    });
    afterAll(async () => {
      await harness?.close();
    });
    const aState = (): string => {
      states += 1;
      return canary.secret(`state-${states}`);
    };
    const aRequest = async (): Promise<AuthorizationRequest> => ({
      ...(await harness.createSubject()),
      environment: 'sandbox',
      permissions: ['offline', 'notes'],
      codeVerifier: canary.secret('verifier'),
      returnTo: '/settings',
      expiresAt: until,
    });
    const begin = async (): Promise<[string, AuthorizationRequest]> => {
      const [state, request] = [aState(), await aRequest()];
      expect(await requests.begin(state, request, now)).toBe(true);
      return [state, request];
    };

    test('gives a request back as it was begun, once', async () => {
      const [state, request] = await begin();
      expect(await requests.take(state, until - 1)).toEqual(request);
      expect(await requests.take(state, until - 1)).toBeNull();
    });

    test('gives it to one of many who ask at once', async () => {
      const [state] = await begin();
      const answers = await Promise.all(Array.from({ length: 5 }, () => requests.take(state, now)));
      expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    });

    test('knows no state that was not begun', async () => {
      await begin();
      for (const state of ['', 'x', "' or 1=1 --", 'a\u0000b', 'y'.repeat(10_000)])
        expect(await requests.take(state, now)).toBeNull();
    });

    test('gives nothing once its time is over, and not later either', async () => {
      const [state] = await begin();
      expect(await requests.take(state, until)).toBeNull();
      expect(await requests.take(state, now)).toBeNull();
    });

    test('keeps one of a session for a connection: the newest', async () => {
      const [[first, request], [other]] = [await begin(), await begin()];
      const second = aState();
      expect(await requests.begin(second, request, now)).toBe(true);
      expect(await requests.take(first, now)).toBeNull();
      expect(await requests.take(second, now)).toEqual(request);
      expect(await requests.take(other, now)).not.toBeNull();
    });

    test('ends with its session, and is not begun by one that is over', async () => {
      const [state, request] = await begin();
      await harness.endSession(request.sessionId);
      expect(await requests.take(state, now)).toBeNull();
      expect(await requests.begin(aState(), request, now)).toBe(false);
    });
  });
};
