import { expect, test } from 'vitest';
import { aCheck } from '../../testing/a-check.ts';
import { aConnection } from '../../testing/a-connection.ts';
import type { CheckPhase } from '../check.ts';
import { type HoldReason, reasons } from '../reason.ts';
import { type StatusName, statuses } from '../status/check-status.ts';
import type { KnownStatus } from '../status/status-transition.ts';
import {
  asksForNext,
  isCauseGone,
  isSameLeverAccount,
  mayOrderAgain,
  mayReplay,
  orderNumberOf,
  waiverFor,
} from './person-decisions.ts';

const held = (reason: HoldReason) => aCheck({ phase: 'held', hold: { reason, details: [], since: 1 } });
const known = (name: StatusName) => ({ status: statuses[name] }) as KnownStatus;
const phases: readonly CheckPhase[] = ['held', 'ready', 'sending', 'unknown', 'ordered', 'dismissed'];
const holdReasons = Object.keys(reasons).filter(
  (code): code is HoldReason => code.startsWith('held.') || code === 'failed.exhausted',
);

test('what Lever said or a sweep found may be replayed, a person’s wish may not', () => {
  const sources = ['webhook', 'sweep', 'replay', 'person'] as const;
  expect(sources.filter((source) => mayReplay({ source }))).toEqual(['webhook', 'sweep', 'replay']);
});

test('each action waives its own guards and no other', () => {
  const waived = (['order anyway', 'release', 'order retroactively'] as const).flatMap((action) =>
    holdReasons.flatMap((reason) => {
      const waiver = waiverFor(action, held(reason));
      return waiver === null ? [] : [[action, reason, waiver]];
    }),
  );
  expect(waived.toSorted()).toEqual([
    ['order anyway', 'held.left_stage', 'left-stage'],
    ['order anyway', 'held.same_person', 'same-person'],
    ['order anyway', 'held.test_identity', 'test-identity'],
    ['order retroactively', 'held.backlog', 'backlog'],
    ['release', 'held.bulk', 'bulk'],
  ]);
});

test('nothing is waived for what is no longer held', () => {
  for (const phase of phases.filter((one) => one !== 'held'))
    expect(waiverFor('release', { ...held('held.bulk'), phase })).toBeNull();
});

test.each(Object.keys(statuses) as StatusName[])(
  'a check that is %s may be ordered again only when settled',
  (name) => {
    const may = ['clear', 'rejected', 'withdrawn'].includes(name);
    expect(mayOrderAgain(aCheck({ phase: 'ordered', status: known(name) }))).toBe(may);
  },
);

test('an order of unknown result may be repeated once a person must decide', () => {
  expect(mayOrderAgain(aCheck({ phase: 'unknown' }))).toBe(false);
  const hold = { reason: 'held.unknown_result', details: [], since: 1 } as const;
  expect(mayOrderAgain(aCheck({ phase: 'unknown', hold }))).toBe(true);
  expect(mayOrderAgain(aCheck({ phase: 'ordered', status: null }))).toBe(false);
});

test('only exactly the next number is a new order, and only where the last one is settled', () => {
  const settled = aCheck({ phase: 'ordered', status: known('clear'), orderNumber: 2 });
  for (const orderNumber of [null, 0, 1, 2, 4]) {
    expect(asksForNext({ existing: settled, orderNumber })).toBe(false);
    expect(orderNumberOf({ existing: settled, orderNumber })).toBe(2);
  }
  expect(orderNumberOf({ existing: settled, orderNumber: 3 })).toBe(3);
  const open = aCheck({ phase: 'ordered', status: known('consider'), orderNumber: 2 });
  expect(orderNumberOf({ existing: open, orderNumber: 3 })).toBe(2);
  expect(orderNumberOf({ existing: null, orderNumber: null })).toBe(1);
  expect(orderNumberOf({ existing: null, orderNumber: 7 })).toBe(1);
});

test('a cause is gone when the pause or the broken connection is over, and for no other reason', () => {
  const gone = holdReasons.filter((reason) => isCauseGone(held(reason), aConnection()));
  expect(gone.toSorted()).toEqual(['held.disconnected', 'held.paused']);
  expect(isCauseGone(held('held.paused'), aConnection({ pausedAt: 1 }))).toBe(false);
  expect(isCauseGone(held('held.disconnected'), aConnection({ turn: 'reconnect-needed' }))).toBe(false);
  expect(isCauseGone(held('held.disconnected'), aConnection({ lever: 'reconnect-needed' }))).toBe(false);
});

test('another Lever account is told apart wherever the first authorization named one', () => {
  const connection = aConnection({ leverAccountId: 'lever-1' });
  expect(isSameLeverAccount(connection, 'lever-1')).toBe(true);
  expect(isSameLeverAccount(connection, 'lever-2')).toBe(false);
  expect(isSameLeverAccount(connection, '')).toBe(false);
  expect(isSameLeverAccount({ ...connection, leverAccountId: connection.id }, 'lever-2')).toBe(true);
});
