import type { ConnectionId, TurnId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import { readProblem } from './error-reader.ts';
import { replyError } from './reply-error.ts';
import type { SendToTurn } from './request.ts';

const route = 'POST /fcra/:turn_id/email/consent/resend';

/**
 * Has Turn send the candidate's invitation once more (`turn-api.md` §1.4).
 *
 * @throws PortError `not-found` where Turn knows no such check, `rejected` where the candidate has accepted already or
 * was never invited; the others as the port says.
 */
export const resendInvitation = async (
  send: SendToTurn,
  connectionId: ConnectionId,
  turnId: TurnId,
  timeout: number,
): Promise<void> => {
  const notFound = () => new PortError('not-found', 'Turn knows no such check.', { vendor: 'turn' });
  if (/^\.*$/u.test(turnId)) throw notFound();
  const path = `/fcra/${encodeURIComponent(turnId.toWellFormed())}/email/consent/resend`;
  const reply = await send(connectionId, { method: 'POST', route, path, timeout });
  if (reply.kind !== 'answered') throw replyError(reply, route);
  if (reply.status >= 200 && reply.status < 300) return;
  const isUnknown = reply.status === 404 || (reply.status === 422 && readProblem(reply.body).isUnknownWorker);
  throw isUnknown && reply.isJson ? notFound() : replyError(reply, route);
};
