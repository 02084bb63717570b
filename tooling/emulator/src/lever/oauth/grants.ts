import { randomBytes, randomUUID } from 'node:crypto';
import { secretMark } from '../../secret-mark.ts';
import { isSignedWith, readJwt, signJwt } from './jwt.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A refresh token dies after 90 days without use, or one year after the authorization (lever-api.md §2.1). */
const IDLE_MS = 90 * DAY_MS;
const LIFE_MS = 365 * DAY_MS;

/** One authorization by one user for one client: a family of refresh tokens and the access tokens made from them. */
export interface Grant {
  readonly id: string;
  readonly accountId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly audience: string;
  readonly createdAt: number;
  refreshToken: { value: string; issuedAt: number } | null;
  readonly usedRefreshTokens: Set<string>;
  /** Once false, no refresh of this family succeeds. */
  refreshable: boolean;
  /** Access tokens with a number below this one are refused. */
  oldestAccessToken: number;
  accessTokensMade: number;
}

export interface TokenPair {
  accessToken: string;
  /** Null without `offline_access`. */
  refreshToken: string | null;
  /** ms since the epoch. */
  expiresAt: number;
}

export interface Grants {
  create(input: Pick<Grant, 'accountId' | 'userId' | 'clientId' | 'scopes' | 'audience'>): {
    grant: Grant;
    tokens: TokenPair;
  };
  /** New tokens for a refresh token; null when it is unknown, used before (which ends its family), expired or revoked. */
  refresh(refreshToken: string, clientId: string): { grant: Grant; tokens: TokenPair } | null;
  /** The grant an access token belongs to, if the token is good now; `foreign` for a token of another environment. */
  authenticate(accessToken: string): Grant | 'foreign' | null;
  /** Ends the family this refresh token belongs to. */
  revokeRefreshToken(refreshToken: string): void;
  /** Customer clicks Revoke Access: no refresh any more; the access tokens die at once or live on until they expire. */
  revokeAccount(accountId: string, options: { accessTokensStayValid: boolean }): void;
  expireAccessTokens(accountId: string): void;
  ofAccount(accountId: string): Grant[];
}

export function createGrants(options: {
  now: () => number;
  accessTokenSeconds: number;
  audience: () => string;
  issuer: () => string;
}): Grants {
  const { now } = options;
  const all: Grant[] = [];
  const key = randomBytes(32).toString('hex');

  function issue(grant: Grant): TokenPair {
    const issuedAt = now();
    const expiresAt = issuedAt + options.accessTokenSeconds * 1000;
    grant.accessTokensMade += 1;
    const accessToken = signJwt(
      {
        'https://oauth.lever.co/userId': grant.userId,
        'https://oauth.lever.co/accountId': grant.accountId,
        'https://oauth.lever.co/clientId': grant.clientId,
        iss: options.issuer(),
        sub: `oauth2|lever|${grant.userId}`,
        aud: grant.audience,
        iat: Math.floor(issuedAt / 1000),
        exp: Math.ceil(expiresAt / 1000),
        azp: grant.clientId,
        scope: grant.scopes.join(' '),
        jti: `${grant.id}/${grant.accessTokensMade}`,
      },
      key,
    );
    const rotating = grant.scopes.includes('offline_access') && grant.refreshable;
    grant.refreshToken = rotating ? { value: newRefreshToken(), issuedAt } : null;
    return { accessToken, refreshToken: grant.refreshToken?.value ?? null, expiresAt };
  }

  const isAlive = (grant: Grant) =>
    grant.refreshable &&
    grant.refreshToken !== null &&
    now() - grant.refreshToken.issuedAt < IDLE_MS &&
    now() - grant.createdAt < LIFE_MS;

  return {
    create(input) {
      const grant: Grant = {
        ...input,
        id: randomUUID(),
        createdAt: now(),
        refreshToken: null,
        usedRefreshTokens: new Set(),
        refreshable: true,
        oldestAccessToken: 1,
        accessTokensMade: 0,
      };
      all.push(grant);
      return { grant, tokens: issue(grant) };
    },
    refresh(refreshToken, clientId) {
      const replayed = all.find((grant) => grant.usedRefreshTokens.has(refreshToken));
      if (replayed !== undefined) replayed.refreshable = false;
      const grant = all.find((candidate) => candidate.refreshToken?.value === refreshToken);
      if (grant === undefined || grant.clientId !== clientId || !isAlive(grant)) return null;
      grant.usedRefreshTokens.add(refreshToken);
      return { grant, tokens: issue(grant) };
    },
    authenticate(accessToken) {
      const claims = readJwt(accessToken);
      if (claims === null) return null;
      if (claims.aud !== options.audience()) return 'foreign';
      if (!isSignedWith(accessToken, key) || Number(claims.exp) * 1000 <= now()) return null;
      const [id, number] = String(claims.jti).split('/');
      const grant = all.find((candidate) => candidate.id === id);
      return grant === undefined || Number(number) < grant.oldestAccessToken ? null : grant;
    },
    revokeRefreshToken(refreshToken) {
      for (const grant of all) if (grant.refreshToken?.value === refreshToken) grant.refreshable = false;
    },
    revokeAccount(accountId, { accessTokensStayValid }) {
      for (const grant of all.filter((candidate) => candidate.accountId === accountId)) {
        grant.refreshable = false;
        if (!accessTokensStayValid) grant.oldestAccessToken = Number.POSITIVE_INFINITY;
      }
    },
    expireAccessTokens(accountId) {
      for (const grant of all.filter((candidate) => candidate.accountId === accountId)) {
        grant.oldestAccessToken = Math.max(grant.oldestAccessToken, grant.accessTokensMade + 1);
      }
    },
    ofAccount: (accountId) => all.filter((grant) => grant.accountId === accountId),
  };
}

/** The form of Auth0's tokens; the document's second example looks so. */
function newRefreshToken(): string {
  return `v1.${secretMark}${randomBytes(58).toString('base64url')}`;
}
