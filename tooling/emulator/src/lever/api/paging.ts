import type { Answer } from '../../http/answer.ts';
import { badRequest } from './errors.ts';

/** The place of an item in the sort order; ids break ties, so no two items share one. */
export type SortKey = readonly (number | string)[];

interface Listing<Item> {
  query: URLSearchParams;
  /** Already in sort order. */
  items: readonly Item[];
  key: (item: Item) => SortKey;
  /** Negative when the first comes earlier. */
  compare: (one: SortKey, other: SortKey) => number;
  toJson: (item: Item) => unknown;
}

/**
 * One page (lever-api.md §4.0). The token is a JSON array, percent-encoded already: it has to come back as it was
 * given, so that a client's query encoder encodes it again. It belongs to the filters it was given for.
 */
export function createPager(): <Item>(listing: Listing<Item>) => Answer {
  const given = new Map<string, Set<string>>();
  return ({ query, items, key, compare, toJson }) => {
    const limit = limitOf(query);
    const filters = filtersOf(query);
    const offset = query.get('offset');
    const after = offset === null ? null : readToken(offset, given.get(offset), filters);
    const rest = after === null ? items : items.filter((item) => compare(key(item), after) > 0);
    const page = rest.slice(0, limit);
    const last = page.at(-1);
    const hasNext = rest.length > page.length;
    if (!hasNext || last === undefined)
      return { status: 200, body: { data: page.map(toJson), hasNext: false } };
    const next = encodeURIComponent(JSON.stringify(key(last)));
    given.set(next, (given.get(next) ?? new Set()).add(filters));
    return { status: 200, body: { data: page.map(toJson), hasNext: true, next } };
  };
}

function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw badRequest('limit must be between 1 and 100.');
  return limit;
}

function filtersOf(query: URLSearchParams): string {
  const filters = new URLSearchParams(query);
  for (const name of ['limit', 'offset', 'include', 'expand']) filters.delete(name);
  filters.sort();
  return filters.toString();
}

function readToken(offset: string, givenFor: Set<string> | undefined, filters: string): SortKey {
  if (givenFor === undefined) throw badRequest('Invalid offset token: Offset token could not be read');
  if (!givenFor.has(filters)) throw badRequest('Invalid offset token: Offset token is invalid for sort');
  return JSON.parse(decodeURIComponent(offset)) as SortKey;
}
