import helmet from '@fastify/helmet';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import type { People } from '@turn-lever/core/ports/people';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { describeError } from '../log.ts';
import type { ConsoleContext } from './access.ts';
import type { Authentication } from './authentication.ts';
import type { ConsoleRouter } from './create-router.ts';
import { guardOrigin } from './guard-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { registerSignIn, type SignInPorts } from './sign-in-routes.ts';

/** What the console's side of the server needs. */
export interface ConsolePorts extends SignInPorts {
  readonly publicUrl: string;
  readonly authentication: Authentication;
  readonly router: ConsoleRouter;
  readonly people: Pick<People, 'role'>;
  readonly now: () => number;
  readonly log: Logger;
}

/**
 * `/api/auth` and `/api/trpc`, all of it behind the guard of origins. Webhooks are registered beside it and get none of
 * this: vendors send no origin, and headers for browsers would only cost there.
 */
export const registerConsole = async (server: FastifyInstance, ports: ConsolePorts): Promise<void> => {
  await server.register(async (scope) => {
    await scope.register(helmet, {
      // JSON alone comes from here: nothing may be loaded or run, and nobody may frame it.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      ...securityHeaders(ports.publicUrl),
    });
    scope.addHook('onRequest', guardOrigin(ports.publicUrl));
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    registerSignIn(scope, ports);
    await scope.register(async (trpc) => {
      // Read by tRPC.
      trpc.removeContentTypeParser('application/json');
      trpc.addContentTypeParser(
        'application/json',
        { parseAs: 'string' },
        async (_request: unknown, body: string) => body,
      );
      trpc.route({
        method: ['GET', 'POST'],
        url: '/api/trpc/:path',
        handler: (request, reply) => answer(ports, request, reply),
      });
    });
  });
};

const answer = async (
  { authentication, publicUrl, router, people, now, log }: ConsolePorts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { signedIn, cookies } = await authentication.read(request.headers.cookie);
  const context: ConsoleContext = { signedIn, peer: request.ip, people, now };
  const isPost = request.method === 'POST';
  const response = await fetchRequestHandler({
    endpoint: '/api/trpc',
    router,
    // The host is ours, whatever the request says.
    req: new Request(new URL(request.url, publicUrl), {
      method: request.method,
      headers: { 'content-type': 'application/json' },
      ...(isPost ? { body: String(request.body ?? '') } : {}),
    }),
    // One call, one answer: tries of a password cannot be bundled.
    allowBatching: false,
    createContext: () => context,
    onError: ({ error, path }) => {
      if (error.code === 'INTERNAL_SERVER_ERROR')
        log.error({ ...describeError(error.cause ?? error), procedure: path }, 'request failed');
    },
  });
  if (cookies.length > 0) reply.header('set-cookie', cookies);
  if (response.status === 503) reply.header('retry-after', '5');
  return reply
    .code(response.status)
    .type('application/json')
    .send(await response.text());
};
