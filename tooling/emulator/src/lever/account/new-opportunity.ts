import { randomUUID } from 'node:crypto';
import type { AccountState } from '../state/account-state.ts';
import type { Contact, Opportunity, Phone } from '../state/opportunity.ts';
import { findStage } from '../state/stage.ts';

/** Somebody to put on the board. */
export interface NewOpportunity {
  id?: string;
  /** An existing contact's id puts a second opportunity on the same person; name, e-mails and phones are then left as they are. */
  contactId?: string;
  name: string;
  emails?: string[];
  /** Text alone becomes a mobile number. */
  phones?: (string | Phone)[];
  tags?: string[];
  /** Tags of the posting: inherited, and not removable from the opportunity. */
  postingTags?: string[];
  /** Id or text; default: the first stage. */
  stage?: string;
  confidentiality?: 'confidential' | 'non-confidential';
  isAnonymized?: boolean;
  /** Such as `{ contact: { allowed: false, expiresAt: null } }`. */
  dataProtection?: unknown;
  archived?: boolean;
  /** Default `sourced`. */
  origin?: string;
  /** When the opportunity was made and entered its stage, ms; default: now. */
  at?: number;
}

/** Adds the opportunity. Creation directly in a stage is no stage change and announces nothing (lever-api.md §3.4). */
export function addOpportunity(state: AccountState, input: NewOpportunity, now: number): Opportunity {
  const at = input.at ?? now;
  const stages = state.stages;
  const stage = input.stage === undefined ? stages[0] : findStage(stages, input.stage);
  if (stage === undefined) throw new Error('The emulated account has no stages.');
  const owner = state.users.find(({ deactivatedAt }) => deactivatedAt === null)?.id ?? null;
  const postingTags = input.postingTags ?? [];
  const opportunity: Opportunity = {
    id: input.id ?? randomUUID(),
    contactId: contactFor(state, input).id,
    candidateId: randomUUID(),
    stage: stage.id,
    stageChanges: [
      {
        toStageId: stage.id,
        toStageIndex: stages.indexOf(stage),
        updatedAt: at,
        ...(owner === null ? {} : { userId: owner }),
      },
    ],
    tags: [...new Set([...(input.tags ?? []), ...postingTags])],
    pinnedTags: new Set(postingTags),
    notes: [],
    archived: input.archived === true ? { reason: state.archiveReasons[0]?.id ?? '', archivedAt: at } : null,
    confidentiality: input.confidentiality ?? 'non-confidential',
    origin: input.origin ?? 'sourced',
    sources: ['Referral'],
    owner,
    applications: [randomUUID()],
    createdAt: at,
    updatedAt: at,
    lastInteractionAt: at,
    lastAdvancedAt: at,
  };
  state.opportunities.set(opportunity.id, opportunity);
  return opportunity;
}

function contactFor(state: AccountState, input: NewOpportunity): Contact {
  const known = input.contactId === undefined ? undefined : state.contacts.get(input.contactId);
  if (known !== undefined) return known;
  const isAnonymized = input.isAnonymized ?? false;
  const contact: Contact = {
    id: input.contactId ?? randomUUID(),
    name: isAnonymized ? '' : input.name,
    headline: isAnonymized ? '' : 'Invented candidate',
    location: '',
    emails: isAnonymized ? [] : [...(input.emails ?? [])],
    phones: isAnonymized ? [] : (input.phones ?? []).map(toPhone),
    links: [],
    isAnonymized,
    dataProtection: input.dataProtection ?? null,
  };
  state.contacts.set(contact.id, contact);
  return contact;
}

export function toPhone(phone: string | Phone): Phone {
  return typeof phone === 'string' ? { type: 'mobile', value: phone } : { ...phone };
}
