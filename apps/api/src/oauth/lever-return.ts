import { PortError } from '@turn-lever/core/ports/port-error';
import type { AuthorizationEnd } from '@turn-lever/core/use-cases/by-person/connection/finish-authorization';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Authentication } from '../console/authentication.ts';
import type { Authorizing } from './compose-authorization.ts';

/** Where Lever sends people back to; what is registered with the OAuth app is `PUBLIC_URL` and this. */
export const leverReturnPath = '/oauth/lever/return';

/** What the return from Lever needs. */
export interface LeverReturnPorts {
  readonly publicUrl: string;
  readonly authentication: Pick<Authentication, 'read'>;
  readonly authorizing: Pick<Authorizing, 'finish'>;
  readonly log: Logger;
}

// A person does this a few times a year.
const mostReturns = { max: 60, timeWindow: 60_000 };
const longestValue = 4096;

/** What of the query may matter, each once and no longer than anything Lever sends. */
const readReturn = (query: unknown): Readonly<Record<string, string>> => {
  const given = typeof query === 'object' && query !== null ? (query as Record<string, unknown>) : {};
  const names = ['state', 'code', 'error', 'iss'] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given[name];
      return typeof value === 'string' && value.length <= longestValue ? [[name, value]] : [];
    }),
  );
};

/** A page of ours with what became of it; nothing that Lever sent is repeated. */
const pageFor = (publicUrl: string, end: AuthorizationEnd): string => {
  const url = new URL(end.returnTo ?? '/settings', publicUrl);
  if (end.accountId !== null) url.searchParams.set('account', end.accountId);
  url.searchParams.set('lever', end.outcome);
  if (end.missing.length > 0) url.searchParams.set('missing', end.missing.join(' '));
  return url.pathname + url.search;
};

/** A person stands before a browser here: a store that is away is a sentence on a page, too. */
const finish = async (
  { authentication, authorizing }: LeverReturnPorts,
  { headers, query }: Pick<FastifyRequest, 'headers' | 'query'>,
): Promise<{ readonly end: AuthorizationEnd; readonly cookies: readonly string[] }> => {
  try {
    const { signedIn, cookies } = await authentication.read(headers.cookie);
    return { end: await authorizing.finish(readReturn(query), signedIn), cookies };
  } catch (error) {
    if (!(error instanceof PortError && error.isPassing)) throw error;
    return { end: { outcome: 'unavailable', missing: [], accountId: null, returnTo: null }, cookies: [] };
  }
};

/**
 * `GET /oauth/lever/return`. Comes from another site by nature, so what lets it in is the state: made for this session,
 * used once. The cookie is `SameSite=Lax`, which browsers send with such a return.
 */
export const registerLeverReturn = (server: FastifyInstance, ports: LeverReturnPorts): void => {
  const { publicUrl, log } = ports;
  const options = { config: { rateLimit: mostReturns }, exposeHeadRoute: false };
  server.get(leverReturnPath, options, async (request, reply) => {
    // The address holds the code: it must reach neither a cache nor the next page.
    reply.headers({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    const { end, cookies } = await finish(ports, request);
    if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
    log.info({ accountId: end.accountId, outcome: end.outcome }, 'returned from Lever');
    return reply.redirect(pageFor(publicUrl, end), 303);
  });
};
