import type { Instant } from '@turn-lever/core/ids';
import type { Grant, NewGrant } from '@turn-lever/core/ports/grants';
import { ResponseBodyError, refreshTokenGrant, type TokenEndpointResponse } from 'openid-client';
import type { Fetch } from '../redirect.ts';
import { createOAuthClient } from './client.ts';
import type { LeverEnvironmentConfig } from './environments.ts';

/** How a refresh ended. */
export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly grant: NewGrant }
  /** `invalid_grant`: revoked, expired, or used by somebody else before us. */
  | { readonly kind: 'refused' }
  /** Anything else. Lever may have given out a new pair all the same. */
  | { readonly kind: 'unknown' };

/** Asks Lever for a new pair of tokens. Never throws. */
export type Refresh = (grant: Pick<Grant, 'refreshToken'>) => Promise<RefreshOutcome>;

// An hour, where Lever does not say (`lever-api.md` §2.1).
const usualLifetime = 3_600_000;

/** Whether Lever says that the grant itself is dead; Auth0 answers 403, the standard says 400 (`lever-api.md` §2.1). */
export const isInvalidGrant = (error: unknown): boolean =>
  error instanceof ResponseBodyError &&
  error.error === 'invalid_grant' &&
  (error.status === 400 || error.status === 403);

/** A pair of tokens, which counts from the moment it was asked for, so that it is never thought valid for too long. */
export const toGrant = (
  answer: Pick<TokenEndpointResponse, 'access_token' | 'expires_in'>,
  refreshToken: string,
  issuedAt: Instant,
): NewGrant => {
  const lifetime = answer.expires_in === undefined ? usualLifetime : answer.expires_in * 1000;
  return { accessToken: answer.access_token, refreshToken, expiresAt: issuedAt + lifetime, issuedAt };
};

/**
 * Makes the refresh of one environment. `timeout` is in ms and must be below the lease it runs under. Errors of the
 * library are not passed on: some hold the answer, and with it tokens.
 */
export const createRefresh = (
  config: LeverEnvironmentConfig,
  { fetch, now, timeout }: { readonly fetch: Fetch; readonly now: () => Instant; readonly timeout: number },
): Refresh => {
  const client = createOAuthClient(config, { fetch, timeout });
  return async ({ refreshToken }) => {
    const issuedAt = now();
    try {
      const answer = await refreshTokenGrant(client, refreshToken);
      // Lever gives a new one with every refresh; by the standard none means that the old one stays.
      const grant = toGrant(answer, answer.refresh_token ?? refreshToken, issuedAt);
      return { kind: 'refreshed', grant };
    } catch (error) {
      return { kind: isInvalidGrant(error) ? 'refused' : 'unknown' };
    }
  };
};
