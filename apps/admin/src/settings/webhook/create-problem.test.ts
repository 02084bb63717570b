import { expect, it } from 'vitest';
import { createProblem } from './create-problem.ts';

it.each([
  ['refused', 'did not allow it'],
  ['reconnect-needed', 'Reconnect first'],
  ['unavailable', 'did not answer'],
  ['new kind', 'Press the button again'],
])('says why the webhook was not made: %s', (kind, words) => {
  expect(createProblem(kind)).toContain(words);
});
