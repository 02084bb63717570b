import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf } from '../../testing/text-of.ts';
import { formatPackageTag, parsePackageTag } from './package-tag.ts';

const anyRest = textOf(':', ' ', 'P0000000001', 'Standard', '-');

describe('a package tag', () => {
  test.each([
    ['TurnPackage:P0000000001:Standard', 'P0000000001', 'Standard'],
    ['turnpackage:P0000000001:Standard', 'P0000000001', 'Standard'],
    ['  TURNPACKAGE: P0000000001 :  Standard  ', 'P0000000001', 'Standard'],
    ['TurnPackage:P0000000001:Standard: plus MVR', 'P0000000001', 'Standard: plus MVR'],
    ['TurnPackage:P0000000001:', 'P0000000001', ''],
    ['TurnPackage:P1:✨ Premium ✨', 'P1', '✨ Premium ✨'],
  ])('R35 %j gives the id %j and the name %j', (tag, packageId, name) => {
    expect(parsePackageTag(tag)).toMatchObject({ kind: 'valid', packageId, name });
  });

  test.each([
    ['TurnPackage:', 'The package id is missing.'],
    ['TurnPackage::Standard', 'The package id is missing.'],
    ['TurnPackage:P0000000001', 'The package name is missing.'],
    ['TurnPackage:P 1:Standard', 'letters, digits'],
    ['TurnPackage:💥:Standard', 'letters, digits'],
    [`TurnPackage:${'P'.repeat(65)}:Standard`, 'letters, digits'],
  ])('R35 %j is malformed: %s', (tag, problem) => {
    const read = parsePackageTag(tag);
    expect(read).toMatchObject({ kind: 'malformed', problem: expect.stringContaining(problem) });
    expect(read).toMatchObject({ problem: expect.stringContaining('TurnPackage:P0000000001:Standard') });
  });

  test.each(['', 'Engineering', 'TurnStatus:Clear', 'Turn Package:P1:Standard', 'MyTurnPackage:P1:Standard'])(
    '%j is none of ours',
    (tag) => expect(parsePackageTag(tag)).toBeNull(),
  );

  test('any text can be read without throwing', () => {
    fc.assert(fc.property(anyRest, (text) => void parsePackageTag(`TurnPackage:${text}`)));
  });

  test('R35 writing what was read and reading it again changes nothing, for any text', () => {
    fc.assert(
      fc.property(anyRest, fc.stringMatching(/^ ?P[0-9]{1,10} ?$/u), (name, id) => {
        const first = parsePackageTag(`TurnPackage:${id}:${name}`);
        if (first?.kind !== 'valid') throw new Error('a valid id must parse');
        const again = parsePackageTag(formatPackageTag({ id: first.packageId, name: first.name }));
        expect(again).toMatchObject({ kind: 'valid', packageId: first.packageId, name: first.name });
      }),
    );
  });
});
