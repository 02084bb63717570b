import type { Check, NoteKind, Shown, ShownNote } from '../check.ts';
import { isInRecord } from '../reason.ts';
import type { Settings } from '../settings.ts';
import { statuses } from '../status/check-status.ts';
import { errorTag, statusTag } from '../status/status-tag.ts';
import { heldNote, reportNote, turnIdNote } from './note-wording.ts';

/** One write to Lever. */
export type WriteBackAction =
  | {
      readonly kind: 'write-note';
      readonly note: NoteKind;
      readonly text: string;
      readonly isSecret: boolean;
      readonly notifyFollowers: boolean;
      /** It may be there already: look for it before writing it again. */
      readonly lookFirst: boolean;
    }
  | { readonly kind: 'delete-note'; readonly note: NoteKind }
  /** Leave exactly this tag of ours on the opportunity; null: none. */
  | { readonly kind: 'show-tag'; readonly tag: string | null };

/** What a plan depends on, of the check and its connection's settings. */
export type WriteBackSubject = Pick<
  Check,
  | 'phase'
  | 'sendingAt'
  | 'hold'
  | 'turnId'
  | 'packageId'
  | 'invalidTags'
  | 'status'
  | 'reportUrl'
  | 'writeBackStop'
  | 'isNewest'
> & {
  readonly settings: Pick<Settings, 'reportNoteSecret' | 'notifyFollowersOnConsider' | 'neutralAdverse'>;
};

/** Removals after which a tag is left alone (`lever-api.md` §5.2: an inherited tag may not stick to being removed). */
export const patienceWithTags = 2;

/**
 * Compares what Lever should show of a check with what it shows, and names the difference. Nothing to do gives an empty
 * plan; a plan that was carried out leaves nothing to plan.
 */
export const planWriteBack = (check: WriteBackSubject, shown: Shown): readonly WriteBackAction[] => {
  if (check.writeBackStop !== null) return [];
  return [
    ...planTag(check, shown),
    ...planHeldNote(check, shown),
    ...planTurnIdNote(check, shown),
    ...planReportNote(check, shown),
  ];
};

const isShownAsHeld = (check: WriteBackSubject): boolean =>
  check.phase === 'held' && check.hold !== null && isInRecord(check.hold.reason);

/** The tag of ours that should be on the opportunity; undefined where this check has no say. */
const wantedTag = (check: WriteBackSubject): string | null | undefined => {
  if (!check.isNewest) return undefined;
  if (check.phase === 'ordered') {
    return statusTag(check.status?.status ?? statuses.requested, check.settings.neutralAdverse);
  }
  if (check.phase === 'held') return isShownAsHeld(check) ? errorTag : null;
  if (check.phase === 'dismissed') return null;
  return undefined;
};

/** Our tags on the opportunity as last seen, and those whose adding was begun and its answer not stored. */
export const tagsPerhapsShown = ({ tags, stubborn }: Pick<Shown, 'tags' | 'stubborn'>): readonly string[] => [
  ...new Set([...tags, ...Object.keys(stubborn).filter((tag) => stubborn[tag] === 0)]),
];

/**
 * What is shown after a decision read the opportunity. A tag that we had put there and the reading lacks may have been added
 * since it was read, by a sync at the same time: it may still be there.
 */
export const shownAfterReading = (shown: Shown, read: readonly string[]): Shown => {
  const missing = shown.tags.filter((tag) => !read.includes(tag)).map((tag) => [tag, 0] as const);
  return { ...shown, tags: read, stubborn: { ...Object.fromEntries(missing), ...shown.stubborn } };
};

const planTag = (check: WriteBackSubject, shown: Shown): readonly WriteBackAction[] => {
  const tag = wantedTag(check);
  if (tag === undefined) return [];
  const present = tagsPerhapsShown(shown).filter(
    (one) => one === tag || (shown.stubborn[one] ?? 0) < patienceWithTags,
  );
  const isRight = tag === null ? present.length === 0 : present.length === 1 && shown.tags.includes(tag);
  return isRight ? [] : [{ kind: 'show-tag', tag }];
};

const planHeldNote = (check: WriteBackSubject, shown: Shown): readonly WriteBackAction[] => {
  const note = shown.notes.held;
  const wanted = isShownAsHeld(check) && check.hold !== null ? heldNote(check.hold) : null;
  if (wanted === null) return note.kind === 'absent' ? [] : [{ kind: 'delete-note', note: 'held' }];
  if (note.kind === 'written' && note.text === wanted) return [];
  const replace: readonly WriteBackAction[] =
    note.kind === 'absent' || note.text === wanted ? [] : [{ kind: 'delete-note', note: 'held' }];
  const lookFirst = note.kind === 'attempted' && note.text === wanted;
  return [
    ...replace,
    { kind: 'write-note', note: 'held', text: wanted, isSecret: false, notifyFollowers: true, lookFirst },
  ];
};

/** Its answer was lost; or the order was never claimed but adopted, so Lever may show it from an earlier life. */
const mayBeThere = (note: ShownNote, { sendingAt }: WriteBackSubject): boolean =>
  note.kind === 'attempted' || sendingAt === null;

const planTurnIdNote = (check: WriteBackSubject, shown: Shown): readonly WriteBackAction[] => {
  const note = shown.notes.turnId;
  if (check.phase !== 'ordered' || check.turnId === null || note.kind === 'written') return [];
  return [
    {
      kind: 'write-note',
      note: 'turnId',
      text: turnIdNote(check),
      isSecret: false,
      notifyFollowers: false,
      lookFirst: mayBeThere(note, check),
    },
  ];
};

const planReportNote = (check: WriteBackSubject, shown: Shown): readonly WriteBackAction[] => {
  const note = shown.notes.report;
  const isDue = check.phase === 'ordered' && check.status?.status.hasReport === true;
  if (!isDue || check.reportUrl === null || note.kind === 'written') return [];
  return [
    {
      kind: 'write-note',
      note: 'report',
      text: reportNote(check.reportUrl),
      isSecret: check.settings.reportNoteSecret,
      notifyFollowers: check.settings.notifyFollowersOnConsider && check.status?.status.name === 'consider',
      // Days lie between order and report: a backup from between them, once restored, knows of no note.
      lookFirst: true,
    },
  ];
};
