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
  ['saved', null],
  ['refused', 'does not accept this token'],
  ['unavailable', 'did not answer'],
  ['new kind', 'was not saved'],
])('%s: what is said of the token', (kind, words) => {
  const problem = tokenProblem(kind);
  if (words === null) expect(problem).toBeNull();
  else expect(problem).toContain(words);
});
