import { expect, test } from 'vitest';
import { dueReminder, endSubject, isAboutEnd, type ReminderDays } from './end-reminder.ts';

const day = 86_400_000;
const endsAt = Date.UTC(2027, 10, 23, 12);

test.each<[string, number, readonly ReminderDays[], ReminderDays | null]>([
  ['more than 30 days before', 30 * day + 1, [], null],
  ['30 days before', 30 * day, [], 30],
  ['the next day', 29 * day, [30], null],
  ['more than 7 days before', 7 * day + 1, [30], null],
  ['7 days before', 7 * day, [30], 7],
  ['the day after that', 6 * day, [30, 7], null],
  ['1 day before', day, [30, 7], 1],
  ['in the last hours', 1, [30, 7, 1], null],
  ['in the last moment, having missed all', 1, [], 1],
  ['between, having missed the first', 6 * day, [], 7],
  ['when a later one was given, by a clock that went back', 20 * day, [7], null],
  ['at the end', 0, [], null],
  ['after the end', -day, [30], null],
])('%s: %d ms are left, given %j, due is %s', (_title, left, given, days) => {
  const known = given.map((one) => endSubject(one, endsAt));
  expect(dueReminder(endsAt, known, endsAt - left)?.days ?? null).toBe(days);
});

test('what was said of another grant does not count for this one', () => {
  const earlier = endSubject(30, endsAt - 1000);
  expect(dueReminder(endsAt, [earlier], endsAt - 30 * day)).toEqual({
    days: 30,
    subject: '30d before 2027-11-23T12:00:00.000Z',
  });
  expect(isAboutEnd(earlier, endsAt)).toBe(false);
  expect(isAboutEnd(endSubject(7, endsAt), endsAt)).toBe(true);
});
