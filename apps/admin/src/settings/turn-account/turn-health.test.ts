import { expect, it } from 'vitest';
import { tokenProblem, turnHealth } from './turn-health.ts';

it.each([
  ['working', 'Connected'],
  ['reconnect-needed', 'New token needed'],
  ['not-connected', 'Not connected'],
] as const)('%s is said as %s', (state, word) => {
  expect(turnHealth(state).word).toBe(word);
});

it.each([
  ['refused', 'does not accept this token'],
  ['unavailable', 'did not answer'],
] as const)('%s: says why the token was not saved', (kind, words) => {
  expect(tokenProblem(kind)).toContain(words);
});
