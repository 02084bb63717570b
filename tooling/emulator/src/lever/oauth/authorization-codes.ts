import { createHash, randomBytes } from 'node:crypto';
import type { AuthorizationRequest } from './authorization-request.ts';

const LIFE_MS = 10 * 60 * 1000;

/** What a user has approved. */
export interface Approval {
  request: AuthorizationRequest;
  accountId: string;
  userId: string;
}

/** One-time codes. */
export interface AuthorizationCodes {
  make(approval: Approval): string;
  /** The approval, once, within ten minutes, for the same redirect URI and the right PKCE verifier; otherwise why not. */
  redeem(given: {
    code: string;
    redirectUri: string;
    verifier: string | undefined;
  }): Approval | { problem: string };
}

export function createAuthorizationCodes(now: () => number): AuthorizationCodes {
  const approvals = new Map<string, { approval: Approval; madeAt: number }>();
  return {
    make(approval) {
      const code = randomBytes(24).toString('base64url');
      approvals.set(code, { approval, madeAt: now() });
      return code;
    },
    redeem({ code, redirectUri, verifier }) {
      const found = approvals.get(code);
      approvals.delete(code);
      if (found === undefined || now() - found.madeAt > LIFE_MS)
        return { problem: 'Invalid authorization code' };
      const { approval } = found;
      if (approval.request.redirectUri !== redirectUri) return { problem: 'redirect_uri does not match' };
      const challenge =
        verifier === undefined ? null : createHash('sha256').update(verifier).digest('base64url');
      if (approval.request.codeChallenge !== challenge) return { problem: 'Failed to verify code verifier' };
      return approval;
    },
  };
}
