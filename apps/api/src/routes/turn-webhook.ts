import type { WorkerId } from '@turn-lever/core/ids';
import type { createWakeCheck } from '@turn-lever/core/use-cases/wake-check';
import { parseTurnWebhook } from '@turn-lever/turn-adapter/webhook/parse';
import type { FastifyInstance } from 'fastify';
import { answerTo } from '../answers.ts';
import { within } from '../within.ts';

// In ms.
const answerWithin = 8000;

/** What receiving from Turn needs. */
export interface TurnWebhookPorts {
  readonly wakeCheck: ReturnType<typeof createWakeCheck>;
  /** Called after a check became due. */
  readonly onStored: () => void;
}

/**
 * `POST /webhooks/turn/:key`. Turn signs nothing, so what it says is only a hint to look at a check; of a results body
 * nothing but the id is taken out of memory. A check that is not ours is answered like one that is.
 */
export const registerTurnWebhook = (server: FastifyInstance, ports: TurnWebhookPorts): void => {
  server.post<{ Params: { key: string } }>('/webhooks/turn/:key', async (request, reply) => {
    const read = parseTurnWebhook(request.body);
    const workerId = read.kind === 'unknown' ? null : (read.workerId as WorkerId);
    const word = { workerId, isStatus: read.kind === 'status' };
    const outcome = await within(answerWithin, ports.wakeCheck(request.params.key, word));
    if (outcome === 'refused') return reply.code(401).send(answerTo(401));
    if (outcome === 'gone') return reply.code(410).send(answerTo(410));
    if (outcome === 'woken') ports.onStored();
    return reply.code(204).send();
  });
};
