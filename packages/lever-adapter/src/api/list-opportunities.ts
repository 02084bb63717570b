import type { Instant, StageId } from '@turn-lever/core/ids';
import type { Opportunity } from '@turn-lever/core/ordering/opportunity';
import { z } from 'zod';
import { readShape } from './answer.ts';
import { opportunitySchema, toOpportunity } from './opportunity.ts';
import { type PageLimits, readPages } from './pages.ts';
import type { Call } from './request.ts';

// 50 records stay far below the largest answer we take. Beyond 10 000 the list is cut: within a stage Lever gives the
// newest arrivals first, and sweeps come to the rest once these are dealt with.
const limits: PageLimits = { perPage: 50, pages: 200, mayBeCut: true };

/** Each once: a candidate who is moved while we page can come twice (`lever-api.md` §4.0). */
const list = async (
  call: Call,
  query: readonly (readonly [string, string])[],
): Promise<readonly Opportunity[]> => {
  const found = await readPages(call, { route: 'GET /opportunities', query }, opportunitySchema, limits);
  const byId = new Map(found.map((given) => [given.id, toOpportunity(given)]));
  return [...byId.values()];
};

/** Active opportunities in a stage that arrived there at or after `since`; `advanced_at` is that arrival (§3.7). */
export const listEntered = async (
  call: Call,
  stageId: StageId,
  since: Instant,
): Promise<readonly Opportunity[]> => {
  const found = await list(call, [
    ['stage_id', stageId],
    ['archived', 'false'],
    ['advanced_at_start', String(Math.max(0, Math.floor(since)))],
  ]);
  return found.filter((opportunity) => opportunity.stageId === stageId && !opportunity.isArchived);
};

const firstPage = z.object({ data: z.array(z.unknown()), hasNext: z.boolean().nullish() });

/** How many active opportunities stand in a stage, as far as one page tells. */
export const countInStage = async (
  call: Call,
  stageId: StageId,
): Promise<{ readonly count: number; readonly isMore: boolean }> => {
  const route = 'GET /opportunities';
  const json = await call({
    route,
    query: [
      ['stage_id', stageId],
      ['archived', 'false'],
      ['limit', String(limits.perPage)],
    ],
  });
  const { data, hasNext } = readShape(route, firstPage, json);
  return { count: data.length, isMore: hasNext === true };
};

/** Opportunities with one of the tags, archived ones included. Lever's filter is case-sensitive (§4.2). */
export const listTagged = async (call: Call, tags: readonly string[]): Promise<readonly Opportunity[]> => {
  // Without any filter Lever would list everybody.
  if (tags.length === 0) return [];
  const found = await list(
    call,
    tags.map((tag) => ['tag', tag] as const),
  );
  return found.filter((opportunity) => opportunity.tags.some((tag) => tags.includes(tag)));
};
