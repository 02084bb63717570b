/** Faults that are ordered beforehand and strike at the next call they fit. */
export const plannedFaults = [
  /** Turn carried the order out; its answer was lost. */
  'turn-order-lost-committed',
  /** The order was lost on its way, and nobody can know. */
  'turn-order-lost-not-committed',
  /** The answer was lost, and Turn carries the order out minutes later. */
  'turn-order-lost-late',
  'turn-order-busy',
  'turn-order-busy-retry-after',
  'turn-order-refused',
  'turn-order-unauthorized',
  'turn-look-up-unavailable',
  'turn-look-up-unauthorized',
  'turn-status-unavailable',
  'turn-rate-limited',
  'turn-packages-unavailable',
  'lever-rate-limited',
  'lever-unavailable',
  'lever-unauthorized',
  /** 404 to a note or tag of a candidate who is there. */
  'lever-not-found',
  /** Lever refuses a note or tag: locked tags, for instance. */
  'lever-forbidden',
  'lever-note-lost-committed',
  'lever-note-lost-not-committed',
  'lever-tag-lost-committed',
  'lever-tag-lost-not-committed',
  /** A page of a list that a sweep reads fails. */
  'lever-list-unavailable',
  /** The database refuses a call and does nothing. */
  'database-unavailable',
  /** The database commits, and its answer is lost. */
  'database-answer-lost',
] as const;

/** A fault that `SystemUnderTest.plan` takes. */
export type PlannedFault = (typeof plannedFaults)[number];

/** Every kind of fault with its name. A soak in which one of those a system can cause never happened has failed. */
export const faultKinds = [
  ...plannedFaults,
  'process-died',
  /** Between the claim and the moment the outcome of the order is stored. */
  'process-died-while-ordering',
  /** Two processes had the same row to work on at the same time. */
  'two-processes-at-once',
  'lever-revoked',
  /** Between Lever's new tokens and their storing. */
  'process-died-with-tokens',
  /** Nobody gave new ones before the end, and a person had to. */
  'lever-grant-lost',
  'webhook-lost',
  'webhook-duplicated',
  'webhook-reordered',
  /** The same request again days later. */
  'webhook-redelivered-late',
  /** A signature that is not Lever's. */
  'webhook-forged',
  /** A genuine signature with another body, which Lever's signature does not cover. */
  'webhook-twisted',
  /** Nobody was there to take it, or it could not be stored: Lever keeps it and comes again. */
  'webhook-not-taken',
  'turn-webhook-lost',
  /** Turn's webhook about a check that is none of ours. */
  'turn-webhook-unknown',
  /** A person without the role, or of another account. */
  'person-not-allowed',
] as const;

/** The name of a kind of fault. */
export type FaultKind = (typeof faultKinds)[number];

/** How often each kind of fault really happened. */
export type FaultCounts = Record<FaultKind, number>;

/** No fault yet. */
export const noFaults = (): FaultCounts =>
  Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as FaultCounts;
