import type { CheckPhase } from '../../src/check.ts';
import type { VendorHealth } from '../../src/connection.ts';
import type { Instant } from '../../src/ids.ts';
import type { Action } from '../../src/permission.ts';
import type { AuditOutcome } from '../../src/ports/audit-log.ts';
import type { ReasonCode } from '../../src/reason.ts';
import type { StatusName } from '../../src/status/check-status.ts';
import type { FaultCounts, FaultKind, PlannedFault } from './fault-kinds.ts';
import type { ActEnd, Actor, PersonsAction } from './persons-actions.ts';

/** What differs from run to run before anything happens. One account, one working connection. */
export interface Setup {
  readonly ordersPerHour: number;
  /** Seconds. A system in real time may take milliseconds for them. */
  readonly waitBeforeOrdering: number;
  readonly neutralAdverse: boolean;
  /** How many processes are up at first. */
  readonly processes: 1 | 2;
  /**
   * The database is an old one: Turn has an order for the last candidate under the reference of order number 1 already,
   * and Lever shows its tag and its Turn-ID note.
   */
  readonly isRestored: boolean;
}

/** A candidate of the model, from 0. The first two are the same contact, the last one is somebody else. */
export type CandidateNumber = number;

/** How many candidates each run has. */
export const candidateCount = 3;

/** The tag and the note that a person put on every candidate; never to be touched. */
export const personsTag = 'Turn Status: to be asked';
export const personsNote = 'Turn ID is not known to me';

/** The call of a `kill` at which a system that keeps Lever's tokens dies between a new pair and its storing. */
export const callWithTokens = 19;

/** What Lever sends: `candidateStageChange` with this token. The same token and content again is a repeat. */
export interface Webhook {
  readonly token: string;
  readonly candidate: CandidateNumber;
  readonly to: 'trigger-stage' | 'other-stage';
  readonly triggeredAt: Instant;
}

/** A state of Turn's. `unheard-of` is a word that we have no status for: `foo__bar`, shown as `Foo Bar`. */
export type TurnState = Exclude<StatusName, 'requested'> | 'unheard-of';

/** What the auditor looks at. */
export interface Look {
  readonly candidates: readonly LookAtCandidate[];
  readonly deliveries: readonly LookAtDelivery[];
  readonly checks: readonly LookAtCheck[];
  /** Oldest first. */
  readonly audit: readonly { readonly action: Action; readonly outcome: AuditOutcome }[];
  readonly connection: LookAtConnection;
  /** Every post of an order that reached Turn or may have, oldest first. */
  readonly posts: readonly LookAtPost[];
  /**
   * References of orders that were claimed, and a process died or its database failed before their outcome was stored:
   * nobody here can know whether they were posted.
   */
  readonly doubtful: readonly string[];
}

/** One post of an order. `refused`: certainly not carried out, for whatever reason. */
export interface LookAtPost {
  readonly candidate: CandidateNumber;
  readonly referenceId: string;
  readonly end: 'accepted' | 'refused' | 'unknown';
  readonly at: Instant;
}

/** What Turn and Lever have of a candidate. */
export interface LookAtCandidate {
  /** Orders at Turn, oldest first: what was paid for. */
  readonly orders: readonly {
    readonly referenceId: string;
    readonly orderNumber: number;
    readonly turnId: string;
    readonly state: TurnState;
    /** The address of its report, once there is one, ends so. */
    readonly workerId: string;
  }[];
  /** All tags on the opportunity. */
  readonly tags: readonly string[];
  /** Texts of the notes that are not deleted. */
  readonly notes: readonly string[];
}

/** A row of the inbox. */
export interface LookAtDelivery {
  /** Lever's token, or our own key where it was no webhook. */
  readonly key: string;
  readonly candidate: CandidateNumber | null;
  readonly source: 'webhook' | 'sweep' | 'replay' | 'person';
  readonly isSettled: boolean;
  /** Null while it is not settled; also where a settled row lacks one, which the auditor reports. */
  readonly reason: ReasonCode | null;
  /** When it is worked on next; null where it is settled. */
  readonly dueAt: Instant | null;
}

/** A row of an order with its check. */
export interface LookAtCheck {
  readonly candidate: CandidateNumber;
  readonly orderNumber: number;
  readonly referenceId: string;
  readonly phase: CheckPhase;
  readonly reason: ReasonCode | null;
  readonly turnId: string | null;
  /** Whether it will be looked at again by the clock alone. */
  readonly isPolled: boolean;
  readonly isStopped: boolean;
}

