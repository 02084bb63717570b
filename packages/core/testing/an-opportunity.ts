import type { ContactId, OpportunityId, StageId } from '../src/ids.ts';
import type { Opportunity } from '../src/ordering/opportunity.ts';

/** The trigger stage of the builders and fakes. Not a UUID on purpose: Lever's ids need not be. */
export const referenceCheckStage = 'stage-reference-check' as StageId;
/** A stage that starts nothing. */
export const applicantStage = 'applicant-new' as StageId;

/** Noon of 2026-11-23 UTC, when the builder's candidate entered the trigger stage. */
export const enteredAt = Date.UTC(2026, 10, 23, 12);

/** A candidate who can be ordered for, an hour in the pipeline and just moved into the trigger stage. */
export const anOpportunity = (given: Partial<Opportunity> = {}): Opportunity => ({
  id: 'opportunity-1' as OpportunityId,
  contactId: 'contact-1' as ContactId,
  name: 'Ada Example',
  emails: ['ada@example.com'],
  phones: ['12025550143'],
  tags: [],
  stageId: referenceCheckStage,
  stageChanges: [
    { toStageId: applicantStage, at: enteredAt - 3_600_000 },
    { toStageId: referenceCheckStage, at: enteredAt },
  ],
  isArchived: false,
  isAnonymised: false,
  mayBeContacted: true,
  createdAt: enteredAt - 3_600_000,
  lastAdvancedAt: enteredAt,
  profileUrl: 'https://hire.lever.test/candidates/opportunity-1',
  ...given,
});
