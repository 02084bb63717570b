import { expect, test } from 'vitest';
import { createPasswordLimits } from './password-limits.ts';

const repeat = (times: number, act: (turn: number) => boolean): boolean[] =>
  Array.from({ length: times }, (_none, turn) => act(turn));

test('ten tries in a quarter of an hour for one person, wherever they come from', () => {
  let time = 0;
  const limits = createPasswordLimits(() => time);
  expect(repeat(10, (turn) => limits.mayTry('ada', `peer-${turn}`))).not.toContain(false);
  expect(limits.mayTry('ada', 'another-peer')).toBe(false);
  expect(limits.mayTry('bea', 'another-peer')).toBe(true);
  time = 900_000;
  expect(limits.mayTry('ada', 'another-peer')).toBe(true);
});

test('a hundred from one address, and those beyond use up nobody’s tries', () => {
  const limits = createPasswordLimits(() => 0);
  expect(repeat(100, (turn) => limits.mayTry(`person-${turn}`, 'peer'))).not.toContain(false);
  expect(repeat(20, () => limits.mayTry('ada', 'peer'))).not.toContain(true);
  expect(limits.mayTry('ada', 'another-peer')).toBe(true);
});

test('the memory is bounded, and the newest are kept', () => {
  const limits = createPasswordLimits(() => 0);
  repeat(40_000, (turn) => limits.mayTry(`person-${turn}`, `peer-${turn}`));
  expect(repeat(10, () => limits.mayTry('person-39999', 'peer'))).toEqual([...Array(9).fill(true), false]);
});

test.each([
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff:aaaa:bbbb:cccc', true],
  ['2001:db8::1', '2001:db8:0:0:9::1', true],
  ['::1', '::2', true],
  ['fe80::1%eth0', 'fe80::2', true],
  ['::ffff:203.0.113.1', '203.0.113.1', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['2001:db8::1', '2001:db8:0:1::1', false],
  ['::ffff:203.0.113.1', '::ffff:203.0.113.2', false],
])('R105 %s and %s count as one peer: %s', (one, other, isOne) => {
  const limits = createPasswordLimits(() => 0);
  for (let tried = 0; tried < 100; tried += 1) limits.mayTry(`guess ${tried}`, one);
  expect(limits.mayTry('another', other)).toBe(!isOne);
});
