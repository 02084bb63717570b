import { expect, test } from 'vitest';
import { defaultTimes, retryDelay } from './times.ts';

const delay = (attempt: number, jitter: number, retryAfter: number | null = null) =>
  retryDelay(attempt, { jitter, retryAfter, times: defaultTimes });

test('waits double up to the cap', () => {
  expect([0, 1, 2, 3].map((attempt) => delay(attempt, 1))).toEqual([2000, 4000, 8000, 16_000]);
  expect(delay(1000, 1)).toBe(defaultTimes.retryCap);
});

test('jitter halves a wait at most', () => expect(delay(3, 0)).toBe(8000));

test('a wait is never shorter than the other side asked for', () => expect(delay(0, 1, 60_000)).toBe(60_000));
