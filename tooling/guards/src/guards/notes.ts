import type { Guard } from '../guard.ts';

const carryOut = 'packages/core/src/use-cases/carry-out-write-back.ts';
const carryingOut = 'packages/core/test/carry-out-write-back.test.ts';

/** What keeps a note from being written twice, and what people wrote from being touched. */
export const noteGuards: readonly Guard[] = [
  {
    name: 'note look-up: it is looked for',
    edits: [{ file: carryOut, find: 'action.lookFirst ? await findNote(text) : null', replace: 'null' }],
    test: {
      file: carryingOut,
      title: 'a note that was written, and only Lever’s answer lost is there once in the end',
    },
  },
  {
    name: 'note look-up: the plan asks for it',
    edits: [
      {
        file: 'packages/core/src/write-back/plan-write-back.ts',
        find: "note.kind === 'attempted' || sendingAt === null;",
        replace: 'note.kind === sendingAt;',
      },
    ],
    test: {
      file: 'packages/core/src/write-back/plan-write-back.test.ts',
      title: 'the Turn ID only once: after a lost answer it is looked for first',
    },
  },
  {
    name: 'note look-up: an adopted order has its notes looked for',
    edits: [
      {
        file: 'packages/db/src/checks/place-check.ts',
        find: 'when \'absent\' then \'{"kind": "attempted", "text": ""}\'::jsonb',
        replace: 'when \'absent\' then \'{"kind": "absent"}\'::jsonb',
      },
    ],
    test: {
      file: 'packages/db/test/checks.contract.test.ts',
      title: 'an adopted order has its notes looked for before they are written',
    },
  },
  {
    name: 'a note is marked as attempted before it is posted',
    edits: [{ file: carryOut, find: "await rememberNote(kind, { kind: 'attempted', text });", replace: '' }],
    test: {
      file: carryingOut,
      title: 'the tag with the others of ours that were seen, then the note with its id',
    },
  },
  {
    name: 'who lost the lease writes no more',
    edits: [
      {
        file: carryOut,
        find: `      if (!isOurs) return;
      const noteId`,
        replace: '      const noteId',
      },
    ],
    test: {
      file: 'packages/core/test/sync-check.test.ts',
      title: 'that lost its lease to another, wherever it was, leaves Lever as one sync would',
    },
  },
  {
    name: 'the new tag first, then the old one',
    edits: [
      {
        file: carryOut,
        find: 'if (tag !== null && !shown.tags.includes(tag)) {',
        replace: `await ats.removeTags(connectionId, opportunityId, shown.tags);
      if (tag !== null && !shown.tags.includes(tag)) {`,
      },
    ],
    test: { file: carryingOut, title: 'is added before the old one goes, so that there always is one' },
  },
];
