import type { Edit, Guard } from '../guard.ts';

const decideOrder = 'packages/core/src/ordering/decide-order.ts';
const processDelivery = 'packages/core/src/use-cases/process-delivery.ts';
const together = 'packages/core/test/at-the-same-time.test.ts';

/** A guard of the pure decision, noticed by the row of its table that is titled so. */
const decision = (name: string, edit: Omit<Edit, 'file'>, title: string): Guard => ({
  name,
  edits: [{ file: decideOrder, ...edit }],
  test: { file: 'packages/core/src/ordering/decide-order.test.ts', title },
});

/** What keeps us from ordering what nobody meant, or too much of it. */
export const moneyGuards: readonly Guard[] = [
  decision(
    'ordersPerHour, when it is decided',
    {
      find: 'facts.ordersInLastHour >= connection.settings.ordersPerHour',
      replace: 'false',
    },
    'held.bulk: the hourly limit is reached',
  ),
  {
    name: 'ordersPerHour and one check a person, counted again once the row is there',
    edits: [
      {
        file: processDelivery,
        find: "if (again.kind === 'hold') return hold(decider, subject, again);",
        replace: '',
      },
    ],
    test: { file: together, title: 'no more than the hourly limit is ordered' },
  },
  decision(
    'one check a person and package, when it is decided',
    { find: "same ? hold('held.same_person') : null", replace: 'null' },
    'held.same_person: the person has an open check of the package',
  ),
  {
    name: 'one check a person and package, looked up again once the row is there',
    edits: [
      {
        file: 'packages/core/src/use-cases/gather-facts.ts',
        find: `    openElsewhere:
      contactId === null ? [] : await checks.openElsewhere(connectionId, contactId, opportunityId),`,
        replace: '',
      },
    ],
    test: { file: together, title: 'two opportunities of one person are not both ordered' },
  },
  decision(
    'backlog: the age of an entry',
    {
      find: "if (enteredAt !== null && facts.now - enteredAt > orderGuards.oldestEntry) return hold('held.backlog');",
      replace: '',
    },
    'held.backlog: the entry is older than a day',
  ),
  decision(
    'backlog: entries before orderingSince',
    {
      find: 'if (enteredAt !== null && enteredAt < since) {',
      replace: 'if (enteredAt === since - Infinity) {',
    },
    'held.backlog: the entry is older than the resume',
  ),
  decision(
    'backlog: many found together',
    {
      find: "facts.foundTogether > orderGuards.mostFoundTogether ? hold('held.backlog') : null",
      replace: 'null',
    },
    'held.backlog: a sweep found more than 20',
  ),
  decision(
    'pause',
    { find: "return connection.pausedAt === null ? null : 'held.paused';", replace: 'return null;' },
    'held.paused: ordering is paused',
  ),
  {
    name: 'wait before the decision',
    edits: [
      {
        file: 'packages/core/src/use-cases/admit-delivery.ts',
        find: 'receivedAt + connection.settings.waitBeforeOrdering * 1000',
        replace: 'receivedAt',
      },
    ],
    test: {
      file: 'packages/core/test/admit-delivery.test.ts',
      title: 'is stored, to be decided when the wait is over',
    },
  },
  {
    name: 'wait anew for who left and came in again',
    edits: [{ file: processDelivery, find: 'if (wait > 0) {', replace: 'if (wait < 0) {' }],
    test: {
      file: together,
      title: 'the wait counts from the entry that holds, not from the first of in, out and in again',
    },
  },
  decision(
    'who is no longer in the stage',
    {
      find: "const truth = stopAt('stage', seenStage, notInStage(standing, facts), 'left-stage');",
      replace: "const truth = stopAt('stage', seenStage, null, 'left-stage');",
    },
    'ignored.left_stage: the candidate left within 30 s',
  ),
  decision(
    'what a person dismissed',
    {
      find: "isEnded ? ignore('ignored.dismissed') : null",
      replace: "isEnded && enteredAt === 0 ? ignore('ignored.dismissed') : null",
    },
    'ignored.dismissed: a person dismissed this very entry',
  ),
  decision(
    'who must not be contacted',
    { find: "opportunity.mayBeContacted ? null : ignore('ignored.no_contact')", replace: 'null' },
    'ignored.no_contact: the candidate must not be contacted',
  ),
  decision(
    'a sandbox invites no real person through a real Turn',
    {
      find: "return turnIsLocal || isTestIdentity(name) ? null : hold('held.sandbox_person');",
      replace: 'return turnIsLocal ? null : null;',
    },
    'held.sandbox_person: a sandbox meets a real name at a real Turn',
  ),
  decision(
    'test names in production',
    {
      find: `    return isTestIdentity(name) ? hold('held.test_identity') : null;
  return turnIsLocal`,
      replace: `    return null;
  return turnIsLocal`,
    },
    'held.test_identity: production meets a test name',
  ),
  decision(
    'a package that cannot be compared with the list is not the default',
    { find: "return hold('held.packages_unavailable');", replace: 'return null;' },
    'held.packages_unavailable: a tag cannot be compared with the list',
  ),
  {
    name: 'a grant that may have been revoked is confirmed before an order',
    edits: [
      {
        file: 'packages/core/src/use-cases/gather-facts.ts',
        find: 'await sources.ats.confirmAuthorization(connection.id, times.grantAge);',
        replace: '',
      },
    ],
    test: {
      file: 'packages/core/test/process-delivery.test.ts',
      title: 'a revoked grant: the connection is marked, the order held, and people told once',
    },
  },
];
