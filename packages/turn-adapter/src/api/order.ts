import type { ConnectionId, WorkerId } from '@turn-lever/core/ids';
import type { OrderRequest } from '@turn-lever/core/ordering/order-facts';
import type { OrderOutcome } from '@turn-lever/core/ports/check-provider';
import { PortError } from '@turn-lever/core/ports/port-error';
import { z } from 'zod';
import { readProblem } from './error-reader.ts';
import { isDeadToken } from './reply-error.ts';
import type { SendToTurn, TurnReply } from './request.ts';
import { vendorId } from './vendor-id.ts';

const route = 'POST /person/search_async';

const orderAnswer = z.object({
  worker_id: vendorId.nullish().catch(null),
  worker_uuid: vendorId.nullish().catch(null),
});

/**
 * Posts one order, once (`turn-api.md` §1.4). Turn has no idempotency key, so an outcome is `not-carried-out` only where
 * that is certain, and `unknown` in all doubt. Never throws.
 */
export const placeOrder = async (
  send: SendToTurn,
  connectionId: ConnectionId,
  order: {
    readonly referenceId: string;
    readonly request: OrderRequest;
    readonly callbackUrlOf: (connectionId: ConnectionId) => Promise<string>;
    readonly timeout: number;
  },
): Promise<OrderOutcome> => {
  let reply: TurnReply;
  try {
    const body = toBody(order.request, order.referenceId, await order.callbackUrlOf(connectionId));
    const { timeout } = order;
    reply = await send(connectionId, { method: 'POST', route, path: '/person/search_async', body, timeout });
  } catch (error) {
    // The sender throws before sending only; afterwards it returns.
    if (!(error instanceof PortError)) return { kind: 'not-carried-out', retryAfter: null };
    if (error.code === 'unauthorized') return { kind: 'unauthorized' };
    return { kind: 'not-carried-out', retryAfter: error.retryAfter };
  }
  try {
    return toOutcome(reply);
  } catch {
    // It has left: whatever is wrong with reading the answer, the order may be there.
    return { kind: 'unknown' };
  }
};

/** Nothing Turn does not need: birth date, SSN and address are Turn's form to ask for. */
const toBody = (request: OrderRequest, referenceId: string, callbackUrl: string): Record<string, string> => ({
  first_name: request.firstName,
  last_name: request.lastName,
  email: request.email,
  callback_url: callbackUrl,
  reference_id: referenceId,
  ...(request.phone === null ? {} : { phone_number: request.phone }),
  ...(request.packageId === null ? {} : { package_id: request.packageId }),
});

const toOutcome = (reply: TurnReply): OrderOutcome => {
  if (reply.kind === 'not-sent') return { kind: 'not-carried-out', retryAfter: null };
  if (reply.kind === 'lost') return { kind: 'unknown' };
  const { status, body, isJson, retryAfter } = reply;
  if (status >= 200 && status < 300) return acceptedOrUnknown(body);
  // 403 too: this token may not order, and only a person can mend that.
  if (isDeadToken(reply) || (status === 403 && isJson)) return { kind: 'unauthorized' };
  // Not 503, whatever it says: it may come from something in front of Turn that gave up waiting for the order.
  if (status === 429) return { kind: 'not-carried-out', retryAfter };
  const isRefusal = isJson && [400, 404, 409, 422].includes(status);
  return isRefusal ? { kind: 'refused', fields: readProblem(body).fields } : { kind: 'unknown' };
};

/** Also code 9400, a duplicate: Turn names the check that is there already, and it is the one to follow. */
const acceptedOrUnknown = (body: unknown): OrderOutcome => {
  const { data } = orderAnswer.safeParse(body);
  const workerId = data?.worker_id ?? data?.worker_uuid;
  return typeof workerId === 'string'
    ? { kind: 'accepted', workerId: workerId as WorkerId }
    : { kind: 'unknown' };
};
