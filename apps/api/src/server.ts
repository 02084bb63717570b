import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { answerTo } from './answers.ts';
import type { Pages } from './console/pages/read-pages.ts';
import { registerPages } from './console/pages/register-pages.ts';
import { type ConsolePorts, registerConsole } from './console/register-console.ts';
import { describeError } from './log.ts';
import { type LeverReturnPorts, registerLeverReturn } from './oauth/lever-return.ts';
import { type HealthPorts, registerHealth } from './routes/health.ts';
import { type LeverWebhookPorts, registerLeverWebhook } from './routes/lever-webhook.ts';
import { registerTurnWebhook, type TurnWebhookPorts } from './routes/turn-webhook.ts';

/** What the HTTP side needs. */
export interface ServerConfig {
  readonly trustProxy: readonly string[] | null;
  readonly log: Logger;
  readonly health: HealthPorts;
  /** Null on a process that only works. */
  readonly webhooks: (LeverWebhookPorts & TurnWebhookPorts) | null;
  /** Null on a process that only works. */
  readonly console: ConsolePorts | null;
  /** Null on a process that only works. */
  readonly leverReturn: LeverReturnPorts | null;
  /** The console's pages; null on a process that only works, and where they were not built. */
  readonly pages: Pages | null;
}

// Lever's and Turn's status deliveries are below 2 kB.
const bodyLimit = 64 * 1024;
// A body that drips in slower than this is cut off, in ms.
const requestTimeout = 10_000;
// While closing, in ms.
const lookForIdleEvery = 50;

/** Builds the HTTP server without listening. Every failure answers JSON with a code and a sentence, and no inner detail. */
export const buildServer = async ({
  trustProxy,
  log,
  health,
  webhooks,
  console,
  leverReturn,
  pages,
}: ServerConfig): Promise<FastifyInstance> => {
  const server = fastify({
    bodyLimit,
    requestTimeout,
    // Node looks for late requests every 30 s unless told otherwise.
    http: { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: 1000 },
    trustProxy: trustProxy === null ? false : [...trustProxy],
    // One line per delivery is written where it is decided; a line per request would be most of the work of receiving.
    logger: false,
    routerOptions: { maxParamLength: 16_384 },
    // What cannot even be routed: it would repeat the address.
    frameworkErrors: (_error, _request, reply: FastifyReply) => void reply.code(400).send(answerTo(400)),
  });
  // Fastify would take plain text too; vendors send JSON.
  server.removeContentTypeParser('text/plain');
  server.setErrorHandler(async (error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500)
      log.error({ ...describeError(error), route: request.routeOptions.url }, 'request failed');
    if (status === 503) reply.header('retry-after', '5');
    return reply.code(status).send(answerTo(status));
  });
  server.setNotFoundHandler(async (_request, reply) => reply.code(404).send(answerTo(404)));
  closeAnsweredConnections(server);
  await server.register(rateLimit, { global: false });
  registerHealth(server, health);
  if (webhooks !== null) {
    registerLeverWebhook(server, webhooks);
    registerTurnWebhook(server, webhooks);
  }
  if (console !== null) await registerConsole(server, console);
  if (leverReturn !== null) registerLeverReturn(server, leverReturn);
  if (console !== null && pages !== null)
    await registerPages(server, { pages, publicUrl: console.publicUrl });
  return server;
};

/**
 * Closing ends connections that are idle at that moment. One whose answer is still to come would afterwards be kept alive
 * for as long as its client likes, and the program could not end in time.
 */
const closeAnsweredConnections = (server: FastifyInstance): void => {
  server.addHook('preClose', async () => {
    const timer = setInterval(() => server.server.closeIdleConnections(), lookForIdleEvery);
    server.server.once('close', () => clearInterval(timer));
  });
};

/** A port that cannot store answers 503; what Fastify refuses keeps its status; anything else is ours to mend. */
const statusOf = (error: unknown): number => {
  if (typeof error !== 'object' || error === null) return 500;
  if ('code' in error && error.code === 'unavailable') return 503;
  const status = 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
};
