import { randomUUID } from 'node:crypto';
import type { Check } from './check.ts';

/** The account-wide status webhook: unsigned, without turn_id and reference_id (turn-api.md §1.7a). */
export function statusBody(check: Check, originalState: string, at: number): Record<string, unknown> {
  return {
    event_id: randomUUID(),
    timestamp: Math.floor(at / 1000),
    original_state: originalState,
    state: check.state,
    worker_id: check.workerId,
    worker_email: check.candidate.email,
    team_member_email: null,
    dashboard_url: check.dashboardUrl,
    consent_date: check.consentDate,
    recheck_date: check.recheckDate,
    cm_criminal_enroll: false,
    criminal_monitoring_triggered: false,
  };
}

/**
 * The results webhook to a check's own callback URL (turn-api.md §1.7b): whole records of an invented person, so that
 * tests can show that none of it is kept.
 */
export function resultsBody(check: Check): Record<string, unknown> {
  return {
    ...detailsBody(check),
    callback_uuid: check.uuid,
    checks: {
      criminal: Array.from({ length: 20 }, (_, index) => criminalRecord(check, index)),
      sex_offender: [],
      watchlist: [],
      mvr: [{ license_number: 'X0000000', state: 'CA', violations: ['Invented speeding'] }],
    },
  };
}

/** `GET /person/:id/details`: everything about the person, never needed by an integration (turn-api.md §1.6). */
export function detailsBody(check: Check): Record<string, unknown> {
  const isComplete = ['approved', 'pending', 'rejected'].includes(check.state);
  return {
    partner_worker_status: check.state,
    complete: isComplete,
    ...(isComplete ? {} : { warning: 'This check is not complete. Take no action yet.' }),
    turn_id: check.turnId,
    reference_id: check.referenceId,
    worker_uuid: check.workerId,
    dashboard_url: check.dashboardUrl,
    consent_date: check.consentDate,
    recheck_date: check.recheckDate,
    first_name: check.candidate.firstName,
    last_name: check.candidate.lastName,
    email: check.candidate.email,
    date_of_birth: '1977-05-25',
    ssn: 'XXX-XX-0000',
    address: { street_line: '1 Invented Street', city: 'Exampleville', state: 'CA', zipcode: '00000' },
  };
}

function criminalRecord(check: Check, index: number): Record<string, unknown> {
  return {
    case_number: `INVENTED-${index}`,
    full_name: `${check.candidate.firstName} ${check.candidate.lastName}`,
    offense: 'Invented offense for emulation only',
    disposition: 'Dismissed',
    court: 'Superior Court of Exampleville',
    date_of_birth: '1977-05-25',
    narrative: 'This record was made up by the emulator. '.repeat(10),
  };
}
