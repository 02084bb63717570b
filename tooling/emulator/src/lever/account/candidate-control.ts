import { type AccountState, contactOf, type Delivery, requireOpportunity } from '../state/account-state.ts';
import type { Note, Opportunity, Phone } from '../state/opportunity.ts';
import {
  addNote,
  addTags,
  anonymise,
  enterStage,
  removeTags,
  setArchived,
  touch,
} from '../state/opportunity-changes.ts';
import { findStage } from '../state/stage.ts';
import { archiveChanged, opportunityDeleted, stageChanged } from '../webhooks/announcements.ts';
import type { LeverWorld } from '../world.ts';
import { addOpportunity, type NewOpportunity, toPhone } from './new-opportunity.ts';
import { type OpportunityView, viewOpportunity } from './opportunity-view.ts';

/** What a recruiter does to candidates in Lever. Unknown ids throw an ordinary error. */
export interface CandidateControl {
  addOpportunity(input: NewOpportunity): { id: string; contactId: string };
  opportunity(id: string): OpportunityView;
  opportunities(): OpportunityView[];
  /** Moves to a stage (id or text) at a time (ms, default now) and announces it; gives the deliveries this started. */
  moveOpportunity(id: string, stage: string, options?: { at?: number }): Delivery[];
  setTags(id: string, tags: string[]): void;
  addTag(id: string, tag: string): void;
  removeTag(id: string, tag: string): void;
  /** Makes a tag inherited (adding it if need be): the API's removeTags answers 200 and the tag stays. */
  pinTag(id: string, tag: string): void;
  addNote(id: string, value: string): string;
  deleteNote(id: string, noteId: string): void;
  updateContact(id: string, change: { name?: string; emails?: string[]; phones?: (string | Phone)[] }): void;
  setDataProtection(id: string, dataProtection: unknown): void;
  archive(id: string): Delivery[];
  unarchive(id: string): Delivery[];
  anonymise(id: string): void;
  deleteOpportunity(id: string): Delivery[];
}

export function candidateControl(world: LeverWorld, state: AccountState): CandidateControl {
  const get = (id: string) => requireOpportunity(state, id);

  function archive(opportunity: Opportunity, reason: string | null): Delivery[] {
    const before = opportunity.archived;
    const at = world.now();
    if (!setArchived(opportunity, reason, at)) return [];
    return world.courier.announce(state, archiveChanged(opportunity, before, at));
  }

  return {
    addOpportunity(input) {
      const { id, contactId } = addOpportunity(state, input, world.now());
      return { id, contactId };
    },
    opportunity: (id) => viewOpportunity(state, get(id)),
    opportunities: () =>
      [...state.opportunities.values()].map((opportunity) => viewOpportunity(state, opportunity)),
    moveOpportunity(id, stage, options = {}) {
      const opportunity = get(id);
      const from = opportunity.stage;
      const at = options.at ?? world.now();
      if (!enterStage(state, opportunity, findStage(state.stages, stage).id, at, opportunity.owner))
        return [];
      return world.courier.announce(state, stageChanged(opportunity, from, at));
    },
    setTags(id, tags) {
      const opportunity = get(id);
      opportunity.tags = [...new Set(tags)];
      opportunity.pinnedTags.clear();
      touch(opportunity, world.now());
    },
    addTag: (id, tag) => addTags(get(id), [tag], world.now()),
    removeTag(id, tag) {
      const opportunity = get(id);
      opportunity.pinnedTags.delete(tag);
      removeTags(opportunity, [tag], world.now());
    },
    pinTag(id, tag) {
      const opportunity = get(id);
      addTags(opportunity, [tag], world.now());
      opportunity.pinnedTags.add(tag);
    },
    addNote(id, value) {
      const opportunity = get(id);
      return addNote(opportunity, { value, user: opportunity.owner, createdByApi: false }, world.now()).id;
    },
    deleteNote(id, noteId) {
      requireNote(get(id), noteId).deletedAt = world.now();
    },
    updateContact(id, change) {
      const opportunity = get(id);
      const contact = contactOf(state, opportunity);
      contact.name = change.name ?? contact.name;
      contact.emails = change.emails ?? contact.emails;
      contact.phones = change.phones?.map(toPhone) ?? contact.phones;
      touch(opportunity, world.now());
    },
    setDataProtection(id, dataProtection) {
      contactOf(state, get(id)).dataProtection = dataProtection;
    },
    archive: (id) => archive(get(id), state.archiveReasons[0]?.id ?? 'archived'),
    unarchive: (id) => archive(get(id), null),
    anonymise: (id) => anonymise(state, get(id), world.now()),
    deleteOpportunity(id) {
      const opportunity = get(id);
      const at = world.now();
      state.opportunities.delete(id);
      state.deleted.push({ opportunity, deletedAt: at, deletedBy: opportunity.owner });
      return world.courier.announce(state, opportunityDeleted(opportunity, opportunity.owner, at));
    },
  };
}

function requireNote(opportunity: Opportunity, noteId: string): Note {
  const note = opportunity.notes.find(({ id }) => id === noteId);
  if (note === undefined) throw new Error(`The opportunity has no note "${noteId}".`);
  return note;
}
