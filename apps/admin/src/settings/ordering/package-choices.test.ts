import { expect, it } from 'vitest';
import { packageChoices } from './package-choices.ts';

const listed = {
  kind: 'listed',
  readAt: 1,
  packages: [{ id: 'P1', name: 'Standard', tag: 'TurnPackage:P1:Standard' }],
} as const;

it.each([
  [null, null, ['Turn’s own default'], null],
  [null, listed, ['Turn’s own default', 'Standard (P1)'], null],
  ['P1', listed, ['Turn’s own default', 'Standard (P1)'], null],
  ['P9', listed, ['Turn’s own default', 'Standard (P1)', 'P9'], 'Turn no longer offers P9'],
  // While the list cannot be read nothing can be said of the saved one, and it stays chosen.
  ['P9', { kind: 'unavailable' }, ['Turn’s own default', 'P9'], 'cannot be read'],
  [null, { kind: 'not-connected' }, ['Turn’s own default'], 'once the Turn account is connected'],
  ['P9', { ...listed, packages: [] }, ['Turn’s own default', 'P9'], null],
] as const)('offers what Turn lists, and keeps what is saved: %s', (saved, answer, labels, words) => {
  const { choices, warning } = packageChoices(saved, answer);
  expect(choices.map(({ label }) => label)).toEqual(labels);
  if (words === null) expect(warning).toBeNull();
  else expect(warning).toContain(words);
});
