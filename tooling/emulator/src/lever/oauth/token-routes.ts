import { type Answer, Refusal } from '../../http/answer.ts';
import { type Call, isObject } from '../../http/call.ts';
import { fingerprint } from '../../http/journal.ts';
import type { LeverWorld } from '../world.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { Grant, TokenPair } from './grants.ts';

/** `POST /oauth/token` and `/oauth/revoke`, form or JSON, credentials in the body (lever-api.md §2.1, §3.6). */
export function addTokenRoutes(world: LeverWorld, codes: AuthorizationCodes): void {
  world.server.route('POST', '/oauth/token', (call) => {
    const fields = clientFields(world, call);
    switch (fields.grant_type) {
      case 'authorization_code':
        return answerWith(world, call, redeemCode(world, codes, fields));
      case 'refresh_token': {
        const refreshed = world.grants.refresh(fields.refresh_token ?? '', world.clientId);
        if (refreshed === null) throw refusal(403, 'invalid_grant', 'Unknown or invalid refresh token.');
        return answerWith(world, call, refreshed);
      }
      default:
        throw refusal(400, 'unsupported_grant_type', 'Unsupported grant type');
    }
  });

  world.server.route('POST', '/oauth/revoke', (call) => {
    world.grants.revokeRefreshToken(clientFields(world, call).token ?? '');
    return { status: 200, body: {} };
  });
}

/** Request bodies for the journal: secrets become fingerprints. */
export function withoutSecrets(route: string, body: unknown): unknown {
  if (!route.includes('/oauth/') || !isObject(body)) return body;
  const secret = ['client_secret', 'refresh_token', 'code', 'code_verifier', 'token'];
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      secret.includes(name) ? fingerprint(String(value)) : value,
    ]),
  );
}

function clientFields(world: LeverWorld, call: Call): Record<string, string | undefined> {
  if (!isObject(call.body)) throw refusal(400, 'invalid_request', 'Missing required parameters');
  const fields = call.body as Record<string, string | undefined>;
  if (fields.client_id !== world.clientId || fields.client_secret !== world.clientSecret) {
    throw refusal(401, 'access_denied', 'Unauthorized');
  }
  return fields;
}

function redeemCode(
  world: LeverWorld,
  codes: AuthorizationCodes,
  fields: Record<string, string | undefined>,
) {
  const approval = codes.redeem({
    code: fields.code ?? '',
    redirectUri: fields.redirect_uri ?? '',
    verifier: fields.code_verifier,
  });
  if ('problem' in approval) throw refusal(403, 'invalid_grant', approval.problem);
  return world.grants.create({
    accountId: approval.accountId,
    userId: approval.userId,
    clientId: world.clientId,
    scopes: approval.request.scopes,
    audience: approval.request.audience,
  });
}

function answerWith(
  world: LeverWorld,
  call: Call,
  { grant, tokens }: { grant: Grant; tokens: TokenPair },
): Answer {
  call.entry.accountId = grant.accountId;
  return {
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: {
      access_token: tokens.accessToken,
      ...(tokens.refreshToken === null ? {} : { refresh_token: tokens.refreshToken }),
      token_type: 'Bearer',
      scope: grant.scopes.join(' '),
      expires_in: Math.round((tokens.expiresAt - world.now()) / 1000),
    },
  };
}

function refusal(status: number, error: string, description: string): Refusal {
  return new Refusal({ status, body: { error, error_description: description } });
}
