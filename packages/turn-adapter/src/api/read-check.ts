import type { ConnectionId, TurnId, WorkerId } from '@turn-lever/core/ids';
import type { ObservedCheck } from '@turn-lever/core/ports/check-provider';
import { PortError } from '@turn-lever/core/ports/port-error';
import { z } from 'zod';
import { toStorable } from '../storable-text.ts';
import { readProblem } from './error-reader.ts';
import { replyError } from './reply-error.ts';
import { judgeReportUrl, type ReportUrlRules } from './report-url.ts';
import type { SendToTurn, TurnReply } from './request.ts';
import { toCheckStatus } from './status.ts';
import { turnIdText, vendorId } from './vendor-id.ts';

const route = 'GET /person/:id/status';

// Only what is shown. `/details`, which carries the whole report and its person, is never called.
const statusAnswer = z.object({
  state: z.string().overwrite(toStorable).trim().min(1).max(200),
  worker_id: vendorId.nullish().catch(null),
  worker_uuid: vendorId.nullish().catch(null),
  turn_id: turnIdText.nullish().catch(null),
  dashboard_url: z.unknown().optional(),
  recheck_date: z.string().overwrite(toStorable).min(1).max(100).nullish().catch(null),
});

/**
 * Reads a check by Turn's UUID, Turn ID or our reference, all of which Turn takes in the same place (`turn-api.md`
 * §1.3). This is the only place where Turn says its Turn ID to us. Null where Turn knows none.
 *
 * @throws PortError as the port says.
 */
export const readCheck = async (
  send: SendToTurn,
  connectionId: ConnectionId,
  id: string,
  options: { readonly timeout: number; readonly rules: ReportUrlRules },
): Promise<ObservedCheck | null> => {
  // A segment of dots alone would climb up the path, encoded or not.
  if (/^\.*$/u.test(id)) return null;
  const path = `/person/${encodeURIComponent(id.toWellFormed())}/status`;
  const reply = await send(connectionId, { method: 'GET', route, path, timeout: options.timeout });
  if (isUnknown(reply)) return null;
  if (reply.kind === 'answered' && reply.status === 404) {
    throw new PortError('unavailable', `${route} is not there.`, { vendor: 'turn' });
  }
  const parsed =
    reply.kind === 'answered' && reply.status === 200 ? statusAnswer.safeParse(reply.body) : undefined;
  if (parsed?.success !== true) throw replyError(reply, route);
  const { state, worker_id, worker_uuid, turn_id, dashboard_url, recheck_date } = parsed.data;
  const workerId = worker_id ?? worker_uuid ?? null;
  if (workerId === null) {
    throw new PortError('unavailable', `Turn named no check in its answer to ${route}.`, { vendor: 'turn' });
  }
  return {
    workerId: workerId as WorkerId,
    turnId: (turn_id ?? null) as TurnId | null,
    status: { status: toCheckStatus(state), raw: state, recheckDate: recheck_date ?? null },
    reportUrl: judgeReportUrl(dashboard_url, options.rules),
  };
};

/**
 * Turn answers 422 with a sentence of its own (`turn-api.md` §1.8). A 404 is somebody else's, a gateway's or a wrong
 * address: to take it for "unknown" could order a second check.
 */
const isUnknown = (reply: TurnReply): boolean =>
  reply.kind === 'answered' && reply.status === 422 && readProblem(reply.body).isUnknownWorker;
