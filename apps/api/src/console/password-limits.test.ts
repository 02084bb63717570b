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
