import { expect, it } from 'vitest';
import { toSettingsSearch } from './settings-search.ts';

it.each([
  [{}, {}],
  [{ open: true }, { open: true }],
  [{ open: 'yes' }, {}],
  // Whoever comes back from Lever is to see how it ended.
  [
    { lever: 'scope', missing: 'notes' },
    { open: true, lever: 'scope', missing: 'notes' },
  ],
  [{ lever: 7, missing: ['notes'] }, {}],
])('reads %j', (search, expected) => {
  expect(toSettingsSearch(search)).toEqual(expected);
});
