import type { ConnectionId, Instant, NoteId, OpportunityId, StageId } from '../ids.ts';
import type { Opportunity, OpportunityReading } from '../ordering/opportunity.ts';
import type { Stage } from '../ordering/stage-rule.ts';

/** A note as it stands on an opportunity. */
export interface AtsNote {
  readonly id: NoteId;
  /** Text of its first entry. */
  readonly text: string;
}

/** A note to be written. */
export interface NewNote {
  readonly text: string;
  readonly isSecret: boolean;
  readonly notifyFollowers: boolean;
}

/**
 * The applicant tracking system: reads the truth about candidates, writes notes and tags. Every method throws
 * `PortError`: `unauthorized` (the grant is dead, a person must reconnect), `forbidden`, `not-found` (the opportunity or
 * note is gone), `rejected`, `rate-limited`, `unavailable` (also: the outcome of a write is not known).
 */
export interface Ats {
  /**
   * Makes sure that the grant was alive within the last `maxAgeMs`; throws `unauthorized` where it was revoked, so that a
   * revocation stops orders at once. Costs no call to the API itself.
   */
  confirmAuthorization(connectionId: ConnectionId, maxAgeMs: number): Promise<void>;
  /** Reads one opportunity; gone and not readable are answers, not errors. */
  readOpportunity(connectionId: ConnectionId, opportunityId: OpportunityId): Promise<OpportunityReading>;
  /** All stages, in pipeline order. */
  listStages(connectionId: ConnectionId): Promise<readonly Stage[]>;
  /** Active opportunities now in a stage that arrived there at or after `since`, each once. */
  listEntered(connectionId: ConnectionId, stageId: StageId, since: Instant): Promise<readonly Opportunity[]>;
  /** How many active opportunities stand in a stage now: at most 50 are counted, `isMore` says that there are others. */
  countInStage(
    connectionId: ConnectionId,
    stageId: StageId,
  ): Promise<{ readonly count: number; readonly isMore: boolean }>;
  /** Opportunities that carry at least one of the tags, spelled exactly so, archived ones included, each once. */
  listTagged(connectionId: ConnectionId, tags: readonly string[]): Promise<readonly Opportunity[]>;
  /** Adds a tag; answers all tags the opportunity has then. Adding one that is there changes nothing. */
  addTag(connectionId: ConnectionId, opportunityId: OpportunityId, tag: string): Promise<readonly string[]>;
  /** Removes tags; answers all tags that are left, which may still hold one that would not go. */
  removeTags(
    connectionId: ConnectionId,
    opportunityId: OpportunityId,
    tags: readonly string[],
  ): Promise<readonly string[]>;
  /** All notes that are not deleted, oldest first or newest first. */
  listNotes(connectionId: ConnectionId, opportunityId: OpportunityId): Promise<readonly AtsNote[]>;
  /** Writes a note. Not idempotent: after `unavailable` look for it before writing again. */
  writeNote(connectionId: ConnectionId, opportunityId: OpportunityId, note: NewNote): Promise<NoteId>;
  /** Deletes a note of ours. One that is gone already is no error. */
  deleteNote(connectionId: ConnectionId, opportunityId: OpportunityId, noteId: NoteId): Promise<void>;
}
