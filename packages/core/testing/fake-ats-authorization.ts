import type { Environment, LeverPermission } from '../src/connection.ts';
import type { Instant } from '../src/ids.ts';
import type { AtsAuthorization, AuthorizationAttempt } from '../src/ports/ats-authorization.ts';
import { PortError } from '../src/ports/port-error.ts';

/** What somebody decides at Lever. */
export type Consent =
  | { readonly kind: 'deny' }
  | { readonly kind: 'approve'; readonly leverAccountId: string; readonly left?: readonly LeverPermission[] };

/** Authorizations in memory, and what a test needs to drive them. */
export interface FakeAtsAuthorization extends AtsAuthorization {
  /** Opens the address and decides; what the browser brings back. */
  decide(url: string, consent: Consent): Readonly<Record<string, string>>;
  goAway(): void;
  comeBack(): void;
}

const year = 365 * 86_400_000;

/** Passes the contract without Lever. */
export const createFakeAtsAuthorization = ({
  now,
  environments = ['sandbox'],
}: {
  readonly now: () => Instant;
  readonly environments?: readonly Environment[];
}): FakeAtsAuthorization => {
  const asked = new Map<string, AuthorizationAttempt>();
  const codes = new Map<string, AuthorizationAttempt & { consent: Consent & { kind: 'approve' } }>();
  let isAway = false;
  let count = 0;
  return {
    environments,
    async begin(attempt) {
      if (!environments.includes(attempt.environment))
        throw new PortError('unavailable', 'The fake has no such environment.', { vendor: 'lever' });
      count += 1;
      const url = `https://lever.example.com/authorize?ask=${count}&state=${attempt.state}`;
      asked.set(url, attempt);
      return url;
    },
    async finish({ state, codeVerifier }, returned) {
      if (returned.error !== undefined)
        return { kind: returned.error === 'access_denied' ? 'denied' : 'refused' };
      if (returned.state !== state || returned.code === undefined) return { kind: 'refused' };
      if (isAway) return { kind: 'unavailable' };
      const found = codes.get(returned.code);
      codes.delete(returned.code);
      if (found === undefined || found.codeVerifier !== codeVerifier) return { kind: 'refused' };
      const { leverAccountId, left = [] } = found.consent;
      const permissions = found.permissions.filter((permission) => !left.includes(permission));
      const tokens = { accessToken: `access-${returned.code}`, refreshToken: `refresh-${returned.code}` };
      return {
        kind: 'authorized',
        grant: permissions.includes('offline')
          ? { ...tokens, expiresAt: now() + 3_600_000, issuedAt: now() }
          : null,
        permissions,
        leverAccountId,
        leverUserId: 'lever-user-1',
        endsAt: now() + year,
      };
    },
    decide: (url, consent): Record<string, string> => {
      const attempt = asked.get(url);
      if (attempt === undefined) throw new Error('The fake was never asked at that address.');
      const { state } = attempt;
      if (consent.kind === 'deny') return { error: 'access_denied', state };
      count += 1;
      const code = `code-${count}`;
      codes.set(code, { ...attempt, consent });
      return { code, state };
    },
    goAway: () => {
      isAway = true;
    },
    comeBack: () => {
      isAway = false;
    },
  };
};
