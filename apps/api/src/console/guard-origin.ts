import type { onRequestHookHandler } from 'fastify';
import { answerTo } from '../answers.ts';

/** What the console sends with every request; a foreign page cannot without being asked for leave, which nobody gives. */
const consoleHeader = 'x-turn-lever';

/**
 * Refuses what the console's own pages did not send, before anything is read: a foreign, missing or opaque origin, a
 * request across sites, or one without our header. A GET of the same origin carries no `Origin`.
 */
export const guardOrigin =
  (publicUrl: string): onRequestHookHandler =>
  async (request, reply) => {
    const { origin, 'sec-fetch-site': site, [consoleHeader]: header } = request.headers;
    const isFromHere = origin === publicUrl || (origin === undefined && request.method === 'GET');
    const isSameSite = site === undefined || site === 'same-origin';
    if (!isFromHere || !isSameSite || header !== 'console') return reply.code(403).send(answerTo(403));
    return undefined;
  };
