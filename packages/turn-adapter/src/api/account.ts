import type { ConnectionId } from '@turn-lever/core/ids';
import { z } from 'zod';
import { toStorable } from '../storable-text.ts';
import { replyError } from './reply-error.ts';
import type { SendToTurn } from './request.ts';

const route = 'GET /public_api/me';
const accountAnswer = z.object({ name: z.string().overwrite(toStorable).trim().min(1) });

/**
 * The name of the account a token belongs to; also the way to find out whether the token works (`turn-api.md` §1.2).
 *
 * @throws PortError as the port says.
 */
export const readAccountName = async (
  send: SendToTurn,
  connectionId: ConnectionId,
  { timeout, token }: { readonly timeout: number; readonly token: string | undefined },
): Promise<string> => {
  const other = token === undefined ? {} : { token };
  const reply = await send(connectionId, { method: 'GET', route, path: '/public_api/me', timeout, ...other });
  const parsed =
    reply.kind === 'answered' && reply.status === 200 ? accountAnswer.safeParse(reply.body) : undefined;
  if (parsed?.success !== true) throw replyError(reply, route);
  return parsed.data.name.slice(0, 200).toWellFormed();
};
