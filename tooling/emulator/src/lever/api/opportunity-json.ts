import { type AccountState, contactOf } from '../state/account-state.ts';
import type { Opportunity } from '../state/opportunity.ts';
import { contactJson, userJson } from './people-json.ts';

/** An opportunity as GET shows it (lever-api.md §4.1). */
export function opportunityJson(state: AccountState, opportunity: Opportunity): Record<string, unknown> {
  const contact = contactOf(state, opportunity);
  return {
    id: opportunity.id,
    name: contact.name,
    contact: contact.id,
    headline: contact.headline,
    stage: opportunity.stage,
    confidentiality: opportunity.confidentiality,
    location: contact.location,
    phones: contact.phones,
    emails: contact.emails,
    links: contact.links,
    archived: opportunity.archived,
    tags: opportunity.tags,
    sources: opportunity.sources,
    stageChanges: opportunity.stageChanges,
    origin: opportunity.origin,
    sourcedBy: opportunity.owner,
    owner: opportunity.owner,
    followers: opportunity.owner === null ? [] : [opportunity.owner],
    applications: opportunity.applications,
    createdAt: opportunity.createdAt,
    updatedAt: opportunity.updatedAt,
    lastInteractionAt: opportunity.lastInteractionAt,
    lastAdvancedAt: opportunity.lastAdvancedAt,
    snoozedUntil: null,
    urls: { list: `${state.uiUrl}/candidates`, show: `${state.uiUrl}/candidates/${opportunity.id}` },
    isAnonymized: contact.isAnonymized,
    dataProtection: contact.dataProtection,
    opportunityLocation: 'unspecified',
  };
}

/** What links writes answer: all but the location (lever-api.md §4.4). */
export function afterLinksJson(state: AccountState, opportunity: Opportunity): Record<string, unknown> {
  const { opportunityLocation: _, ...json } = opportunityJson(state, opportunity);
  return json;
}

/** What tag, stage and archive writes answer: contact data blank, no location (the trap of lever-api.md §4.4). */
export function afterWriteJson(state: AccountState, opportunity: Opportunity): Record<string, unknown> {
  return { ...afterLinksJson(state, opportunity), name: '', headline: '', phones: [], emails: [] };
}

/** `include` is subtractive; `expand` turns ids into objects and wins over it; both repeatable (lever-api.md §4.0). */
export function shapedJson(
  state: AccountState,
  opportunity: Opportunity,
  query: URLSearchParams,
): Record<string, unknown> {
  const json = opportunityJson(state, opportunity);
  const include = query.getAll('include');
  const expand = query.getAll('expand');
  for (const field of expand)
    if (field in json) json[field] = expanded(state, opportunity, field, json[field]);
  if (include.length === 0) return json;
  const kept = new Set(['id', ...include, ...expand]);
  return Object.fromEntries(Object.entries(json).filter(([field]) => kept.has(field)));
}

function expanded(state: AccountState, opportunity: Opportunity, field: string, value: unknown): unknown {
  const user = (id: string) =>
    state.users.filter((candidate) => candidate.id === id).map(userJson)[0] ?? null;
  switch (field) {
    case 'contact':
      return contactJson(contactOf(state, opportunity));
    case 'stage':
      return state.stages.find(({ id }) => id === opportunity.stage) ?? null;
    case 'owner':
    case 'sourcedBy':
      return opportunity.owner === null ? null : user(opportunity.owner);
    case 'followers':
      return opportunity.owner === null ? [] : [user(opportunity.owner)];
    case 'applications':
      return opportunity.applications.map((id) => ({
        id,
        opportunityId: opportunity.id,
        type: 'posting',
        posting: null,
      }));
    default:
      return value;
  }
}
