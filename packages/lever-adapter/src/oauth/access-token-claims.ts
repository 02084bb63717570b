import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { leverId } from '../lever-id.ts';

const optionalId = leverId.optional().catch(undefined);
const claims = z.object({
  'https://oauth.lever.co/accountId': optionalId,
  'https://oauth.lever.co/userId': optionalId,
  scope: z.string().optional().catch(undefined),
});

/** What a token says of whom it is for. */
export interface AccessTokenClaims {
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly scope: string | null;
}

/**
 * Reads Lever's own claims from an access token that came straight from Lever's token endpoint; its signature is Lever's
 * to check. Tolerant: what is absent or odd is null, since Lever promises none of it (`lever-api.md` §2.1).
 */
export const readAccessTokenClaims = (accessToken: string): AccessTokenClaims => {
  const nothing = { accountId: null, userId: null, scope: null };
  const [, payload = ''] = accessToken.split('.');
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return nothing;
  }
  const read = claims.safeParse(json);
  if (!read.success) return nothing;
  return {
    accountId: read.data['https://oauth.lever.co/accountId'] ?? null,
    userId: read.data['https://oauth.lever.co/userId'] ?? null,
    scope: read.data.scope ?? null,
  };
};
