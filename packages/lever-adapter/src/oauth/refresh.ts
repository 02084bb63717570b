import type { Instant } from '@turn-lever/core/ids';
import type { Grant, NewGrant } from '@turn-lever/core/ports/grants';
import {
  allowInsecureRequests,
  ClientSecretPost,
  Configuration,
  customFetch,
  ResponseBodyError,
  refreshTokenGrant,
} from 'openid-client';
import { readText } from '../api/answer.ts';
import type { Fetch } from '../redirect.ts';
import { isLoopback, type LeverEnvironmentConfig } from './environments.ts';

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
const largestAnswer = 64 * 1024;

const bounded =
  (fetch: Fetch) =>
  async (url: string, init: RequestInit): Promise<Response> => {
    const { headers, status, ...response } = await fetch(url, init).then(async (answer) => ({
      headers: answer.headers,
      status: answer.status,
      text: await readText(answer, largestAnswer),
    }));
    return new Response(response.text, { status, headers });
  };

/** Whether Lever says that the grant itself is dead; Auth0 answers 403, the standard says 400 (`lever-api.md` §2.1). */
const isInvalidGrant = (error: unknown): boolean =>
  error instanceof ResponseBodyError &&
  error.error === 'invalid_grant' &&
  (error.status === 400 || error.status === 403);

/**
 * Makes the refresh of one environment. `timeout` is in ms and must be below the lease it runs under. A pair counts from
 * the moment it was asked for, so that it is never thought valid for longer than it is. Errors of the library are not
 * passed on: some hold the answer, and with it tokens.
 */
export const createRefresh = (
  config: LeverEnvironmentConfig,
  { fetch, now, timeout }: { readonly fetch: Fetch; readonly now: () => Instant; readonly timeout: number },
): Refresh => {
  const { authUrl } = config;
  const client = new Configuration(
    { issuer: authUrl, token_endpoint: `${authUrl}/oauth/token` },
    config.clientId,
    undefined,
    ClientSecretPost(config.clientSecret),
  );
  client[customFetch] = bounded(fetch) as (typeof client)[typeof customFetch] & object;
  client.timeout = timeout / 1000;
  const { protocol, hostname } = new URL(authUrl);
  if (protocol === 'http:' && isLoopback(hostname)) allowInsecureRequests(client);

  return async ({ refreshToken }) => {
    const issuedAt = now();
    try {
      const answer = await refreshTokenGrant(client, refreshToken);
      const lifetime = answer.expires_in === undefined ? usualLifetime : answer.expires_in * 1000;
      const grant: NewGrant = {
        accessToken: answer.access_token,
        // Lever gives a new one with every refresh; by the standard none means that the old one stays.
        refreshToken: answer.refresh_token ?? refreshToken,
        expiresAt: issuedAt + lifetime,
        issuedAt,
      };
      return { kind: 'refreshed', grant };
    } catch (error) {
      return { kind: isInvalidGrant(error) ? 'refused' : 'unknown' };
    }
  };
};
