import type { Progress } from '../account/progress.ts';
import { detailsBody } from '../account/webhook-bodies.ts';
import { type AddTurnRoute, checkOf, refusal, type TurnCall } from './turn-route.ts';

const rerunnable = ['approved', 'pending', 'rejected'];

/** Reading, inviting again, rerunning and ending a check (turn-api.md §1.4, §1.6). */
export function addCheckRoutes(add: AddTurnRoute, progress: Progress): void {
  add('GET', '/v1/person/:id/status', (call) => {
    const check = checkOf(call, 422);
    return {
      status: 200,
      body: {
        state: check.state,
        turn_id: check.turnId,
        worker_id: check.workerId,
        worker_email: check.candidate.email,
        dashboard_url: check.dashboardUrl,
        consent_date: check.consentDate,
        recheck_date: check.recheckDate,
        cm_criminal_enroll: false,
        criminal_monitoring_triggered: false,
      },
    };
  });

  // Full personal data. It is here so that the journal can show that nobody asks for it.
  add('GET', '/v1/person/:id/details', (call) => {
    const check = checkOf(call, 422);
    if (check.consentDate === null) throw refusal(422, { message: 'The candidate has not consented yet.' });
    return { status: 200, body: detailsBody(check) };
  });

  add('POST', '/v1/person/:id/run', (call) => {
    const check = checkOf(call, 422);
    if (check.state !== 'initiated') return { status: 205 };
    start(call);
    return { status: 200, body: { message: 'The check has been started.' } };
  });

  add('POST', '/v1/fcra/:id/email/consent/resend', (call) => {
    const check = checkOf(call, 404);
    if (check.consentDate !== null) throw refusal(422, { message: 'The candidate has already accepted.' });
    if (!check.isInvited) throw refusal(422, { message: 'The candidate was never invited.' });
    check.invitationsSent += 1;
    return { status: 200, body: { message: 'The invitation has been sent again.' } };
  });

  add('PUT', '/v1/fcra_check/:id/recheck', (call) => {
    const check = checkOf(call, 404);
    if (!rerunnable.includes(check.state))
      throw refusal(422, { message: `Cannot recheck from ${check.state}.` });
    advance(call, 'processing', { recheck: true });
    return { status: 200, body: { message: 'The check is being rerun.', turn_id: check.turnId } };
  });

  // Undocumented, seen in an integrator's code only.
  for (const [verb, state] of [
    ['approve', 'approved'],
    ['reject', 'rejected'],
    ['withdraw', 'withdrawn'],
  ] as const) {
    add('PUT', `/v1/fcra/:id/${verb}`, (call) => {
      advance(call, state, {});
      return { status: 200, body: { message: `The check is ${state}.` } };
    });
  }

  function start(call: TurnCall): void {
    const check = checkOf(call, 422);
    check.isInvited = true;
    check.invitationsSent += 1;
    advance(call, 'emailed', {});
    progress.start(call.state, check);
  }

  /** The webhooks go out after the answer. */
  function advance(call: TurnCall, state: string, options: { recheck?: boolean }): void {
    void progress.advance(call.state, checkOf(call, 404), state, options);
  }
}
