import type { Opportunity } from '../state/opportunity.ts';
import type { Announcement } from './courier.ts';

/** The event of an opportunity that has just entered its present stage (lever-api.md §3.2). */
export function stageChanged(opportunity: Opportunity, fromStageId: string, at: number): Announcement {
  return {
    event: 'candidateStageChange',
    triggeredAt: at,
    origin: opportunity.origin,
    data: { ...idsOf(opportunity), fromStageId, toStageId: opportunity.stage },
  };
}

export function archiveChanged(
  opportunity: Opportunity,
  fromArchived: Opportunity['archived'],
  at: number,
): Announcement {
  return {
    event: 'candidateArchiveChange',
    triggeredAt: at,
    origin: opportunity.origin,
    data: { ...idsOf(opportunity), fromArchived, toArchived: opportunity.archived },
  };
}

export function opportunityDeleted(
  opportunity: Opportunity,
  deletedBy: string | null,
  at: number,
): Announcement {
  return {
    event: 'candidateDeleted',
    triggeredAt: at,
    origin: opportunity.origin,
    data: { ...idsOf(opportunity), deletedBy },
  };
}

function idsOf(opportunity: Opportunity): Record<string, string> {
  return {
    opportunityId: opportunity.id,
    contactId: opportunity.contactId,
    candidateId: opportunity.candidateId,
  };
}
