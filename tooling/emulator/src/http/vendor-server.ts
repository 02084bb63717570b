import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, answerHeaders, answerText, Refusal } from './answer.ts';
import { addBodyParsers } from './body-parsers.ts';
import { bearerOf, type Handle } from './call.ts';
import { createFaultPlan, type Fault, type FaultPlan } from './fault-plan.ts';
import { createJournal, fingerprint, type Journal, type JournalEntry } from './journal.ts';
import { isCarriedOut, replacementAnswer, resetConnection, sendHalf, sendSlowly } from './send-faulty.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An HTTP server whose vendor routes are journaled and can be struck by faults, and whose own routes never are. */
export interface VendorServer {
  readonly app: FastifyInstance;
  readonly journal: Journal;
  readonly faults: FaultPlan;
  /** A route of the vendor's. */
  route(method: Method, path: string, handle: Handle): void;
  /** A route of the emulator's own: pages and control. */
  ownRoute(method: Method, path: string, handle: Handle): void;
  /** Starts listening; gives the origin. */
  listen(where: { host: string; port: number }): Promise<string>;
}

export interface VendorServerOptions {
  now: () => number;
  /** Answers a path nobody serves. */
  unknownRoute: Handle;
  /** The vendor's error shape for an unreadable request. */
  errorBody: (status: number, message: string) => unknown;
  /** Put on every vendor answer. */
  headers: Record<string, string>;
  /** What of a request body may be kept in the journal. */
  journaledBody?: (route: string, body: unknown) => unknown;
}

/** Builds the server without listening. */
export function createVendorServer(options: VendorServerOptions): VendorServer {
  const { journal, append } = createJournal();
  const { faults, take } = createFaultPlan();
  const underWay = new WeakMap<FastifyRequest, { entry: JournalEntry; fault: Fault | null }>();
  const app = Fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    // A reference id is free text of ours and stands in a path.
    routerOptions: { maxParamLength: 1000 },
  });
  addBodyParsers(app);

  function open(request: FastifyRequest): { entry: JournalEntry; fault: Fault | null } {
    const known = underWay.get(request);
    if (known !== undefined) return known;
    const bearer = bearerOf(request.headers);
    const entry: JournalEntry = {
      at: options.now(),
      method: request.method,
      path: request.url,
      route: `${request.method} ${request.routeOptions.url ?? '(unknown)'}`,
      status: null,
      accountId: null,
      tokenFingerprint: bearer === null ? null : fingerprint(bearer),
      body: null,
      fault: null,
      committed: false,
    };
    append(entry);
    const fault = take({ at: entry.at, route: entry.route, path: entry.path });
    entry.fault = fault?.kind ?? null;
    const opened = { entry, fault };
    underWay.set(request, opened);
    return opened;
  }

  function send(reply: FastifyReply, answer: Answer): FastifyReply {
    return reply.code(answer.status).headers(answerHeaders(answer)).send(answerText(answer));
  }

  async function carryOut(handle: Handle, request: FastifyRequest, entry: JournalEntry): Promise<Answer> {
    try {
      const answer = await handle({
        method: request.method,
        params: request.params as Record<string, string>,
        query: new URL(request.url, 'http://emulator').searchParams,
        body: request.body,
        headers: request.headers,
        entry,
      });
      entry.committed = request.method !== 'GET' && answer.status < 400;
      return answer;
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }

  async function serve(handle: Handle, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { entry, fault } = open(request);
    entry.body = options.journaledBody?.(entry.route, request.body) ?? request.body ?? null;
    if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { ref: false });
    const real = fault === null || isCarriedOut(fault) ? await carryOut(handle, request, entry) : null;
    if (fault?.kind === 'late') setTimeout(() => void carryOut(handle, request, entry), fault.ms).unref();
    if (fault?.kind === 'no-answer') return reply.hijack();
    const chosen = (fault === null ? null : replacementAnswer(fault)) ?? real ?? { status: 500 };
    const answer = { ...chosen, headers: { ...options.headers, ...chosen.headers } };
    if (fault?.kind === 'reset-after-committing') {
      resetConnection(request, reply);
      return reply;
    }
    entry.status = answer.status;
    if (fault?.kind === 'half-body') sendHalf(reply, answer);
    else if (fault?.kind === 'slow-drip') await sendSlowly(reply, answer, fault.intervalMs ?? 100);
    else return send(reply, answer);
    return reply;
  }

  // The earliest moment of a request: the body has not been read.
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    if (open(request).fault?.kind !== 'reset-before-reading') return;
    resetConnection(request, reply);
    return reply;
  };

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    const known = underWay.get(request);
    if (known !== undefined) known.entry.status = status;
    return send(reply, { status, body: options.errorBody(status, error.message), headers: options.headers });
  });
  app.setNotFoundHandler((request, reply) =>
    request.url.startsWith('/_emulator')
      ? send(reply, { status: 404, body: { message: 'The emulator has no such control route.' } })
      : serve(options.unknownRoute, request, reply),
  );
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send());

  return {
    app,
    journal,
    faults,
    route: (method, url, handle) =>
      void app.route({ method, url, onRequest, handler: (request, reply) => serve(handle, request, reply) }),
    ownRoute: (method, url, handle) =>
      void app.route({
        method,
        url,
        handler: async (request, reply) => {
          const entry = { committed: false } as JournalEntry;
          return send(reply, await carryOut(handle, request, entry));
        },
      }),
    async listen({ host, port }) {
      await app.listen({ host, port });
      const address = app.server.address() as AddressInfo;
      return `http://${host}:${address.port}`;
    },
  };
}
