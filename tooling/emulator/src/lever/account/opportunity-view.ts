import { type AccountState, contactOf } from '../state/account-state.ts';
import type { Note, Opportunity, Phone, StageChange } from '../state/opportunity.ts';

/** A note as a test wants to see it; deleted ones are included. */
export interface NoteView {
  id: string;
  /** The first comment's text. */
  value: string;
  /** The texts of all comments. */
  values: string[];
  secret: boolean;
  notifyFollowers: boolean;
  deletedAt: number | null;
  user: string | null;
  createdAt: number;
  createdByApi: boolean;
}

/** The full state of an opportunity, copied: later changes do not show in it. */
export interface OpportunityView {
  id: string;
  contactId: string;
  name: string;
  emails: string[];
  phones: Phone[];
  tags: string[];
  /** Stage id. */
  stage: string;
  stageText: string;
  stageChanges: StageChange[];
  notes: NoteView[];
  archived: { reason: string; archivedAt: number } | null;
  confidentiality: 'confidential' | 'non-confidential';
  isAnonymized: boolean;
  createdAt: number;
  updatedAt: number;
  lastAdvancedAt: number;
}

export function viewOpportunity(state: AccountState, opportunity: Opportunity): OpportunityView {
  const contact = contactOf(state, opportunity);
  return {
    id: opportunity.id,
    contactId: contact.id,
    name: contact.name,
    emails: [...contact.emails],
    phones: contact.phones.map((phone) => ({ ...phone })),
    tags: [...opportunity.tags],
    stage: opportunity.stage,
    stageText: state.stages.find(({ id }) => id === opportunity.stage)?.text ?? '',
    stageChanges: opportunity.stageChanges.map((change) => ({ ...change })),
    notes: opportunity.notes.map(viewNote),
    archived: opportunity.archived === null ? null : { ...opportunity.archived },
    confidentiality: opportunity.confidentiality,
    isAnonymized: contact.isAnonymized,
    createdAt: opportunity.createdAt,
    updatedAt: opportunity.updatedAt,
    lastAdvancedAt: opportunity.lastAdvancedAt,
  };
}

function viewNote(note: Note): NoteView {
  return {
    id: note.id,
    value: note.comments[0]?.value ?? '',
    values: note.comments.map(({ value }) => value),
    secret: note.secret,
    notifyFollowers: note.notifyFollowers,
    deletedAt: note.deletedAt,
    user: note.user,
    createdAt: note.createdAt,
    createdByApi: note.createdByApi,
  };
}
