import type { Environment } from '@turn-lever/core/connection';
import type { Instant } from '@turn-lever/core/ids';
import type { AtsAuthorization, AuthorizationAnswer } from '@turn-lever/core/ports/ats-authorization';
import { PortError } from '@turn-lever/core/ports/port-error';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  type TokenEndpointResponse,
} from 'openid-client';
import { readAccessTokenClaims } from './oauth/access-token-claims.ts';
import { createOAuthClient, issuerOf } from './oauth/client.ts';
import { type LeverEnvironmentConfig, requireSafeEndpoints } from './oauth/environments.ts';
import { isInvalidGrant, toGrant } from './oauth/refresh.ts';
import { fromScope, toScope } from './oauth/scopes.ts';
import { type Fetch, followOneRedirect } from './redirect.ts';

/** What authorizations are made with. */
export interface LeverAuthorizationConfig {
  /** In the order in which they are offered; one that is left out is not. */
  readonly environments: Readonly<Partial<Record<Environment, LeverEnvironmentConfig>>>;
  /** Where Lever sends people back to; registered with both OAuth apps, letter by letter. */
  readonly redirectUri: string;
  readonly fetch?: Fetch;
  /** ms since 1970 UTC. */
  readonly now?: () => Instant;
  /** How long an exchange may take, in ms. */
  readonly timeout?: number;
  /** Domains below which Lever may redirect an exchange, by https. */
  readonly redirectHosts?: readonly string[];
}

// From the authorization, however often tokens are refreshed (`lever-api.md` §2.1).
const year = 365 * 24 * 3_600_000;

/**
 * Authorizations at Lever by OAuth with PKCE. Throws where an endpoint would take secrets in clear to another machine.
 * Errors of the library are not passed on: some hold the answer, and with it tokens.
 */
export const createLeverAuthorization = (config: LeverAuthorizationConfig): AtsAuthorization => {
  const { redirectUri, now = Date.now, timeout = 8000 } = config;
  const fetch = followOneRedirect(config.fetch ?? globalThis.fetch, config.redirectHosts ?? ['lever.co']);
  const apps = new Map<Environment, { client: Configuration; app: LeverEnvironmentConfig }>();
  for (const [environment, app] of Object.entries(config.environments)) {
    requireSafeEndpoints(app);
    apps.set(environment as Environment, { client: createOAuthClient(app, { fetch, timeout }), app });
  }
  const appOf = (environment: Environment) => {
    const found = apps.get(environment);
    if (found !== undefined) return found;
    throw new PortError('unavailable', `No OAuth app for Lever's ${environment} is configured`, {
      vendor: 'lever',
    });
  };

  return {
    environments: [...apps.keys()],

    begin: async ({ environment, permissions, state, codeVerifier }) => {
      const { client, app } = appOf(environment);
      const url = buildAuthorizationUrl(client, {
        redirect_uri: redirectUri,
        scope: toScope(permissions),
        audience: app.audience,
        state,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    finish: async ({ environment, permissions, state, codeVerifier }, returned) => {
      const { iss, code, error } = returned;
      const found = apps.get(environment);
      if (found === undefined) return { kind: 'unavailable' };
      // With or without a slash at its end; of the other environment's server, or of nobody's we know: not ours.
      const issuer = issuerOf(found.app);
      if (iss !== undefined && withoutSlash(iss) !== withoutSlash(issuer)) return { kind: 'refused' };
      if (error !== undefined) return { kind: error === 'access_denied' ? 'denied' : 'refused' };
      if (code === undefined || returned.state !== state) return { kind: 'refused' };
      const url = new URL(redirectUri);
      url.search = new URLSearchParams({ code, state }).toString();
      const issuedAt = now();
      try {
        const answer = await authorizationCodeGrant(found.client, url, {
          pkceCodeVerifier: codeVerifier,
          expectedState: state,
        });
        return toAnswer(answer, toScope(permissions), issuedAt);
      } catch (failure) {
        // Spent, too old, or of another attempt; anything else may pass, or is for the one who runs this to mend.
        return { kind: isInvalidGrant(failure) ? 'refused' : 'unavailable' };
      }
    },
  };
};

const withoutSlash = (url: string): string => url.replace(/\/$/u, '');

const toAnswer = (
  answer: TokenEndpointResponse,
  asked: string,
  issuedAt: Instant,
): Extract<AuthorizationAnswer, { kind: 'authorized' }> => {
  const claims = readAccessTokenClaims(answer.access_token);
  // By the standard no scope in the answer means: what was asked for (RFC 6749 §5.1).
  const granted = fromScope(answer.scope ?? claims.scope ?? asked).filter((one) => one !== 'offline');
  const refreshToken = answer.refresh_token;
  return {
    kind: 'authorized',
    grant: refreshToken === undefined ? null : toGrant(answer, refreshToken, issuedAt),
    // A refresh token is what offline access means, whatever the scope says.
    permissions: refreshToken === undefined ? granted : ['offline', ...granted],
    leverAccountId: claims.accountId ?? '',
    leverUserId: claims.userId,
    endsAt: issuedAt + year,
  };
};
