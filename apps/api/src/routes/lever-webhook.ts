import { randomUUID } from 'node:crypto';
import type { CorrelationId } from '@turn-lever/core/ids';
import type { Admission, createAdmitDelivery } from '@turn-lever/core/use-cases/admit-delivery';
import { parseLeverDelivery } from '@turn-lever/lever-adapter/webhook/parse';
import { verifyLeverSignature } from '@turn-lever/lever-adapter/webhook/verify';
import type { FastifyInstance } from 'fastify';
import { answerTo } from '../answers.ts';
import { within } from '../within.ts';

/** What receiving from Lever needs. */
export interface LeverWebhookPorts {
  readonly admitDelivery: ReturnType<typeof createAdmitDelivery>;
}

// Lever waits for an answer longer than that, and comes again after a 503. In ms.
const answerWithin = 8000;

// Unknown addresses and wrong signatures look the same to whoever tries them.
const statusOf: Record<Admission, number> = {
  stored: 200,
  duplicate: 200,
  ping: 200,
  refused: 401,
  malformed: 401,
  flooded: 429,
  'not-yet': 503,
  gone: 410,
};

/** `POST /webhooks/lever/:key`: answers 200 only once the delivery is committed. */
export const registerLeverWebhook = (server: FastifyInstance, ports: LeverWebhookPorts): void => {
  // Counts failures only: a genuine bulk move is never slowed down, and is verified however many failures came before.
  const countFailure = server.createRateLimit({
    max: 120,
    timeWindow: '1 minute',
    keyGenerator: (request) => request.ip,
  });
  server.post<{ Params: { key: string } }>('/webhooks/lever/:key', async (request, reply) => {
    const read = parseLeverDelivery(request.body);
    const admitted = ports.admitDelivery({
      key: request.params.key,
      message: read.kind === 'malformed' ? null : read,
      isSignedBy: (signatureTokens) =>
        read.kind !== 'malformed' &&
        verifyLeverSignature({ ...read, triggeredAtText: read.triggeredAt.text }, signatureTokens),
      correlationId: randomUUID() as CorrelationId,
      mayCount: async () => !isExceeded(await countFailure(request)),
    });
    const { admission } = await within(answerWithin, admitted);
    const status = statusOf[admission];
    // Nobody wakes the relay here: storing what is due at once does that in its transaction, and the rest has to wait.
    if (status === 200) return reply.code(200).send({ status: admission });
    if (status === 503) reply.header('retry-after', '60');
    return reply.code(status).send(answerTo(status));
  });
};

const isExceeded = (failures: { readonly isAllowed: boolean; readonly isExceeded?: boolean }): boolean =>
  !failures.isAllowed && failures.isExceeded === true;
