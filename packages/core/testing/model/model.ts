import { type FaultCounts, noFaults } from './fault-kinds.ts';
import type { PackageTags } from './steps/step.ts';
import { candidateCount, type LookAtConnection, type Setup, type Webhook } from './system-under-test.ts';

/** What people in Lever did with one candidate, and what they asked of the console. */
export interface ModelCandidate {
  isInStage: boolean;
  /** How often the candidate really entered the trigger stage. */
  entries: number;
  hasEmail: boolean;
  tags: PackageTags;
  /** How often a person ordered again, or may have where the process died under it. */
  ordersAgain: number;
  /** A person dismissed, cancelled or discarded something of this candidate, or may have. */
  isTurnedDown: boolean;
  /** A person discarded the entry from the list, and nobody asked for the candidate since. */
  isDiscarded: boolean;
  /**
   * Posts of orders when the last entry became too old to be ordered by itself; null: it is not, or a person may have
   * ordered what is old.
   */
  postsWhenOld: number | null;
  /** A person ordered what is old, or may have. */
  isOldWaived: boolean;
  /** Posts of orders when a person last turned the candidate down; null where something was done for it since. */
  postsWhenTurnedDown: number | null;
  /** A person let a guard pass for this candidate, or may have. */
  isWaived: boolean;
  /** A check of the candidate came to its end at Turn. */
  wasOver: boolean;
  wasRetagged: boolean;
  /** Turn's last word about the candidate's newest check was perhaps not taken by anybody. */
  isTurnUnheard: boolean;
  /** Ordering began anew, or days passed, since the last entry: whoever stood there before is for a person to order. */
  mayBeBacklog: boolean;
}

/**
 * What people and vendors did: all that the end is judged by. It knows no rule of the engine; what must be true at the end
 * stands in `audit.ts`.
 */
export interface Model {
  readonly setup: Setup;
  readonly candidates: readonly ModelCandidate[];
  /** What Lever has sent and nobody has taken, oldest first. */
  bag: readonly Webhook[];
  /** What was taken at least once. */
  taken: readonly Webhook[];
  /** Tokens of what must never become a row. */
  readonly forged: Set<string>;
  /** Tokens that came with more than one content. */
  readonly twisted: Set<string>;
  tokens: number;
  /** For each word of the audit log: acts that ended, and acts that broke off, which may have an entry. */
  readonly acts: Map<string, { ended: number; brokeOff: number }>;
  connection: LookAtConnection;
  isRevoked: boolean;
  /** Posts of orders when ordering stopped for a pause or a disconnect; null while it goes on. */
  postsWhenStopped: number | null;
  /** A person did something to the connection since it was last looked at. */
  isConnectionDoubtful: boolean;
  mayBeDisconnected: boolean;
  /** Ordering began anew in the step that goes on: on resume and reconnect. */
  hasBegunAnew: boolean;
  /** Several things happen at the same time now, so that nothing can be told from before and after. */
  isCrowded: boolean;
  readonly faults: FaultCounts;
}

/** Nothing has happened: everybody is in front of the trigger stage. */
export const createModel = (setup: Setup): Model => ({
  setup,
  candidates: Array.from({ length: candidateCount }, () => ({
    isInStage: false,
    entries: 0,
    hasEmail: true,
    tags: 'none',
    ordersAgain: 0,
    isTurnedDown: false,
    isDiscarded: false,
    postsWhenOld: null,
    isOldWaived: false,
    postsWhenTurnedDown: null,
    isWaived: false,
    wasOver: false,
    wasRetagged: false,
    isTurnUnheard: false,
    mayBeBacklog: false,
  })),
  bag: [],
  taken: [],
  forged: new Set(),
  twisted: new Set(),
  tokens: 0,
  acts: new Map(),
  connection: { isPaused: false, isDisconnected: false, lever: 'working', turn: 'working' },
  isRevoked: false,
  postsWhenStopped: null,
  isConnectionDoubtful: false,
  mayBeDisconnected: false,
  hasBegunAnew: false,
  isCrowded: false,
  faults: noFaults(),
});

/** The candidate of that number. */
export const candidateOf = (model: Model, number: number): ModelCandidate => {
  const candidate = model.candidates[number];
  if (candidate === undefined) throw new Error(`The model has no candidate ${number}.`);
  return candidate;
};
