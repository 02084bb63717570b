import { expect, test } from 'vitest';
import { isLinkOpen, isRecent, isSessionOver, keepsSuperAdmin, toEmail } from './people.ts';

const members = [
  { personId: 'ada', role: 'super-admin' },
  { personId: 'bea', role: 'admin' },
] as const;

test.each([
  ['the only Super Admin gets another role', 'ada', 'admin', false],
  ['the only Super Admin is removed', 'ada', null, false],
  ['the only Super Admin stays one', 'ada', 'super-admin', true],
  ['somebody else gets another role', 'bea', 'limited-team-member', true],
  ['somebody else is removed', 'bea', null, true],
] as const)('whether a Super Admin remains when %s', (_title, personId, role, expected) => {
  expect(keepsSuperAdmin(members, personId, role)).toBe(expected);
});

test('one of two Super Admins may go', () => {
  const two = [...members, { personId: 'cleo', role: 'super-admin' }] as const;
  expect(keepsSuperAdmin(two, 'ada', null)).toBe(true);
});

test('addresses are compared without case and blanks', () => {
  expect(toEmail(' Ada@Example.COM ')).toBe('ada@example.com');
});

test('a link works until its end, and once', () => {
  const link = { expiresAt: 1000, usedAt: null };
  expect(isLinkOpen(link, 999)).toBe(true);
  expect(isLinkOpen(link, 1000)).toBe(false);
  expect(isLinkOpen({ ...link, usedAt: 10 }, 11)).toBe(false);
});

test('a password counts as recent for less than 15 minutes', () => {
  expect(isRecent(0, 899_999)).toBe(true);
  expect(isRecent(0, 900_000)).toBe(false);
});

test.each([
  ['seven days old and in use', 604_800_000, 604_800_001, true],
  ['a moment younger', 604_799_999, 604_800_000, false],
  ['used for the last time eight hours ago', 28_800_000, 28_800_000, true],
  ['a moment less', 28_799_999, 28_800_000, false],
])('a session %s', (_title, now, lastsUntil, isOver) => {
  expect(isSessionOver({ startedAt: 0, lastsUntil }, now)).toBe(isOver);
});
