import { PortError } from '@turn-lever/core/ports/port-error';
import { readProblem } from './error-reader.ts';
import type { TurnReply } from './request.ts';

const vendor = 'turn';

/** Whether Turn says that the token is dead: 401, or 400 `invalid_header` (`turn-api.md` §1.2). */
export const isDeadToken = (reply: TurnReply): boolean =>
  reply.kind === 'answered' &&
  (reply.status === 401 || (reply.status === 400 && readProblem(reply.body).code === 'invalid_header'));

/**
 * The error for a reply that a call can make nothing of. A page of HTML with a 4xx comes from something in front of
 * Turn, so it passes; so does a 2xx of the wrong shape. `route` stands in the message, which quotes nothing of Turn's.
 */
export const replyError = (reply: TurnReply, route: string): PortError => {
  if (reply.kind !== 'answered') {
    return new PortError('unavailable', `No answer from Turn to ${route}.`, {
      vendor,
      cause: reply.cause,
    });
  }
  const { status, isJson, retryAfter } = reply;
  const message = `Turn answered ${status} to ${route}.`;
  if (isDeadToken(reply)) return new PortError('unauthorized', message, { vendor });
  if (status === 403) return new PortError('forbidden', message, { vendor });
  if (status === 429) return new PortError('rate-limited', message, { vendor, retryAfter });
  const isRefusal = status >= 400 && status < 500 && status !== 408 && isJson;
  return new PortError(isRefusal ? 'rejected' : 'unavailable', message, { vendor, retryAfter });
};
