import { param } from '../../http/call.ts';
import type { Note, NoteComment, Opportunity } from '../state/opportunity.ts';
import { addNote, touch } from '../state/opportunity-changes.ts';
import { badRequest, forbidden, notFound } from './errors.ts';
import { type AddLeverRoute, type LeverCall, objectBody, opportunityOf, performAs } from './lever-route.ts';
import { createPager, type SortKey } from './paging.ts';

const READ = 'notes:read:admin';
const WRITE = 'notes:write:admin';

/** Notes of an opportunity (lever-api.md §4.5). There is no idempotency: a repeated POST is a second note. */
export function addNoteRoutes(add: AddLeverRoute): void {
  const page = createPager();
  const key = (note: Note): SortKey => [note.createdAt, note.id];

  add('GET', '/v1/opportunities/:id/notes', READ, (call) => {
    const notes = opportunityOf(call).notes.filter(({ deletedAt }) => deletedAt === null);
    const items = notes.sort((one, other) => latestFirst(key(one), key(other)));
    return page({ query: call.query, items, key, compare: latestFirst, toJson: noteJson });
  });

  add('GET', '/v1/opportunities/:id/notes/:note', READ, (call) => ({
    status: 200,
    body: { data: noteJson(noteOf(call, opportunityOf(call))) },
  }));

  add('POST', '/v1/opportunities/:id/notes', WRITE, (call) => {
    const opportunity = opportunityOf(call);
    const user = performAs(call);
    const input = readNote(objectBody(call), call.now);
    const thread = call.query.get('note_id');
    const note =
      thread === null
        ? addNote(opportunity, { ...input, user, createdByApi: true }, call.now)
        : addComment(opportunity, thread, { ...comment(opportunity, input.value, input.createdAt), user });
    return { status: 201, body: { data: { ...noteJson(note), noteId: note.id } } };
  });

  add('PUT', '/v1/opportunities/:id/notes/:note', WRITE, (call) => {
    const opportunity = opportunityOf(call);
    const note = madeByApi(noteOf(call, opportunity));
    const body = objectBody(call);
    if (!Array.isArray(body.values) || body.values.length === 0) throw badRequest('"values" is required.');
    const inputs = body.values.map((item: unknown) => readNote(item as Record<string, unknown>, call.now));
    note.comments = inputs.map((input) => comment(opportunity, input.value, input.createdAt));
    note.secret = body.secret === true;
    touch(opportunity, call.now);
    return { status: 200, body: { data: { noteId: note.id } } };
  });

  add('DELETE', '/v1/opportunities/:id/notes/:note', WRITE, (call) => {
    madeByApi(noteOf(call, opportunityOf(call))).deletedAt = call.now;
    return { status: 204 };
  });
}

/** A note as GET shows it: one `fields` entry for each comment of the thread. */
function noteJson(note: Note): Record<string, unknown> {
  return {
    id: note.id,
    text: 'Note',
    fields: note.comments.map((item) => ({ type: 'note', text: 'Comment', ...item })),
    user: note.user,
    secret: note.secret,
    completedAt: note.completedAt,
    deletedAt: note.deletedAt,
    createdAt: note.createdAt,
  };
}

interface NoteInput {
  value: string;
  secret: boolean;
  notifyFollowers: boolean;
  score: number | null;
  createdAt: number;
}

function readNote(body: Record<string, unknown>, now: number): NoteInput {
  const { value, secret = false, notifyFollowers = false, score = null, createdAt = now } = body ?? {};
  if (typeof value !== 'string' || value.trim() === '') throw badRequest('"value" is required.');
  if (typeof secret !== 'boolean') throw badRequest('"secret" must be true or false.');
  if (typeof notifyFollowers !== 'boolean') throw badRequest('"notifyFollowers" must be true or false.');
  if (score !== null && ![1, 2, 3, 4].includes(score as number)) throw badRequest('"score" must be 1 to 4.');
  if (typeof createdAt !== 'number' || createdAt > now) throw badRequest('"createdAt" must be in the past.');
  return { value, secret, notifyFollowers, score: score as number | null, createdAt };
}

function comment(opportunity: Opportunity, value: string, createdAt: number): NoteComment {
  return { value, createdAt, user: null, score: null, stage: opportunity.stage };
}

function addComment(opportunity: Opportunity, noteId: string, added: NoteComment): Note {
  const note = requireNote(opportunity, noteId);
  note.comments.push(added);
  return note;
}

function noteOf(call: LeverCall, opportunity: Opportunity): Note {
  return requireNote(opportunity, param(call, 'note'));
}

function requireNote(opportunity: Opportunity, id: string): Note {
  const note = opportunity.notes.find((candidate) => candidate.id === id && candidate.deletedAt === null);
  if (note === undefined) throw notFound(`notes ${id} was not found`);
  return note;
}

function madeByApi(note: Note): Note {
  if (!note.createdByApi) throw forbidden('Only notes created through the API can be changed through it.');
  return note;
}

function latestFirst(one: SortKey, other: SortKey): number {
  return Number(other[0]) - Number(one[0]) || String(one[1]).localeCompare(String(other[1]));
}
