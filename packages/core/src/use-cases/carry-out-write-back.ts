import type { Check, NoteKind, Shown } from '../check.ts';
import type { NoteId } from '../ids.ts';
import type { Ats } from '../ports/ats.ts';
import type { Checks, LeasedCheck } from '../ports/checks.ts';
import type { Incidents } from '../ports/incidents.ts';
import { PortError } from '../ports/port-error.ts';
import type { Settings } from '../settings.ts';
import { isStatusTag } from '../status/status-tag.ts';
import {
  patienceWithTags,
  planWriteBack,
  tagsPerhapsShown,
  type WriteBackAction,
} from '../write-back/plan-write-back.ts';

/** Lever's answer to adding a tag shows every one: nothing is in doubt any more. */
const withoutAttempts = (stubborn: Shown['stubborn']): Shown['stubborn'] =>
  Object.fromEntries(Object.entries(stubborn).filter(([, tries]) => tries > 0));

type WriteNote = Extract<WriteBackAction, { kind: 'write-note' }>;

/**
 * Makes Lever show what `planWriteBack` wants, remembering each step as it is done, so that a crash repeats none. Throws
 * `PortError` of Lever where it must be gone on with later.
 */
export const createCarryOutWriteBack =
  (ports: {
    readonly ats: Pick<Ats, 'addTag' | 'removeTags' | 'listNotes' | 'writeNote' | 'deleteNote'>;
    readonly checks: Pick<Checks, 'saveSync'>;
    readonly incidents: Pick<Incidents, 'raise'>;
  }) =>
  async (leased: LeasedCheck, check: Check, settings: Settings): Promise<void> => {
    const { ats, checks, incidents } = ports;
    const { connectionId, opportunityId } = check;
    let { shown } = check;
    let isOurs = true;

    const remember = async (change: Partial<Shown>): Promise<void> => {
      shown = { ...shown, ...change };
      isOurs = await checks.saveSync(leased, { shown });
    };
    const rememberNote = (kind: NoteKind, note: Shown['notes'][NoteKind]): Promise<void> =>
      remember({ notes: { ...shown.notes, [kind]: note } });

    const findNote = async (text: string): Promise<NoteId | null> => {
      const [firstLine] = text.split('\n');
      const notes = await ats.listNotes(connectionId, opportunityId);
      return notes.find((note) => note.text.split('\n')[0]?.trim() === firstLine?.trim())?.id ?? null;
    };

    const writeNote = async (action: WriteNote): Promise<void> => {
      const { note: kind, text, isSecret, notifyFollowers } = action;
      const found = action.lookFirst ? await findNote(text) : null;
      if (found !== null) return rememberNote(kind, { kind: 'written', noteId: found, text });
      await rememberNote(kind, { kind: 'attempted', text });
      if (!isOurs) return;
      const noteId = await ats.writeNote(connectionId, opportunityId, { text, isSecret, notifyFollowers });
      await rememberNote(kind, { kind: 'written', noteId, text });
    };

    const deleteNote = async (kind: NoteKind): Promise<void> => {
      const note = shown.notes[kind];
      const noteId =
        note.kind === 'written' ? note.noteId : note.kind === 'attempted' ? await findNote(note.text) : null;
      if (noteId !== null) await ats.deleteNote(connectionId, opportunityId, noteId);
      await rememberNote(kind, { kind: 'absent' });
    };

    /** Add first, so that the candidate is never without a status; its answer shows what else is there. */
    const showTag = async (tag: string | null): Promise<void> => {
      if (tag !== null && !shown.tags.includes(tag)) {
        // Its answer may be lost, and another one be wanted by then, or none.
        await remember({ stubborn: { ...shown.stubborn, [tag]: shown.stubborn[tag] ?? 0 } });
        if (!isOurs) return;
        const tags = await ats.addTag(connectionId, opportunityId, tag);
        await remember({ tags: tags.filter(isStatusTag), stubborn: withoutAttempts(shown.stubborn) });
      }
      const stale = tagsPerhapsShown(shown).filter(
        (one) => one !== tag && (shown.stubborn[one] ?? 0) < patienceWithTags,
      );
      if (stale.length === 0 || !isOurs) return;
      const left = (await ats.removeTags(connectionId, opportunityId, stale)).filter(isStatusTag);
      const stubborn = { ...shown.stubborn };
      for (const one of stale) {
        if (left.includes(one)) stubborn[one] = (stubborn[one] ?? 0) + 1;
        else delete stubborn[one];
      }
      await remember({ tags: left, stubborn });
      for (const one of stale) {
        if ((stubborn[one] ?? 0) >= patienceWithTags)
          await incidents.raise(connectionId, 'tag-stays', check.id);
      }
    };

    const carryOut = (action: WriteBackAction): Promise<void> => {
      if (action.kind === 'write-note') return writeNote(action);
      return action.kind === 'delete-note' ? deleteNote(action.note) : showTag(action.tag);
    };

    let refusal: PortError | null = null;
    for (const action of planWriteBack({ ...check, settings }, shown)) {
      if (!isOurs) return;
      try {
        await carryOut(action);
      } catch (error) {
        // Where Lever refuses one thing, tags that are locked for instance, the others are shown all the same.
        const isRefusal =
          error instanceof PortError && (error.code === 'forbidden' || error.code === 'rejected');
        if (!isRefusal) throw error;
        refusal = error;
      }
    }
    if (refusal === null) return;
    await incidents.raise(connectionId, 'write-back-refused', check.id);
    throw refusal;
  };
