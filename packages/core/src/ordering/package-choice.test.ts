import { describe, expect, test } from 'vitest';
import type { PackageId } from '../ids.ts';
import {
  choosePackage,
  leavesUnexplained,
  needsPackageList,
  type PackageList,
  type PackageQuestion,
} from './package-choice.ts';

const id = (text: string) => text as PackageId;
const listed: PackageList = {
  kind: 'listed',
  packages: [
    { id: id('P1'), name: 'Standard' },
    { id: id('P2'), name: 'Plus' },
  ],
};
const choose = (given: Partial<PackageQuestion>) =>
  choosePackage({
    tags: [],
    packages: listed,
    defaultPackageId: null,
    onInvalidPackageTag: 'default',
    ...given,
  });

describe('the package of an order', () => {
  test.each<[string, readonly string[], ReturnType<typeof choose>]>([
    ['no tag: Turn’s own default', [], { kind: 'chosen', packageId: null, invalidTags: [] }],
    [
      'one valid tag',
      ['Engineering', 'TurnPackage:P1:Standard'],
      { kind: 'chosen', packageId: id('P1'), invalidTags: [] },
    ],
    [
      'the name is display only',
      ['TurnPackage:P1:Something else'],
      { kind: 'chosen', packageId: id('P1'), invalidTags: [] },
    ],
    [
      'the same id twice',
      ['TurnPackage:P1:A', 'turnpackage:P1:B'],
      { kind: 'chosen', packageId: id('P1'), invalidTags: [] },
    ],
    [
      'two different valid ids',
      ['TurnPackage:P1:A', 'TurnPackage:P2:B'],
      { kind: 'unclear', tags: ['TurnPackage:P1:A', 'TurnPackage:P2:B'] },
    ],
    [
      'an unknown id: the default, with a warning',
      ['TurnPackage:P9:Old'],
      { kind: 'chosen', packageId: null, invalidTags: ['TurnPackage:P9:Old'] },
    ],
    [
      'a malformed tag: the default, with a warning',
      ['TurnPackage:P1'],
      { kind: 'chosen', packageId: null, invalidTags: ['TurnPackage:P1'] },
    ],
    [
      'a valid tag beside an invalid one',
      ['TurnPackage:P9:Old', 'TurnPackage:P2:B'],
      { kind: 'chosen', packageId: id('P2'), invalidTags: ['TurnPackage:P9:Old'] },
    ],
  ])('R35 %s', (_title, tags, expected) => expect(choose({ tags })).toEqual(expected));

  test('without a valid tag the default of the settings applies', () => {
    expect(choose({ defaultPackageId: id('P2') })).toEqual({
      kind: 'chosen',
      packageId: id('P2'),
      invalidTags: [],
    });
  });

  test('R36 a default that Turn no longer lists is not ordered', () => {
    expect(choose({ defaultPackageId: id('P7') })).toEqual({ kind: 'default-missing', packageId: id('P7') });
  });

  test('an invalid tag is held where the setting says so', () => {
    expect(choose({ tags: ['TurnPackage:P9:Old'], onInvalidPackageTag: 'hold' })).toEqual({
      kind: 'unclear',
      tags: ['TurnPackage:P9:Old'],
    });
  });

  test.each<[string, PackageList]>([
    ['offers no list', { kind: 'not-offered' }],
    ['offers an empty list', { kind: 'listed', packages: [] }],
  ])('an account that %s: a tag that parses is believed', (_title, packages) => {
    expect(choose({ tags: ['TurnPackage:P9:X'], packages })).toEqual({
      kind: 'chosen',
      packageId: id('P9'),
      invalidTags: [],
    });
  });

  test('a list that cannot be read with a tag present is never answered with the default', () => {
    expect(choose({ tags: ['TurnPackage:P1:A'], packages: { kind: 'unavailable' } })).toEqual({
      kind: 'unavailable',
    });
  });

  test('a list that cannot be read does not matter without a package tag', () => {
    expect(choose({ tags: ['Engineering'], packages: { kind: 'unavailable' } })).toMatchObject({
      kind: 'chosen',
      packageId: null,
    });
  });

  test('the list is needed for a tag that parses and for a default of ours', () => {
    expect(needsPackageList({ tags: ['Engineering', 'TurnPackage:'], defaultPackageId: null })).toBe(false);
    expect(needsPackageList({ tags: ['TurnPackage:P1:A'], defaultPackageId: null })).toBe(true);
    expect(needsPackageList({ tags: [], defaultPackageId: id('P1') })).toBe(true);
  });

  test.each<[string, readonly string[], string | null, PackageList, boolean]>([
    ['explains every tag', ['TurnPackage:P1:A'], 'P2', listed, false],
    ['lacks a tag', ['TurnPackage:P9:A'], null, listed, true],
    ['lacks the default', [], 'P9', listed, true],
    ['is not offered', ['TurnPackage:P9:A'], 'P9', { kind: 'not-offered' }, false],
  ])('a kept list that %s is doubtful: %s', (_title, tags, standard, packages, expected) => {
    const defaultPackageId = standard === null ? null : id(standard);
    expect(leavesUnexplained({ tags, packages, defaultPackageId })).toBe(expected);
  });
});
