import type { Guard } from '../guard.ts';

/** What keeps secrets and persons where they belong. */
export const secretGuards: readonly Guard[] = [
  {
    name: 'a sealed secret opens in its place only',
    edits: [
      {
        file: 'packages/db/src/seal.ts',
        find: 'if (protectedHeader.connectionId !== place.connectionId || protectedHeader.column !== place.column) {',
        replace: 'if (protectedHeader.connectionId === protectedHeader) {',
      },
    ],
    test: {
      file: 'packages/db/src/seal.test.ts',
      title:
        'a secret that was moved to another place does not open: {"connectionId":"connection-1","column":"turn_token"}',
    },
  },
  {
    name: 'an error of the database carries no value',
    edits: [
      {
        file: 'packages/db/src/at-port.ts',
        find: 'throw withoutValues(error);',
        replace: 'withoutValues(error);\n    throw error;',
      },
    ],
    test: { file: 'packages/db/src/at-port.test.ts', title: 'no value of the statement goes on: 23505' },
  },
  {
    name: 'a token does not follow a redirect to another server',
    edits: [
      {
        file: 'packages/lever-adapter/src/redirect.ts',
        find: 'isAllowed(from, to, hosts) ? to : null',
        replace: 'isAllowed(from, from, hosts) ? to : null',
      },
    ],
    test: {
      file: 'packages/lever-adapter/test/faults.test.ts',
      title: 'a redirect to another server is not followed: the token would go with it',
    },
  },
  {
    name: 'only pages of Turn’s hosts are shown as a report',
    edits: [
      {
        file: 'packages/turn-adapter/src/api/report-url.ts',
        find: "if (!hosts.includes(url.host)) return refused('host-not-allowed');",
        replace: '',
      },
    ],
    test: {
      file: 'packages/turn-adapter/src/api/report-url.test.ts',
      title: 'R62 "https://evil.example/workers/1" is refused: host-not-allowed',
    },
  },
];
