import type { PlannedFault } from '../fault-kinds.ts';
import type { Actor, PersonsAction } from '../persons-actions.ts';
import type { CandidateNumber, Setup, TurnState } from '../system-under-test.ts';

/** What is on the `TurnPackage:` tags of a candidate. */
export type PackageTags = 'none' | 'standard' | 'driver' | 'both' | 'unknown' | 'malformed';

/** The tags behind each of them. Turn offers the packages `P0000000001` and `P0000000002`. */
export const packageTags: Readonly<Record<PackageTags, readonly string[]>> = {
  none: [],
  standard: ['TurnPackage:P0000000001:Standard'],
  driver: ['TurnPackage:P0000000002:Driver: MVR'],
  both: ['TurnPackage:P0000000001:Standard', 'TurnPackage:P0000000002:Driver: MVR'],
  unknown: ['TurnPackage:P9999999999:Nobody offers this'],
  malformed: ['TurnPackage:Standard'],
};

/** What may also happen at the same time as something else. */
export type Happening =
  | { readonly kind: 'move in' | 'move out'; readonly candidate: CandidateNumber }
  /** Of the webhooks that Lever has not got rid of yet, the oldest first. Another than 0 is out of order. */
  | { readonly kind: 'deliver'; readonly which: number }
  | { readonly kind: 'deliver all' }
  /** One that was delivered before, again. */
  | { readonly kind: 'duplicate'; readonly which: number }
  | {
      readonly kind: 'turn state';
      readonly candidate: CandidateNumber;
      readonly which: 'newest' | 'first';
      readonly state: TurnState;
      readonly isHeard: boolean;
    }
  | { readonly kind: 'recheck'; readonly candidate: CandidateNumber; readonly isHeard: boolean }
  | {
      readonly kind: 'act';
      readonly actor: Actor;
      readonly action: PersonsAction;
      readonly candidate: CandidateNumber;
    }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'work'; readonly ms: number; readonly seed: number };

/** One command of the model test, as plain data: it is printed, kept as a regression and carried out again. */
export type Step =
  | Happening
  | { readonly kind: 'at once'; readonly seed: number; readonly steps: readonly Happening[] }
  | { readonly kind: 'retag'; readonly candidate: CandidateNumber; readonly tags: PackageTags }
  | { readonly kind: 'edit e-mail'; readonly candidate: CandidateNumber; readonly isThere: boolean }
  /** A webhook that never arrives. */
  | { readonly kind: 'lose'; readonly which: number }
  /** A webhook that was delivered before, again days later; or one that was under way for so long. */
  | { readonly kind: 'redeliver late'; readonly which: number; readonly days: number }
  | { readonly kind: 'forge'; readonly candidate: CandidateNumber }
  /** The token and signature of a webhook that was delivered, with a body about somebody else. */
  | { readonly kind: 'twist'; readonly which: number; readonly candidate: CandidateNumber }
  | { readonly kind: 'unknown turn webhook' }
  | { readonly kind: 'revoke' }
  | {
      readonly kind: 'fault';
      readonly fault: PlannedFault;
      readonly skip: number;
      readonly times: number;
    }
  | {
      readonly kind: 'crash';
      readonly process: 0 | 1;
      readonly call: number;
      readonly moment: 'before' | 'after';
    }
  | { readonly kind: 'start process'; readonly process: 0 | 1 };

/** One run: how it begins and what happens. */
export interface Story {
  readonly setup: Setup;
  readonly steps: readonly Step[];
}

/** The name under which a step is counted; people's actions by what they do. */
export const nameOf = (step: Step): string => (step.kind === 'act' ? step.action : step.kind);
