import { randomUUID } from 'node:crypto';
import type { DeliveryBody } from '../sign-delivery.ts';
import type { Contact, Opportunity } from './opportunity.ts';
import { defaultStages, type Stage } from './stage.ts';
import { createUser, defaultUsers, type NewUser, type User } from './user.ts';

/** Everything one Lever account holds. */
export interface AccountState {
  readonly id: string;
  readonly name: string;
  /** Origin of the pages, which candidates' links lead to. */
  readonly uiUrl: string;
  stages: Stage[];
  users: User[];
  readonly contacts: Map<string, Contact>;
  readonly opportunities: Map<string, Opportunity>;
  readonly deleted: { opportunity: Opportunity; deletedAt: number; deletedBy: string | null }[];
  readonly webhooks: Map<string, Webhook>;
  readonly deliveries: Delivery[];
  /** Events whose switch on Settings > Webhooks is off (lever-api.md §3.5). */
  readonly eventsSwitchedOff: Set<string>;
  readonly archiveReasons: { id: string; text: string; type: 'hired' | 'non-hired' }[];
  readonly settings: AccountSettings;
}

export interface AccountSettings {
  /** False: nothing is delivered at all, as if every webhook were lost. */
  deliverWebhooks: boolean;
  /** Whether deliveries carry the optional top-level `id` (lever-api.md §3.2). */
  includeEventId: boolean;
  /** Whether `POST /webhooks` pings the URL before it answers (lever-api.md §3.4, undocumented). */
  pingOnCreate: boolean;
}

export interface Webhook {
  id: string;
  event: string;
  url: string;
  origins: string[];
  /** 48 hex digits; null for a webhook made in the UI without one. */
  signatureToken: string | null;
  /** The OAuth client that made it; null: made in the UI. */
  clientId: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface Delivery {
  id: string;
  webhookId: string;
  url: string;
  body: DeliveryBody | Omit<DeliveryBody, 'signature'>;
  /** `status` is null when no answer came. */
  attempts: { at: number; status: number | null }[];
}

export interface NewAccount extends Partial<AccountSettings> {
  id?: string;
  name?: string;
  stages?: Stage[];
  users?: NewUser[];
}

/** The event names Lever knows (lever-api.md §3.1). */
export const webhookEvents = [
  'applicationCreated',
  'candidateHired',
  'candidateStageChange',
  'candidateArchiveChange',
  'candidateDeleted',
  'interviewCreated',
  'interviewUpdated',
  'interviewDeleted',
  'contactCreated',
  'contactUpdated',
] as const;

export const origins = ['applied', 'sourced', 'referred', 'university', 'internal', 'agency'] as const;

export function createAccountState(input: NewAccount, now: number, uiUrl: string): AccountState {
  return {
    id: input.id ?? randomUUID(),
    name: input.name ?? 'Example Hiring',
    uiUrl,
    stages: input.stages?.map((stage) => ({ ...stage })) ?? defaultStages(),
    users: (input.users ?? defaultUsers).map((user) => createUser(user, now)),
    contacts: new Map(),
    opportunities: new Map(),
    deleted: [],
    webhooks: new Map(),
    deliveries: [],
    eventsSwitchedOff: new Set(),
    archiveReasons: [
      { id: randomUUID(), text: 'Position filled', type: 'non-hired' },
      { id: randomUUID(), text: 'Withdrew', type: 'non-hired' },
      { id: randomUUID(), text: 'Hired', type: 'hired' },
    ],
    settings: {
      deliverWebhooks: input.deliverWebhooks ?? true,
      includeEventId: input.includeEventId ?? false,
      pingOnCreate: input.pingOnCreate ?? false,
    },
  };
}

/** The opportunity, or an error for the caller of the emulator (not for its HTTP clients). */
export function requireOpportunity(state: AccountState, id: string): Opportunity {
  const opportunity = state.opportunities.get(id);
  if (opportunity === undefined) throw new Error(`The emulated account has no opportunity "${id}".`);
  return opportunity;
}

/** The contact of an opportunity. */
export function contactOf(state: AccountState, opportunity: Opportunity): Contact {
  const contact = state.contacts.get(opportunity.contactId);
  if (contact === undefined)
    throw new Error(`The emulated account has no contact "${opportunity.contactId}".`);
  return contact;
}
