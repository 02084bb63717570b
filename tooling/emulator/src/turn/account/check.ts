import { randomInt, randomUUID } from 'node:crypto';

/** The person as ordered; Turn's form would collect the rest. */
export interface CheckCandidate {
  firstName: string;
  lastName: string;
  email: string;
  phoneNumber: string | null;
}

/** One background check (turn-api.md §1.3). A live object: it shows later changes. */
export interface Check {
  readonly workerId: string;
  /** `C` and ten digits. */
  readonly turnId: string;
  readonly referenceId: string | null;
  /** Null: the account's default package. */
  readonly packageId: string | null;
  /** Ties the results webhook to the order's answer. */
  readonly uuid: string;
  readonly callbackUrl: string;
  readonly candidate: CheckCandidate;
  /** ms. */
  readonly createdAt: number;
  /** Raw API state such as `pending__first_notice`. */
  state: string;
  dashboardUrl: string;
  /** ISO times. */
  consentDate: string | null;
  recheckDate: string | null;
  /** Whether a person was ever invited. */
  isInvited: boolean;
  invitationsSent: number;
}

export interface NewCheck {
  candidate: CheckCandidate;
  callbackUrl: string;
  referenceId: string | null;
  packageId: string | null;
  /** False: stands by in `initiated`, nobody is invited (`do_checks`, turn-api.md §1.4). */
  isStarted: boolean;
  isEmailed: boolean;
}

export function newCheck(input: NewCheck, now: number, dashboardUrl: (workerId: string) => string): Check {
  const workerId = randomUUID();
  const isInvited = input.isStarted && input.isEmailed;
  return {
    workerId,
    turnId: `C${String(randomInt(10_000_000_000)).padStart(10, '0')}`,
    referenceId: input.referenceId,
    packageId: input.packageId,
    uuid: randomUUID(),
    callbackUrl: input.callbackUrl,
    candidate: input.candidate,
    createdAt: now,
    state: input.isStarted ? 'emailed' : 'initiated',
    dashboardUrl: dashboardUrl(workerId),
    consentDate: null,
    recheckDate: null,
    isInvited,
    invitationsSent: isInvited ? 1 : 0,
  };
}

/** Turn's own states, in the usual order (turn-api.md §1.6). */
export const turnStates: readonly string[] = [
  'initiated',
  'emailed',
  'consent',
  'processing',
  'review__identity',
  'review',
  'review__qa',
  'review__so',
  'review__mvr',
  'review__cm',
  'pending',
  'approved',
  'pending__first_notice',
  'pending__second_notice',
  'pending__dispute',
  'pending__resolved',
  'rejected',
  'withdrawn',
];

const beforeConsent = ['initiated', 'emailed'];

/** Changes the state; the first state after the invitation sets the consent date, a recheck its own. Gives the old state. */
export function changeState(check: Check, state: string, at: number, isRecheck: boolean): string {
  const before = check.state;
  check.state = state;
  const date = new Date(at).toISOString();
  if (!beforeConsent.includes(state) && state !== 'withdrawn') check.consentDate ??= date;
  if (isRecheck) check.recheckDate = date;
  return before;
}

/** Names for which Turn simulates a report full of hits, whatever else is sent (turn-api.md §1.9). */
export function isTestIdentity({ firstName, lastName }: CheckCandidate): boolean {
  const name = `${firstName} ${lastName}`.trim().toLowerCase();
  return ['darth vader', 'samwise gamgee', 'walter white'].includes(name);
}
