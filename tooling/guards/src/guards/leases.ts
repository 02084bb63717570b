// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of source text.
import type { Guard } from '../guard.ts';

const createInbox = 'packages/db/src/inbox/create-inbox.ts';
const syncCheck = 'packages/db/src/checks/sync-check.ts';
const createGrants = 'packages/db/src/grants/create-grants.ts';
const inboxOnBoth = 'packages/db/test/inbox.contract.test.ts';
const checksOnBoth = 'packages/db/test/checks.contract.test.ts';
const portsOnBoth = 'packages/db/test/contracts.test.ts';

/** What keeps two from working on one row, or on one pair of tokens. */
export const leaseGuards: readonly Guard[] = [
  {
    name: 'delivery lease: given to one',
    edits: [
      {
        file: createInbox,
        find: 'sql`(${delivery.leaseUntil} is null or ${delivery.leaseUntil} < now())`,',
        replace: '',
      },
    ],
    test: { file: inboxOnBoth, title: 'taking gives a due delivery to exactly one of many' },
  },
  {
    name: 'delivery lease: late writes find nothing',
    edits: [{ file: createInbox, find: 'eq(delivery.lease, lease), ', replace: '' }],
    test: {
      file: inboxOnBoth,
      title:
        'taking gives it to the next once the lease has lapsed, and refuses the late writes of the first',
    },
  },
  {
    name: 'sync lease: given to one, also where the check was woken meanwhile',
    edits: [
      {
        file: syncCheck,
        find: 'sql`(${backgroundCheck.leaseUntil} is null or ${backgroundCheck.leaseUntil} < now())`,',
        replace: '',
      },
    ],
    test: { file: checksOnBoth, title: 'syncing does not lose a wake that comes meanwhile' },
  },
  {
    name: 'sync lease: both its layers, the lease and the due time at its end',
    edits: [
      { file: syncCheck, find: '            nextSyncAt: leaseEnd,\n', replace: '' },
      {
        file: syncCheck,
        find: 'sql`(${backgroundCheck.leaseUntil} is null or ${backgroundCheck.leaseUntil} < now())`,',
        replace: '',
      },
    ],
    test: { file: checksOnBoth, title: 'syncing gives a due check to exactly one of many' },
  },
  {
    name: 'sync lease: late writes find nothing',
    edits: [
      {
        file: syncCheck,
        find: 'and(eq(backgroundCheck.id, check.id), eq(backgroundCheck.lease, lease))',
        replace: 'and(eq(backgroundCheck.id, check.id), eq(sql`${lease}::text`, lease))',
      },
    ],
    test: {
      file: checksOnBoth,
      title: 'syncing goes to the next once the lease has lapsed, and refuses the late writes of the first',
    },
  },
  {
    name: 'refresh lease: given to one',
    edits: [
      {
        file: createGrants,
        find: 'or(isNull(connection.refreshLeaseUntil), lte(connection.refreshLeaseUntil, sql`now()`)),',
        replace: '',
      },
    ],
    test: { file: portsOnBoth, title: 'gives the right to refresh to one of many who ask at once' },
  },
  {
    name: 'refresh lease: not for a pair that was refreshed already',
    edits: [
      {
        file: createGrants,
        find: `eq(connection.version, version),
            isNotNull(connection.refreshTokenSealed),
            or(`,
        replace: `isNotNull(connection.refreshTokenSealed),
            or(`,
      },
    ],
    test: { file: portsOnBoth, title: 'gives no right to refresh a version that is past' },
  },
  {
    name: 'refresh lease: a late pair does not replace a newer one',
    edits: [
      {
        file: createGrants,
        find: `eq(connection.version, version),
            isNotNull(connection.refreshTokenSealed),
          ),`,
        replace: `isNotNull(connection.refreshTokenSealed),
          ),`,
      },
    ],
    test: { file: portsOnBoth, title: 'a pair that comes late does not replace another that is stored' },
  },
  {
    name: 'refresh lease: whoever has none does not refresh',
    edits: [
      {
        file: 'packages/lever-adapter/src/oauth/access-token.ts',
        find: 'if (lease !== null) return refreshUnder(lease, connectionId, environment, stale);',
        replace: "return refreshUnder(lease ?? '0', connectionId, environment, stale);",
      },
    ],
    test: {
      file: 'packages/lever-adapter/test/oauth.test.ts',
      title:
        'one refresh serves all 50 calls of two processes whose token ran out refresh exactly once and all succeed',
    },
  },
  {
    name: 'a queue mark counts until the row is due again',
    edits: [
      {
        file: 'packages/db/src/work/due-rows.ts',
        find: 'and ${isFree} and ${isMarked} is not true`',
        replace: 'and ${isFree}`',
      },
    ],
    test: {
      file: 'packages/db/test/work.test.ts',
      title: 'a row gets no second job while its first one is young, although it is still due',
    },
  },
];
