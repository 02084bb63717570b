import { describe, expect, test } from 'vitest';
import { type StatusName, statuses } from './check-status.ts';
import { defaultPollTimes, nextPollAt } from './poll-cadence.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const wait = (name: StatusName, given: { webhookSeen?: boolean; now?: number; jitter?: number } = {}) => {
  const known = { status: statuses[name], raw: name, generation: 1, recheckDate: null, changedAt: 0 };
  const now = given.now ?? 0;
  const at = nextPollAt(known, {
    now,
    webhookSeen: given.webhookSeen ?? true,
    jitter: given.jitter ?? 0.5,
    times: defaultPollTimes,
  });
  return at === null ? null : at - now;
};

describe('the next look at Turn', () => {
  test.each<[StatusName, number | null]>([
    ['emailed', 6 * hour],
    ['consent', 6 * hour],
    ['processing', hour],
    ['complianceReview', hour],
    ['consider', day],
    ['secondNotice', day],
    ['clear', day],
    ['withdrawn', null],
  ])('for %s is after %s ms once its webhook was seen', (name, expected) =>
    expect(wait(name)).toBe(expected),
  );

  test('is after 5 to 10 minutes while the webhook was never seen', () => {
    expect(wait('emailed', { webhookSeen: false, jitter: 0 })).toBe(5 * minute);
    expect(wait('consider', { webhookSeen: false, jitter: 1 })).toBe(10 * minute);
  });

  test('is not made any more a week after the check settled', () => {
    expect(wait('clear', { now: 7 * day - 1 })).toBe(day);
    expect(wait('clear', { now: 7 * day })).toBeNull();
    expect(wait('rejected', { now: 7 * day, webhookSeen: false })).toBeNull();
  });
});
