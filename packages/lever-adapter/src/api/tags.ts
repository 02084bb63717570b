import type { OpportunityId } from '@turn-lever/core/ids';
import { z } from 'zod';
import { toStorable } from '../storable-text.ts';
import { enveloped, readShape } from './answer.ts';
import { readPages } from './pages.ts';
import { callAs } from './perform-as.ts';
import type { Call } from './request.ts';

// Only the tags: name, e-mails and phones come back blank from these two calls (`lever-api.md` §4.4).
const answer = enveloped(z.object({ tags: z.array(z.string().overwrite(toStorable)) }));
const tagText = z.object({ text: z.string() });

const write = async (
  call: Call,
  performAs: string | null,
  verb: 'addTags' | 'removeTags',
  opportunityId: OpportunityId,
  tags: readonly string[],
): Promise<readonly string[]> => {
  const route = `POST /opportunities/:id/${verb}`;
  const json = await callAs(call, performAs, { route, params: { id: opportunityId }, body: { tags } });
  return readShape(route, answer, json).data.tags;
};

/** Adds a tag; answers all tags. Lever makes unknown tags and keeps each once. Throws `PortError`. */
export const addTag = (
  call: Call,
  performAs: string | null,
  opportunityId: OpportunityId,
  tag: string,
): Promise<readonly string[]> => write(call, performAs, 'addTags', opportunityId, [tag]);

/**
 * Removes tags, spelled exactly so; answers what is left. One inherited from a posting may stay although Lever answers
 * 200 (`lever-api.md` §5.2). Throws `PortError`.
 */
export const removeTags = (
  call: Call,
  performAs: string | null,
  opportunityId: OpportunityId,
  tags: readonly string[],
): Promise<readonly string[]> => write(call, performAs, 'removeTags', opportunityId, tags);

/** The texts of all tags in use in the account. Throws `PortError`. */
export const listTags = async (call: Call): Promise<readonly string[]> => {
  const tags = await readPages(call, { route: 'GET /tags' }, tagText);
  return tags.map(({ text }) => text);
};
