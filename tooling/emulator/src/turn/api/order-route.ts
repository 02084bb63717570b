import { randomBytes, randomUUID } from 'node:crypto';
import type { TurnAccountState } from '../account/account-state.ts';
import { newCheck } from '../account/check.ts';
import type { Progress } from '../account/progress.ts';
import { type OrderFields, readOrder } from './order-fields.ts';
import { type AddTurnRoute, refusal } from './turn-route.ts';

/**
 * `POST /person/search_async` (turn-api.md §1.4). There is no idempotency: a repeated order is a second check, even
 * with the same reference id. The answer lacks the turn id.
 */
export function addOrderRoute(
  add: AddTurnRoute,
  options: { now: () => number; url: () => string; progress: Progress },
): void {
  add('POST', '/v1/person/search_async', ({ state, body }) => {
    const order = readOrder(body);
    if ('errors' in order) throw refusal(422, order.errors);
    if (!offers(state, order.packageId))
      throw refusal(422, { message: `Package ${order.packageId} doesn't exist.` });
    const check = newCheck(
      {
        candidate: {
          firstName: order.firstName,
          lastName: order.lastName,
          email: order.email,
          phoneNumber: order.phoneNumber,
        },
        callbackUrl: order.callbackUrl,
        referenceId: order.referenceId,
        packageId: order.packageId,
        isStarted: order.doChecks,
        isEmailed: order.emailCandidate,
      },
      options.now(),
      (workerId) => `${options.url()}/workers/${workerId}`,
    );
    state.checks.push(check);
    if (order.doChecks) options.progress.start(state, check);
    const consentUrl = `${options.url()}/consent/${randomBytes(24).toString('base64url')}`;
    return { status: 200, body: answer(order, check, consentUrl) };
  });
}

function offers(state: TurnAccountState, packageId: string | null): boolean {
  return (
    packageId === null ||
    state.packages === 'not-offered' ||
    state.packages.some(({ id }) => id === packageId)
  );
}

function answer(order: OrderFields, check: { uuid: string; workerId: string }, consentUrl: string) {
  const isSent = order.doChecks && order.emailCandidate;
  const notSent = { message: 'Not requested', status: false };
  return {
    message: { code: '9200', message: 'Background check initiated', request_uuid: randomUUID() },
    candidate_consent_url: consentUrl,
    first_name: order.firstName,
    last_name: order.lastName,
    email: order.email,
    phone_number: order.phoneNumber,
    package_id: order.packageId,
    reference_id: order.referenceId,
    redirect_url: order.redirectUrl,
    callback_url: order.callbackUrl,
    email_status: isSent ? { message: 'Email queued', status: true } : notSent,
    sms_status: isSent && order.phoneNumber !== null ? { message: 'SMS queued', status: true } : notSent,
    uuid: check.uuid,
    worker_id: check.workerId,
  };
}
