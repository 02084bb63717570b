import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../testing/text-of.ts';
import { splitName } from './candidate-name.ts';
import { isTestIdentity } from './test-identity.ts';

const anyName = textOf(' ', ', ', 'Ada', 'Example', ' Jr.', ' van der ', 'Dr. ', '\u200b');

describe('a candidate’s name', () => {
  test.each([
    ['Ada Example', 'Ada', 'Example'],
    ['  Ada   Example ', 'Ada', 'Example'],
    ['Ada Maria Example', 'Ada Maria', 'Example'],
    ['Example, Ada', 'Ada', 'Example'],
    ['Example, Ada Maria', 'Ada Maria', 'Example'],
    ['Ada Example Jr.', 'Ada', 'Example'],
    ['Ada Example, PhD', 'Ada', 'Example'],
    ['Example Jr., Ada', 'Ada', 'Example'],
    ['Example, Ada, Jr.', 'Ada', 'Example'],
    ['Ada Example III', 'Ada', 'Example'],
    ['Dr. Ada Example', 'Ada', 'Example'],
    ['Ada van der Example', 'Ada', 'van der Example'],
    ['Ada de la Example', 'Ada', 'de la Example'],
    ['Van Example', 'Van', 'Example'],
    ['Ada O’Example-Sample', 'Ada', 'O’Example-Sample'],
    ['Zoë Ångström', 'Zoë', 'Ångström'],
    ['李 小龍', '李', '小龍'],
    ['Ada\u200b Example', 'Ada', 'Example'],
  ])('%j is %j and %j', (name, firstName, lastName) => {
    expect(splitName(name)).toEqual({ firstName, lastName });
  });

  test.each(['', '   ', 'Ada', 'Ada Jr.', ', Ada', 'Example,', 'Ada 1', '--- ---', 'Ada, Bea, Cleo', '1 2'])(
    '%j does not give both names',
    (name) => expect(splitName(name)).toBeNull(),
  );

  test('any text gives two names with a letter each, or none', () => {
    fc.assert(
      fc.property(anyName, (text) => {
        const split = splitName(text);
        if (split === null) return;
        expect(split.firstName).toMatch(/\p{L}/u);
        expect(split.lastName).toMatch(/\p{L}/u);
      }),
    );
  });

  test.each([
    ['Darth', 'Vader', true],
    ['samwise', 'GAMGEE', true],
    ['Walter', 'White', true],
    ['Walter', 'Whitey', false],
  ])('%s %s is one of Turn’s test names: %s', (firstName, lastName, expected) => {
    expect(isTestIdentity({ firstName, lastName })).toBe(expected);
  });
});
