import type { AccountState } from '../state/account-state.ts';
import { contactOf } from '../state/account-state.ts';
import type { Opportunity } from '../state/opportunity.ts';
import { badRequest } from './errors.ts';
import { type LeverCall, seesConfidential } from './lever-route.ts';

type Test = (opportunity: Opportunity) => boolean;

/** The opportunities the query's filters leave; different filters combine with AND (lever-api.md §4.2). */
export function filteredOpportunities(call: LeverCall): Opportunity[] {
  const { query, state } = call;
  const tests: Test[] = [
    confidentiality(call),
    archived(query),
    anyOf(query, 'stage_id', (opportunity) => [opportunity.stage]),
    anyOf(query, 'tag', (opportunity) => opportunity.tags),
    anyOf(query, 'contact_id', (opportunity) => [opportunity.contactId]),
    anyOf(query, 'origin', (opportunity) => [opportunity.origin]),
    anyOf(query, 'source', (opportunity) => opportunity.sources),
    email(query, state),
    between(query, 'created_at', (opportunity) => opportunity.createdAt),
    between(query, 'updated_at', (opportunity) => opportunity.updatedAt),
    between(query, 'advanced_at', (opportunity) => opportunity.lastAdvancedAt),
    between(query, 'archived_at', (opportunity) => opportunity.archived?.archivedAt ?? null),
  ];
  return [...state.opportunities.values()].filter((opportunity) => tests.every((test) => test(opportunity)));
}

/** Default: non-confidential. Without the scope confidential ones are left out silently. */
function confidentiality(call: LeverCall): Test {
  const wanted =
    oneOf(call.query, 'confidentiality', ['confidential', 'non-confidential', 'all']) ?? 'non-confidential';
  const sees = seesConfidential(call);
  return ({ confidentiality: actual }) =>
    (actual === 'non-confidential' || sees) && (wanted === 'all' || wanted === actual);
}

function archived(query: URLSearchParams): Test {
  const wanted = oneOf(query, 'archived', ['true', 'false']);
  return (opportunity) => wanted === null || (opportunity.archived !== null) === (wanted === 'true');
}

/** A repeated parameter is an OR; values are compared case-sensitively. */
function anyOf(query: URLSearchParams, name: string, values: (opportunity: Opportunity) => string[]): Test {
  const wanted = query.getAll(name);
  return (opportunity) => wanted.length === 0 || values(opportunity).some((value) => wanted.includes(value));
}

function email(query: URLSearchParams, state: AccountState): Test {
  const wanted = query.getAll('email').map((address) => address.trim().toLowerCase());
  return (opportunity) =>
    wanted.length === 0 ||
    contactOf(state, opportunity).emails.some((address) => wanted.includes(address.trim().toLowerCase()));
}

/** `…_start` and `…_end` in ms, both inclusive. */
function between(
  query: URLSearchParams,
  name: string,
  time: (opportunity: Opportunity) => number | null,
): Test {
  const start = milliseconds(query, `${name}_start`);
  const end = milliseconds(query, `${name}_end`);
  return (opportunity) => {
    if (start === null && end === null) return true;
    const at = time(opportunity);
    return at !== null && (start === null || at >= start) && (end === null || at <= end);
  };
}

function milliseconds(query: URLSearchParams, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  if (!/^\d{1,16}$/.test(text)) throw badRequest(`${name} must be a timestamp in milliseconds.`);
  return Number(text);
}

function oneOf(query: URLSearchParams, name: string, allowed: readonly string[]): string | null {
  const value = query.get(name);
  if (value !== null && !allowed.includes(value))
    throw badRequest(`${name} must be one of ${allowed.join(', ')}.`);
  return value;
}
