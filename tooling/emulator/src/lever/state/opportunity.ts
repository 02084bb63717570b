/** The person behind one or more opportunities; name, e-mails, phones and links live here (lever-api.md §4.6, §4.8). */
export interface Contact {
  id: string;
  name: string;
  headline: string;
  location: string;
  emails: string[];
  phones: Phone[];
  links: string[];
  isAnonymized: boolean;
  dataProtection: unknown;
}

export interface Phone {
  type: string | null;
  value: string;
}

export interface NoteComment {
  value: string;
  createdAt: number;
  user: string | null;
  score: number | null;
  /** Id of the stage the opportunity was in. */
  stage: string;
}

export interface Note {
  id: string;
  comments: NoteComment[];
  secret: boolean;
  notifyFollowers: boolean;
  user: string | null;
  createdAt: number;
  completedAt: number | null;
  deletedAt: number | null;
  /** Only such notes can be changed or deleted by API (lever-api.md §4.5). */
  createdByApi: boolean;
}

export interface StageChange {
  toStageId: string;
  toStageIndex: number;
  updatedAt: number;
  userId?: string;
}

/** One person's candidacy. Times are ms since the epoch. */
export interface Opportunity {
  id: string;
  contactId: string;
  /** Deprecated by Lever, equal to no other id (lever-api.md §3.2). */
  candidateId: string;
  stage: string;
  stageChanges: StageChange[];
  tags: string[];
  /** Tags inherited from the posting: removing them is answered with 200 and does nothing. */
  pinnedTags: Set<string>;
  notes: Note[];
  archived: { reason: string; archivedAt: number } | null;
  confidentiality: 'confidential' | 'non-confidential';
  origin: string;
  sources: string[];
  owner: string | null;
  applications: string[];
  createdAt: number;
  updatedAt: number;
  lastInteractionAt: number;
  lastAdvancedAt: number;
}
