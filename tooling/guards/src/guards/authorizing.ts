import type { Guard } from '../guard.ts';

const finish = 'packages/core/src/use-cases/by-person/connection/finish-authorization.ts';
const requests = 'packages/db/src/authorization-requests/create-authorization-requests.ts';
const links = 'packages/db/src/connections/connection-links.ts';
const returning = 'apps/api/test/oauth/returning.test.ts';
const connecting = 'apps/api/test/oauth/connecting.test.ts';
const contracts = 'packages/db/test/contracts.test.ts';

/** What keeps a return from Lever to whoever set out, and tokens to the account they are of. */
export const authorizingGuards: readonly Guard[] = [
  {
    name: 'authorizing: another session finishes nothing',
    edits: [{ file: finish, find: 'if (!isSameSession(request, signedIn))', replace: 'if (false)' }],
    test: {
      file: returning,
      title: 'of the same account, of another one, or of the same person: refused, audited, spent',
    },
  },
  {
    name: 'authorizing: the role is asked for again',
    edits: [{ file: finish, find: "|| !can(role, 'connect')", replace: '' }],
    test: { file: returning, title: 'was demoted: refused' },
  },
  {
    name: 'authorizing: what was not granted is missed',
    edits: [{ file: finish, find: 'missing.length > 0 || grant === null', replace: 'grant === null' }],
    test: {
      file: returning,
      title: 'without ["notes:write:admin"] the missing ones are named, and nothing is stored',
    },
  },
  {
    name: 'authorizing: a state is too old after ten minutes',
    edits: [{ file: requests, find: ' || row.expiresAt <= now', replace: '' }],
    test: { file: returning, title: 'after ten minutes is too late' },
  },
  {
    name: 'authorizing: a state is kept as a hash',
    edits: [
      { file: requests, find: "createHash('sha256').update(state).digest('hex')", replace: 'state' },
      { file: requests, find: "import { createHash } from 'node:crypto';\n", replace: '' },
    ],
    test: {
      file: connecting,
      title: 'state and code are in no row, log line or answer, and the return is kept by no cache',
    },
  },
  {
    name: 'authorizing: the return comes from the environment’s own server',
    edits: [
      {
        file: 'packages/lever-adapter/src/create-lever-authorization.ts',
        find: 'withoutSlash(iss) !== withoutSlash(issuer)',
        replace: 'false',
      },
    ],
    test: {
      file: returning,
      title: 'without a code, or from another environment’s server, is refused before Lever is asked',
    },
  },
  {
    name: 'authorizing: the store asks for the Lever account itself',
    edits: [
      {
        file: links,
        find: 'or(takesAnyAccount, eq(connection.leverAccountId, leverAccountId))',
        replace: 'undefined',
      },
    ],
    test: {
      file: contracts,
      title: 'takes neither another Lever account nor another environment than the connected one',
    },
  },
  {
    name: 'authorizing: checks held before go along to the Lever account',
    edits: [{ file: links, find: 'await tx.execute(takeChecksAlong(connectionId));', replace: '' }],
    test: {
      file: connecting,
      title:
        'deliveries with a valid signature are held, and go along once both are connected: one row, one order',
    },
  },
];
