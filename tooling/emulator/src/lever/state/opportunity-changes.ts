import { randomUUID } from 'node:crypto';
import type { AccountState } from './account-state.ts';
import type { Note, Opportunity } from './opportunity.ts';

/**
 * Puts an opportunity into a stage. True when that changed anything; moving to the stage it is in already does not.
 * An archived opportunity can be moved and stays archived (lever-api.md §4.9).
 */
export function enterStage(
  state: AccountState,
  opportunity: Opportunity,
  stageId: string,
  at: number,
  userId: string | null,
): boolean {
  if (opportunity.stage === stageId) return false;
  opportunity.stage = stageId;
  opportunity.stageChanges.push({
    toStageId: stageId,
    toStageIndex: state.stages.findIndex(({ id }) => id === stageId),
    updatedAt: at,
    ...(userId === null ? {} : { userId }),
  });
  opportunity.lastAdvancedAt = at;
  touch(opportunity, at);
  return true;
}

/** Tags are a set, compared case-sensitively (lever-api.md §5). */
export function addTags(opportunity: Opportunity, tags: readonly string[], at: number): void {
  for (const tag of tags) if (!opportunity.tags.includes(tag)) opportunity.tags.push(tag);
  touch(opportunity, at);
}

/** Inherited tags stay although the call succeeds. */
export function removeTags(opportunity: Opportunity, tags: readonly string[], at: number): void {
  opportunity.tags = opportunity.tags.filter((tag) => opportunity.pinnedTags.has(tag) || !tags.includes(tag));
  touch(opportunity, at);
}

/** Archives (a reason) or un-archives (null). True when that changed anything. Archiving bumps `lastAdvancedAt`. */
export function setArchived(opportunity: Opportunity, reason: string | null, at: number): boolean {
  if (reason === null && opportunity.archived === null) return false;
  opportunity.archived = reason === null ? null : { reason, archivedAt: at };
  if (reason !== null) opportunity.lastAdvancedAt = at;
  touch(opportunity, at);
  return true;
}

export interface NewNote {
  value: string;
  secret?: boolean;
  notifyFollowers?: boolean;
  score?: number | null;
  user?: string | null;
  createdAt?: number;
  createdByApi: boolean;
}

export function addNote(opportunity: Opportunity, input: NewNote, now: number): Note {
  const createdAt = input.createdAt ?? now;
  const user = input.user ?? null;
  const note: Note = {
    id: randomUUID(),
    comments: [{ value: input.value, createdAt, user, score: input.score ?? null, stage: opportunity.stage }],
    secret: input.secret ?? false,
    notifyFollowers: input.notifyFollowers ?? false,
    user,
    createdAt,
    completedAt: createdAt,
    deletedAt: null,
    createdByApi: input.createdByApi,
  };
  opportunity.notes.push(note);
  opportunity.lastInteractionAt = now;
  return note;
}

/** Removes what can be removed for somebody's privacy: tags and notes stay (turn-api.md §3). */
export function anonymise(state: AccountState, opportunity: Opportunity, at: number): void {
  const contact = state.contacts.get(opportunity.contactId);
  if (contact !== undefined) {
    Object.assign(contact, { name: '', headline: '', emails: [], phones: [], links: [], isAnonymized: true });
  }
  touch(opportunity, at);
}

export function touch(opportunity: Opportunity, at: number): void {
  opportunity.updatedAt = at;
  opportunity.lastInteractionAt = at;
}
