import type { Edit, Guard, NamedTest } from '../guard.ts';

const perform = 'packages/core/src/use-cases/by-person/perform.ts';
const orderAgain = 'packages/core/src/use-cases/by-person/checks/order-again.ts';
const decisions = 'packages/core/src/ordering/person-decisions.ts';

const ofPerform = (name: string, edit: Omit<Edit, 'file'>, title: string): Guard => ({
  name: `by person: ${name}`,
  edits: [{ file: perform, ...edit }],
  test: { file: 'packages/core/test/by-person/perform.test.ts', title },
});

const ordering = (title: string): NamedTest => ({
  file: 'packages/core/test/by-person/ordering.test.ts',
  title,
});

/** What stands between a person and an order, a connection or a check, whatever way they come by. */
export const byPersonGuards: readonly Guard[] = [
  ofPerform(
    'the role is asked for',
    { find: 'if (!can(person.role, action))', replace: 'if (!can(person.role, action) && false)' },
    'nothing is looked at for somebody who may not, or whose account it is not',
  ),
  ofPerform(
    'the account is asked for',
    { find: ' || connection.accountId !== person.accountId', replace: '' },
    'nothing is looked at for somebody who may not, or whose account it is not',
  ),
  ofPerform(
    'the audit entry is written before anything is done',
    {
      find: "    await record('begun');\n    try {\n      const end = await act();\n",
      replace: "    try {\n      const end = await act();\n      await record('begun');\n",
    },
    'the entry stands before anything is done',
  ),
  ofPerform(
    'nothing is done where the audit entry cannot be written',
    { find: "await record('begun');", replace: "await record('begun').catch(() => {});" },
    'nothing is done where the entry cannot be written',
  ),
  ofPerform(
    'nothing is done on a disconnected connection',
    { find: '    if (connection.disconnectedAt !== null) return tooLate;\n', replace: '' },
    'on a disconnected connection everything comes too late',
  ),
  {
    name: 'by person: an action waives its own guard and no other',
    edits: [
      {
        file: decisions,
        find: '(waivable[action][hold.reason] ?? null)',
        replace: "(waivable[action][hold.reason] ?? 'left-stage')",
      },
    ],
    test: ordering('does not order what is held for another reason'),
  },
  {
    name: 'by person: “order again” only once the last check is settled',
    edits: [{ file: orderAgain, find: ' || !mayOrderAgain(check)', replace: '' }],
    test: ordering(
      'orders under the next number once the last check is settled, wherever the candidate stands, once',
    ),
  },
  {
    name: 'by person: two presses of “order again” are one wish',
    edits: [
      {
        file: orderAgain,
        find: 'if (earlier !== null && ports.now() - earlier.receivedAt < sameWish)',
        replace: 'if (earlier !== null && ports.now() - earlier.receivedAt < sameWish && false)',
      },
    ],
    test: ordering(
      'two presses within a minute are one wish, also where the minute of the clock turns between them',
    ),
  },
  {
    name: 'by person: a wish is not replayed',
    edits: [{ file: decisions, find: "=> source !== 'person';", replace: "=> source !== 'person' || true;" }],
    test: {
      file: 'packages/core/test/by-person/replay.test.ts',
      title: 'a check that was dismissed is not ordered by replaying an earlier “order anyway”',
    },
  },
];
