import type { LeverWorld } from '../world.ts';

/** What the browser asks `/authorize` for. */
export interface AuthorizationRequest {
  redirectUri: string;
  state: string;
  /** Only `offline_access` when the audience is not exactly right (lever-api.md §2.1, known failures). */
  scopes: string[];
  audience: string;
  codeChallenge: string | null;
}

/** Lever's own limit for one app (lever-api.md §2.2). */
const MAX_SCOPES = 20;

/** Reads the query, or says which parameter differs from the registered app (Lever shows `undefined`). */
export function readAuthorizationRequest(
  world: LeverWorld,
  query: URLSearchParams,
): AuthorizationRequest | { problem: string } {
  const redirectUri = query.get('redirect_uri') ?? '';
  const state = query.get('state') ?? '';
  const audience = query.get('audience') ?? '';
  const scopes = [...new Set((query.get('scope') ?? '').split(' ').filter((scope) => scope !== ''))];
  const codeChallenge = query.get('code_challenge');
  if (query.get('client_id') !== world.clientId) return { problem: 'client_id' };
  if (!isRegistered(world, redirectUri)) return { problem: 'redirect_uri' };
  if (query.get('response_type') !== 'code') return { problem: 'response_type' };
  if (state === '') return { problem: 'state' };
  if (scopes.length === 0 || scopes.length > MAX_SCOPES) return { problem: 'scope' };
  if (codeChallenge !== null && query.get('code_challenge_method') !== 'S256')
    return { problem: 'code_challenge_method' };
  const isRightAudience = audience === world.audience();
  return {
    redirectUri,
    state,
    audience,
    codeChallenge,
    scopes: isRightAudience ? scopes : scopes.filter((scope) => scope === 'offline_access'),
  };
}

function isRegistered(world: LeverWorld, redirectUri: string): boolean {
  if (world.redirectUris !== null) return world.redirectUris.includes(redirectUri);
  return /^https?:$/.test(URL.parse(redirectUri)?.protocol ?? '');
}
