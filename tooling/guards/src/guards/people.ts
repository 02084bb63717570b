import type { Guard } from '../guard.ts';

const access = 'apps/api/src/console/access.ts';
const origin = 'apps/api/src/console/guard-origin.ts';
const permissions = 'apps/api/test/console/permissions.test.ts';
const sessions = 'apps/api/test/console/sessions.test.ts';
const forged = 'apps/api/test/console/forged-requests.test.ts';
const contracts = 'packages/db/test/contracts.test.ts';

/** What keeps out whoever may not come in, or may do less. */
export const peopleGuards: readonly Guard[] = [
  {
    name: 'people: an account is not found by others',
    edits: [
      {
        file: access,
        find: 'await ctx.people.role(accountId, signedIn.personId)',
        replace: "'super-admin'",
      },
    ],
    test: { file: permissions, title: 'people.list is not found, whatever the role' },
  },
  {
    name: 'people: the role is asked for',
    edits: [{ file: access, find: 'if (!can(role, action))', replace: 'if (!can(role, action) && false)' }],
    test: { file: permissions, title: 'account.auditLog is for whom the table says' },
  },
  {
    name: 'people: what lets somebody in needs a fresh password',
    edits: [{ file: access, find: 'isChange && needsRecentPassword(action)', replace: 'false' }],
    test: {
      file: sessions,
      title: 'people and connections are changed only within 15 minutes of giving the password',
    },
  },
  {
    name: 'people: a request without our origin is refused',
    edits: [{ file: origin, find: '!isFromHere || ', replace: '' }],
    test: { file: forged, title: 'an opaque origin is refused before anything is done' },
  },
  {
    name: 'people: a request across sites is refused',
    edits: [{ file: origin, find: '!isSameSite || ', replace: '' }],
    test: { file: forged, title: 'a fetch of a neighbour is refused before anything is done' },
  },
  {
    name: 'people: a request without our header is refused',
    edits: [{ file: origin, find: " || header !== 'console'", replace: '' }],
    test: { file: forged, title: 'no header of ours is refused before anything is done' },
  },
  {
    name: 'people: tries of a password are limited',
    edits: [
      {
        file: 'apps/api/src/console/sign-in-routes.ts',
        find: '`, request.ip))',
        replace: '`, request.ip) && false)',
      },
    ],
    test: {
      file: 'apps/api/test/console/sign-in.test.ts',
      title: 'are limited for one address, however written, and a spoofed peer does not help',
    },
  },
  {
    name: 'people: tries to give the password again are limited',
    edits: [
      {
        file: 'apps/api/src/console/procedures/person.ts',
        find: '`, peer))',
        replace: '`, peer) && false)',
      },
    ],
    test: {
      file: 'apps/api/test/console/sign-in.test.ts',
      title: 'are limited where the password is given again',
    },
  },
  {
    name: 'people: tries from one address are limited',
    edits: [
      {
        file: 'apps/api/src/console/password-limits.ts',
        find: '> mostPerPeer)',
        replace: '> mostKept)',
      },
    ],
    test: {
      file: 'apps/api/src/console/password-limits.test.ts',
      title: 'a hundred from one address, and those beyond use up nobody’s tries',
    },
  },
  {
    name: 'people: tries of a password cannot be bundled',
    edits: [
      {
        file: 'apps/api/src/console/register-console.ts',
        find: 'allowBatching: false',
        replace: 'allowBatching: true',
      },
    ],
    test: { file: forged, title: 'calls cannot be bundled, and what is not JSON is refused' },
  },
  {
    name: 'people: a session ends after seven days',
    edits: [
      {
        file: 'apps/api/src/console/authentication.ts',
        find: 'isSessionOver({ startedAt: createdAt.getTime(), lastsUntil: expiresAt.getTime() }, now())',
        replace: 'false',
      },
    ],
    test: { file: sessions, title: 'R98 a session ends after seven days, however much it is used' },
  },
  {
    name: 'people: a sign-in ends the session that was there',
    edits: [
      {
        file: 'apps/api/src/console/authentication.ts',
        find: 'if (before !== null)',
        replace: 'if (before !== null && false)',
      },
    ],
    test: { file: sessions, title: 'R98 signing in gives a new session, and the one that was there is over' },
  },
  {
    name: 'people: a Super Admin remains',
    edits: [
      {
        file: 'packages/db/src/people/memberships.ts',
        find: 'if (!keepsSuperAdmin(members, personId, role))',
        replace: 'if (!keepsSuperAdmin(members, personId, role) && false)',
      },
    ],
    test: { file: contracts, title: 'the last Super Admin can neither be changed nor removed' },
  },
  {
    name: 'people: links end with the Super Admin who may have made them',
    edits: [
      {
        file: 'packages/db/src/people/memberships.ts',
        find: "if (member.role === 'super-admin' && role !== 'super-admin')",
        replace: 'if (members.length === 0)',
      },
    ],
    test: {
      file: contracts,
      title: 'a Super Admin who becomes null leaves no open link of the account behind',
    },
  },
  {
    name: 'people: who makes a link is asked for under the lock',
    edits: [
      {
        file: 'packages/db/src/people/make-links.ts',
        find: 'if (madeBy !== undefined) {',
        replace: "if (madeBy === 'nobody') {",
      },
    ],
    test: {
      file: contracts,
      title: 'a link that somebody makes while they are removed or demoted does not outlive it',
    },
  },
  {
    name: 'people: a link works once',
    edits: [
      {
        file: 'packages/core/src/people.ts',
        find: 'link.usedAt === null && now < link.expiresAt',
        replace: 'now < link.expiresAt',
      },
    ],
    test: { file: contracts, title: 'makes a new person a member, with the password given, once' },
  },
  {
    name: 'people: an invitation is for one person',
    edits: [
      {
        file: 'packages/db/src/people/use-links.ts',
        find: "joining.kind === 'signed-in' && invited?.id !== joining.personId",
        replace: 'false',
      },
    ],
    test: {
      file: contracts,
      title: 'of somebody with a password asks them to sign in, and is then accepted by nobody else',
    },
  },
  {
    name: 'people: nobody’s password in another account is set',
    edits: [
      {
        file: 'packages/db/src/people/use-links.ts',
        find: "purpose === 'recovery' || members.length === 1 ? (member ?? null) : null",
        replace: 'member ?? null',
      },
    ],
    test: {
      file: contracts,
      title: 'is neither made nor works for somebody who belongs to another account too',
    },
  },
];
