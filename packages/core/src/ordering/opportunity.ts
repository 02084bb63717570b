import type { ContactId, Instant, OpportunityId, StageId } from '../ids.ts';

/** One arrival in a stage. Lever lists them oldest first (`lever-api.md` §4.1). */
export interface StageChange {
  readonly toStageId: StageId;
  readonly at: Instant;
}

/** What we read of a candidacy in Lever. Passes through memory only: it holds a person's name and addresses. */
export interface Opportunity {
  readonly id: OpportunityId;
  readonly contactId: ContactId | null;
  /** One full-name string, may be empty. */
  readonly name: string;
  /** Syntactically valid addresses, in Lever's order. */
  readonly emails: readonly string[];
  /** Valid US or Canadian numbers as eleven digits (`1` and ten), in Lever's order. */
  readonly phones: readonly string[];
  readonly tags: readonly string[];
  readonly stageId: StageId | null;
  readonly stageChanges: readonly StageChange[];
  readonly isArchived: boolean;
  readonly isAnonymised: boolean;
  /** False only where Lever says that the candidate must not be contacted. */
  readonly mayBeContacted: boolean;
  readonly createdAt: Instant;
  readonly lastAdvancedAt: Instant | null;
  /** Lever's own link to the profile (`urls.show`), never built by us. */
  readonly profileUrl: string | null;
}

/** What came back when an opportunity was read. */
export type OpportunityReading =
  | { readonly kind: 'found'; readonly opportunity: Opportunity }
  /** Deleted, or never existed: Lever answers 404 to both. */
  | { readonly kind: 'gone' }
  /** Confidential, and the grant lacks `confidential:access:admin` (`lever-api.md` §5.8). */
  | { readonly kind: 'no-access' };
