import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StatusName, statuses, unrecognisedStatus } from './check-status.ts';
import { applyStatus, type KnownStatus, type ObservedStatus } from './status-transition.ts';

const seen = (name: StatusName, recheckDate: string | null = null): ObservedStatus => ({
  status: statuses[name],
  raw: name,
  recheckDate,
});
const names = Object.keys(statuses) as StatusName[];
const after = (...observed: ObservedStatus[]): KnownStatus => {
  const known = observed.reduce<KnownStatus | null>(
    (before, one, index) => applyStatus(before, one, index).known,
    null,
  );
  if (known === null) throw new Error('at least one status');
  return known;
};

describe('applying a status', () => {
  test('the first read is a change without an anomaly', () => {
    expect(applyStatus(null, seen('clear'), 7)).toMatchObject({
      changed: true,
      anomaly: null,
      reopened: false,
      known: { changedAt: 7 },
    });
  });

  test('the same status again changes nothing and keeps its time', () => {
    expect(applyStatus(after(seen('processing')), seen('processing'), 99)).toMatchObject({
      changed: false,
      known: { changedAt: 0 },
    });
  });

  test.each<[StatusName, StatusName, string | null]>([
    ['emailed', 'consent', null],
    ['emailed', 'clear', null],
    ['processing', 'consent', null],
    ['complianceReview', 'rejected', null],
    ['consider', 'clear', null],
    ['firstNotice', 'secondNotice', null],
    ['clear', 'complianceReview', null],
    ['secondNotice', 'emailed', 'off-graph'],
    ['clear', 'emailed', 'off-graph'],
    ['withdrawn', 'processing', 'left-withdrawn'],
  ])('%s → %s is %s, and applied', (from, to, anomaly) => {
    expect(applyStatus(after(seen(from)), seen(to), 1)).toMatchObject({
      anomaly,
      known: { status: statuses[to] },
    });
  });

  test('an unknown state is shown and reported', () => {
    const observed = { status: unrecognisedStatus('foo__bar', null), raw: 'foo__bar', recheckDate: null };
    expect(applyStatus(after(seen('processing')), observed, 1)).toMatchObject({
      anomaly: 'unrecognised',
      known: { status: { label: 'Foo Bar' } },
    });
  });

  test('a recheck starts a new generation, in which processing is progress', () => {
    expect(applyStatus(after(seen('clear')), seen('processing', '2026-11-23'), 1)).toMatchObject({
      changed: true,
      reopened: true,
      anomaly: null,
      known: { generation: 2, recheckDate: '2026-11-23' },
    });
  });

  test('a settled check that opens again says so', () => {
    expect(applyStatus(after(seen('clear')), seen('complianceReview'), 1).reopened).toBe(true);
    expect(applyStatus(after(seen('clear')), seen('rejected'), 1).reopened).toBe(false);
  });

  test('what is shown at the end does not depend on the order of events before the last read', () => {
    const history = fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(history, fc.constantFrom(...names), fc.infiniteStream(fc.nat()), (events, last, picks) => {
        const shuffled = events.map((name) => [picks.next().value, name] as const).sort(([a], [b]) => a - b);
        const one = after(...events.map((name) => seen(name)), seen(last));
        const other = after(...shuffled.map(([, name]) => seen(name)), seen(last));
        expect(other.status).toEqual(one.status);
        expect(one.status).toEqual(statuses[last]);
      }),
    );
  });
});
