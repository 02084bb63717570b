import type { NoteId, OpportunityId } from '@turn-lever/core/ids';
import type { AtsNote, NewNote } from '@turn-lever/core/ports/ats';
import { PortError } from '@turn-lever/core/ports/port-error';
import { z } from 'zod';
import { leverId } from '../lever-id.ts';
import { enveloped, readShape } from './answer.ts';
import { type PageLimits, readPages } from './pages.ts';
import { callAs } from './perform-as.ts';
import type { Call } from './request.ts';

const note = z.object({
  id: leverId,
  fields: z.array(z.object({ value: z.unknown().optional() })).nullish(),
  deletedAt: z.unknown().optional(),
});
// The documentation promises `noteId`, live answers have both (`lever-api.md` §4.5).
const written = enveloped(z.union([z.object({ id: leverId }), z.object({ noteId: leverId })]));
const writeRoute = 'POST /opportunities/:id/notes';

// Notes can be long: 20 of 50 KB fit into the largest answer we take. A note must not be missed, so 2000 are the most.
const limits: PageLimits = { perPage: 20, pages: 100, mayBeCut: false };

/** All notes that are not deleted, each with the text of its first comment. Throws `PortError`. */
export const listNotes = async (call: Call, opportunityId: OpportunityId): Promise<readonly AtsNote[]> => {
  const list = { route: 'GET /opportunities/:id/notes', params: { id: opportunityId } };
  const notes = await readPages(call, list, note, limits);
  return notes
    .filter(({ deletedAt }) => deletedAt === null || deletedAt === undefined)
    .map(({ id: noteId, fields }) => {
      const text = fields?.[0]?.value;
      return { id: noteId as NoteId, text: typeof text === 'string' ? text : '' };
    });
};

/** Writes a note, once: Lever knows no idempotency key, a repeated POST is a second note. Throws `PortError`. */
export const writeNote = async (
  call: Call,
  performAs: string | null,
  opportunityId: OpportunityId,
  { text, isSecret, notifyFollowers }: NewNote,
): Promise<NoteId> => {
  const body = { value: text, secret: isSecret, notifyFollowers };
  const json = await callAs(call, performAs, { route: writeRoute, params: { id: opportunityId }, body });
  const { data } = readShape(writeRoute, written, json);
  return ('id' in data ? data.id : data.noteId) as NoteId;
};

/** Deletes a note of ours; one that is gone already is fine. Throws `PortError`. */
export const deleteNote = async (call: Call, opportunityId: OpportunityId, noteId: NoteId): Promise<void> => {
  const params = { id: opportunityId, note: noteId };
  try {
    await call({ route: 'DELETE /opportunities/:id/notes/:note', params });
  } catch (error) {
    if (!(error instanceof PortError && error.code === 'not-found')) throw error;
  }
};
