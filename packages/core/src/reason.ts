/** Why a delivery or a check is where it is. A row without one does not exist. */
export type ReasonCode = keyof typeof reasons;

/** Who can do something about it. */
export type Actor = 'nobody' | 'recruiter' | 'super-admin' | 'turn-support';

interface Reason {
  /** One sentence for people. Never personal. */
  readonly text: string;
  readonly actor: Actor;
  /** What to do, or what happens by itself. */
  readonly advice: string;
  /** Whether the cause lies in the candidate's record, so that Lever shows it too. */
  readonly inRecord?: true;
}

/** Every reason with its words. The codes are stable: they stand in exports and in the database. */
export const reasons = {
  ordered: { text: 'Check ordered', actor: 'nobody', advice: 'Follow its status in Lever.' },
  'ignored.not_trigger_stage': {
    text: 'Moved to a stage that does not start checks',
    actor: 'nobody',
    advice: 'Nothing to do.',
  },
  'ignored.left_stage': {
    text: 'Already moved on when we looked in Lever',
    actor: 'nobody',
    advice: 'Nothing to do.',
  },
  'ignored.already_ordered': {
    text: 'This candidate already has a check',
    actor: 'super-admin',
    advice: 'A Super Admin may order again.',
  },
  'ignored.dismissed': {
    text: 'Dismissed by a person',
    actor: 'nobody',
    advice: 'Move the candidate into the stage again to reconsider.',
  },
  'ignored.cancelled': {
    text: 'Cancelled during the wait',
    actor: 'nobody',
    advice: 'Move the candidate into the stage again to order.',
  },
  'ignored.event_type': { text: 'Not a stage change', actor: 'nobody', advice: 'Nothing to do.' },
  'ignored.no_opportunity': {
    text: 'A stage change that names no candidate',
    actor: 'nobody',
    advice: 'Nothing to do.',
  },
  'ignored.archived': { text: 'Candidate archived in Lever', actor: 'nobody', advice: 'Nothing to do.' },
  'ignored.deleted': { text: 'Candidate removed in Lever', actor: 'nobody', advice: 'Nothing to do.' },
  'ignored.confidential': {
    text: 'Lever does not let us see this confidential candidate',
    actor: 'nobody',
    advice: 'Order in Turn directly.',
  },
  'ignored.anonymised': { text: 'Candidate anonymised in Lever', actor: 'nobody', advice: 'Nothing to do.' },
  'ignored.no_contact': {
    text: 'Lever says this candidate must not be contacted',
    actor: 'nobody',
    advice: 'Nothing to do.',
  },
  'ignored.before_connect': {
    text: 'Stood in the stage before ordering began',
    actor: 'super-admin',
    advice: 'May be ordered from the list.',
  },
  'held.package_unclear': {
    text: 'The package tags are not clear',
    actor: 'recruiter',
    inRecord: true,
    advice: 'Leave exactly one valid TurnPackage tag, then press Retry or wait for the next look.',
  },
  'held.packages_unavailable': {
    text: "Turn's package list cannot be read",
    actor: 'turn-support',
    advice: 'Tried again by itself; if it lasts, ask Turn support.',
  },
  'held.missing_data': {
    text: 'The candidate lacks something the order needs',
    actor: 'recruiter',
    inRecord: true,
    advice: 'Complete it in Lever, then press Retry or wait for the next look.',
  },
  'held.same_person': {
    text: 'This person already has an open check of this package',
    actor: 'super-admin',
    inRecord: true,
    advice: 'A Super Admin may order anyway.',
  },
  'held.left_stage': {
    text: 'Left the stage before we could look',
    actor: 'super-admin',
    advice: 'Order anyway, or Dismiss.',
  },
  'held.backlog': {
    text: 'Entered the stage long before we could look, or while ordering was paused',
    actor: 'super-admin',
    advice: 'Order or Discard.',
  },
  'held.bulk': { text: 'More than the hourly limit of orders', actor: 'super-admin', advice: 'Release.' },
  'held.config': {
    text: 'The trigger stage or the package no longer exists',
    actor: 'super-admin',
    advice: 'Choose again in the settings.',
  },
  'held.disconnected': {
    text: 'The connection to Lever or Turn is broken',
    actor: 'super-admin',
    advice: 'Reconnect.',
  },
  'held.paused': { text: 'Ordering is paused', actor: 'super-admin', advice: 'Resume ordering.' },
  'held.turn_rejected': {
    text: 'Turn refused the order',
    actor: 'recruiter',
    inRecord: true,
    advice: 'Correct the named fields in Lever, then press Retry.',
  },
  'held.unknown_result': {
    text: 'Turn did not answer and knows nothing of the order; we never order twice by ourselves',
    actor: 'super-admin',
    advice: 'Order again, after asking Turn.',
  },
  'held.test_identity': {
    text: "This is one of Turn's test names",
    actor: 'super-admin',
    inRecord: true,
    advice: 'Order anyway if this is a real person.',
  },
  'held.sandbox_person': {
    text: "A Lever sandbox orders only for Turn's test names",
    actor: 'super-admin',
    inRecord: true,
    advice: 'Use Darth Vader, Samwise Gamgee or Walter White, or connect production.',
  },
  'waiting.grace': { text: 'Waiting before ordering', actor: 'super-admin', advice: 'Cancel, or Order now.' },
  'waiting.answer': {
    text: "Turn's answer was lost; the order is being looked up, never sent again by itself",
    actor: 'nobody',
    advice: 'Looked up by itself for about an hour and a half.',
  },
  'waiting.retry': { text: 'Trying again', actor: 'nobody', advice: 'Tried again by itself.' },
  'failed.exhausted': { text: 'Gave up after many tries', actor: 'super-admin', advice: 'Retry.' },
  'rejected.signature': {
    text: 'Signature did not match the saved secret',
    actor: 'super-admin',
    advice: 'Paste the signature token again.',
  },
  'rejected.no_secret': {
    text: 'Arrived before a secret was saved',
    actor: 'super-admin',
    advice: 'Save the Webhook Secret.',
  },
  'rejected.clock': {
    text: 'Dated more than a day in the future',
    actor: 'turn-support',
    advice: 'Ask Turn support.',
  },
  'rejected.malformed': { text: 'Not readable', actor: 'turn-support', advice: 'Ask Turn support.' },
} as const satisfies Record<string, Reason>;

/** Codes under which a candidate waits for a person or for another look. */
export type HoldReason = Extract<ReasonCode, `held.${string}` | 'failed.exhausted'>;
/** Codes under which nothing will be ordered, and nobody needs to act. */
export type IgnoreReason = Extract<ReasonCode, `ignored.${string}`>;
/** Codes under which a webhook was turned away at the door. */
export type RejectReason = Extract<ReasonCode, `rejected.${string}`>;

/** The words for a code. */
export const reasonOf = (code: ReasonCode): Reason => reasons[code];

/** Whether the cause lies in the candidate's record: then Lever carries a note and `TurnStatus:Error`. */
export const isInRecord = (code: ReasonCode): boolean => reasonOf(code).inRecord === true;

const outages: readonly ReasonCode[] = [
  'held.disconnected',
  'held.paused',
  'held.config',
  'held.packages_unavailable',
  'failed.exhausted',
];

/** Whether the cause is an outage of ours that holds everybody at once, so that its end lets everybody go at once. */
export const isOutage = (code: ReasonCode): boolean => outages.includes(code);
