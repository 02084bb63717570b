import { expect, it } from 'vitest';
import { createProblem } from './create-problem.ts';

it.each([
  ['created', null],
  ['exists', null],
  ['not-allowed', 'did not allow it'],
  ['reconnect-needed', 'Reconnect first'],
  ['not-connected', 'Reconnect first'],
  ['in-progress', 'at this moment'],
  ['unavailable', 'did not answer'],
] as const)('says why the webhook was not made: %s', (kind, words) => {
  if (words === null) expect(createProblem(kind)).toBeNull();
  else expect(createProblem(kind)).toContain(words);
});
