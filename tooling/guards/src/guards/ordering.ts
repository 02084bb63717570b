// biome-ignore-all lint/suspicious/noTemplateCurlyInString: pieces of source text.
import type { Guard } from '../guard.ts';

const placeOrder = 'packages/core/src/use-cases/place-order.ts';
const placing = 'packages/core/test/place-order.test.ts';
const checksOnBoth = 'packages/db/test/checks.contract.test.ts';

/** What keeps an order from being placed twice. */
export const orderGuards: readonly Guard[] = [
  {
    name: 'look-up before the post',
    edits: [
      {
        file: placeOrder,
        find: 'const found = await checkProvider.findByReference(connectionId, check.referenceId);',
        replace: 'const found = null;',
      },
    ],
    test: { file: placing, title: 'an order that Turn has already is adopted, and people are told' },
  },
  {
    name: 'one-shot claim: whoever loses does not post',
    edits: [
      {
        file: placeOrder,
        find: 'if (!(await checks.claim(connectionId, check.id, lookUpAfter, leased))) {',
        replace:
          'if (!(await checks.claim(connectionId, check.id, lookUpAfter, leased)) && check.id === null) {',
      },
    ],
    test: { file: placing, title: 'an order is posted once where two place it at the same time' },
  },
  {
    name: 'one-shot claim: the row has one winner',
    edits: [
      {
        file: 'packages/db/src/checks/place-check.ts',
        find: ".where(and(isOf(connectionId, checkId, ['ready']), whileLeased(db, leased)))",
        replace: ".where(and(isOf(connectionId, checkId, ['ready', 'sending']), whileLeased(db, leased)))",
      },
    ],
    test: { file: checksOnBoth, title: 'claiming succeeds for exactly one of 20 at once, and never again' },
  },
  {
    name: 'unique index: one row for each opportunity and order number',
    edits: [
      {
        file: 'packages/db/migrations/0000_start.sql',
        find: 'CREATE UNIQUE INDEX "background_check_order_unique"',
        replace: 'CREATE INDEX "background_check_order_unique"',
      },
      // Postgres refuses a conflict target without a unique index, and with it the whole statement.
      {
        file: 'packages/db/src/checks/decide-check.ts',
        find: `target: [
          backgroundCheck.environment,
          backgroundCheck.leverAccountId,
          backgroundCheck.opportunityId,
          backgroundCheck.orderNumber,
        ],`,
        replace: 'target: backgroundCheck.id,',
      },
    ],
    test: {
      file: checksOnBoth,
      title: 'making an order ready makes one row where many decide the same order at once',
    },
  },
  {
    name: 'what is past deciding is not made ready again',
    edits: [
      {
        file: 'packages/db/src/checks/decide-check.ts',
        find: "and background_check.phase in ('held', 'ready', 'dismissed') ${notDismissedSince(decider)}`",
        replace: '`',
      },
    ],
    test: { file: checksOnBoth, title: 'leaves alone what is ordered, and so does a hold' },
  },
  {
    name: 'whoever lost the delivery does not claim',
    edits: [
      {
        file: 'packages/db/src/checks/place-check.ts',
        find: "and(isOf(connectionId, checkId, ['ready']), whileLeased(db, leased))",
        replace: "isOf(connectionId, checkId, ['ready'])",
      },
    ],
    test: { file: checksOnBoth, title: 'for a delivery that was settled does nothing' },
  },
  {
    name: 'whoever lost the delivery writes no decision',
    edits: [
      {
        file: 'packages/db/src/checks/decide-check.ts',
        find: 'if (mine === undefined) throw new LeaseLostError();',
        replace: 'if (mine === null) throw new LeaseLostError();',
      },
    ],
    test: { file: checksOnBoth, title: 'for a delivery that was settled does nothing' },
  },
  {
    name: 'a decision does not undo a dismissal that it did not see',
    edits: [
      {
        file: 'packages/db/src/checks/decide-check.ts',
        find: ' ${notDismissedSince(decider)}`',
        replace: '`',
      },
    ],
    test: { file: checksOnBoth, title: 'for a delivery leaves alone what was dismissed since it was read' },
  },
  {
    name: 'a cancel ends all that waits, or nothing',
    edits: [
      {
        file: 'packages/db/src/inbox/due-changes.ts',
        find: 'and not exists (select 1 from waiting where lease_until >= now())',
        replace: '',
      },
    ],
    test: {
      file: 'packages/db/test/inbox.contract.test.ts',
      title: 'cancelling comes too late where anything else of the opportunity is being decided',
    },
  },
  {
    name: 'what a person asked for before is ended by what a person ended',
    edits: [
      {
        file: 'packages/core/src/ordering/decide-order.ts',
        find: "facts.source === 'person' && facts.receivedAt > at",
        replace: "facts.source === 'person'",
      },
    ],
    test: {
      file: 'packages/core/test/by-person/ended.test.ts',
      title: 'dismissed stays so for a person’s word that was spoken before it and decided after it',
    },
  },
  {
    name: 'what is past deciding is not decided again',
    edits: [
      {
        file: 'packages/core/src/ordering/decide-order.ts',
        find: "isBeyondDeciding(facts) ? ignore('ignored.already_ordered') : null,",
        replace: 'null,',
      },
    ],
    test: {
      file: 'packages/core/src/ordering/decide-order.test.ts',
      title: 'ignored.already_ordered: an order’s answer was lost',
    },
  },
  {
    name: 'an order whose answer was lost is never posted again',
    edits: [
      {
        file: placeOrder,
        find: `await checks.recordUnknown(connectionId, check.id, {
          lookedUp: false,
          nextSyncAt: now() + lookUpAfter,
        });
        return settled('waiting.answer');`,
        replace: `await checks.release(connectionId, check.id);
        return { kind: 'try-again', retryAfter: null };`,
      },
    ],
    test: {
      file: placing,
      title:
        'is looked up after 1, 5, 15 and 60 more minutes, then given to a person, and never posted again',
    },
  },
  {
    name: 'an answer of Turn that leaves doubt is called unknown',
    edits: [
      {
        file: 'packages/turn-adapter/src/api/order.ts',
        find: "if (reply.kind === 'lost') return { kind: 'unknown' };",
        replace: "if (reply.kind === 'lost') return { kind: 'not-carried-out', retryAfter: null };",
      },
    ],
    test: {
      file: 'packages/turn-adapter/test/order.test.ts',
      title: 'what cannot have been carried out, or may have been a reset after committing',
    },
  },
  {
    name: 'an order on its way is not called lost',
    edits: [
      {
        file: 'packages/core/src/use-cases/sync-check.ts',
        find: "if (check.phase === 'sending' && now() < answerDueAt) return answerDueAt;",
        replace: '',
      },
    ],
    test: {
      file: 'packages/core/test/sync-check.test.ts',
      title: 'is not called lost while its answer may still come',
    },
  },
];