/** How the connection stands. */
export interface LookAtConnection {
  readonly isPaused: boolean;
  readonly isDisconnected: boolean;
  readonly lever: VendorHealth;
  readonly turn: VendorHealth;
}

/**
 * The system under test: the program in one or two processes, between a Lever and a Turn, with the people at both. Every
 * method is something that happens in the world, and resolves once it has happened. None throws for a fault that was
 * planned; what throws is a violation.
 *
 * A system in real time cannot jump. Where time is given it may let less pass and say so (`pass`), and what lasts longer
 * is reached through short times of the program (`Times`).
 */
export interface SystemUnderTest {
  /** Kinds of fault that this system can cause: those that must have happened at the end of a soak. */
  readonly canCause: readonly FaultKind[];
  /** Whether nothing happens between two calls, so that looking before and after tells what a call did. */
  readonly standsStill: boolean;

  /**
   * A recruiter moves a candidate. Answers the time of the change in Lever's record, at least 2 s after the candidate's
   * last one. The webhook is the model's to `deliver`: Lever itself sends none.
   */
  move(candidate: CandidateNumber, to: Webhook['to']): Promise<Instant>;
  /** Replaces the `TurnPackage:` tags; all other tags stay. */
  retag(candidate: CandidateNumber, packageTags: readonly string[]): Promise<void>;
  /** Gives the candidate one valid e-mail address, or none. */
  editEmail(candidate: CandidateNumber, isThere: boolean): Promise<void>;

  /**
   * Lever posts a webhook, once, to a process that is up. `forged`: signed with another secret. `come-again`: no answer, or
   * 503; `gone`: 410.
   */
  deliver(
    webhook: Webhook,
    signature: 'genuine' | 'forged',
  ): Promise<'accepted' | 'refused' | 'come-again' | 'gone'>;

  /** Turn's newest (or first) check of the candidate is in this state from now on. False where there is none. */
  setTurnState(
    candidate: CandidateNumber,
    which: 'newest' | 'first',
    state: TurnState,
    options: { readonly isRecheck: boolean },
  ): Promise<boolean>;
  /** Turn's status webhook about that check; null: about a check that is none of ours. False where nobody took it. */
  sayTurn(candidate: CandidateNumber | null, which: 'newest' | 'first'): Promise<boolean>;

  /** A person at Lever takes our grant away. */
  revokeLever(): Promise<void>;
  /** Somebody uses the console; the newest check or delivery of the candidate is what it is done to. */
  act(actor: Actor, action: PersonsAction, candidate: CandidateNumber): Promise<ActEnd>;

  /** Makes a fault strike at the next `times` calls that it fits, after the first `skip` of them. */
  plan(fault: PlannedFault, options: { readonly skip: number; readonly times: number }): Promise<void>;
  /**
   * A process dies at a coming call to a port, the first being 0. A system of real processes may be killed after as many
   * ms, or at a crash point.
   */
  kill(
    process: 0 | 1,
    options: { readonly call: number; readonly moment: 'before' | 'after' },
  ): Promise<void>;
  /** Starts a process that is down, the second one for the first time; nothing where it is up. */
  start(process: 0 | 1): Promise<void>;

  /** Lets this many ms pass with every process that is up at work. `seed` decides who is first, where it can be decided. */
  work(ms: number, seed: number): Promise<void>;
  /** A process looks for what no webhook told us, now. */
  sweep(): Promise<void>;
  /** Days pass in which nobody works. False where this system's clock cannot be moved; then nothing happens. */
  passDays(days: number): Promise<boolean>;
  /** Does several of these things at the same time. */
  atOnce(things: readonly (() => Promise<void>)[], seed: number): Promise<void>;
  /** Resolves once everything that is due now is done, or the process that does it has died. */
  comeToRest(): Promise<void>;

  /**
   * The end begins: no more faults, both vendors well, a process up, and time for sweeps and for every look-up. A grant that
   * was revoked and a pause stay as they are.
   */
  heal(): Promise<void>;
  /** Time for one poll of each check that is polled. */
  waitForPolls(): Promise<void>;
  look(): Promise<Look>;
  /**
   * Whether Lever lets us in no longer because a process died between Lever's new tokens and their storing, which only a
   * person can mend. Throws where nobody is told so.
   */
  hasLostGrant(): Promise<boolean>;
  /** Candidates that the list of retroactive entries offers, read by a Super Admin: that is one act. */
  offered(): Promise<readonly CandidateNumber[]>;
  /** How often each kind of fault struck that this system causes; the others the model counts. */
  struck(): Partial<FaultCounts>;
  close(): Promise<void>;
}
