import type { FastifyInstance } from 'fastify';
import { within } from '../within.ts';

/** What readiness depends on. Vendors are no part of it: their outage must not stop receiving. */
export interface HealthPorts {
  /** Whether the database answers and has the schema this program expects. */
  readonly isDatabaseReady: () => Promise<boolean>;
  readonly isStopping: () => boolean;
}

/** `/livez`: the process runs. `/readyz`: it can receive. */
export const registerHealth = (
  server: FastifyInstance,
  { isDatabaseReady, isStopping }: HealthPorts,
): void => {
  server.get('/livez', async () => ({ status: 'ok' }));
  server.get('/readyz', async (_request, reply) => {
    const isReady = !isStopping() && (await within(2000, isDatabaseReady()).catch(() => false));
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'not ready' });
  });
};
