import type { PackageId } from '../ids.ts';

/** One of the packages a Turn account can order. */
export interface CheckPackage {
  readonly id: PackageId;
  readonly name: string;
}

/** A tag that begins with `TurnPackage:`, read. `text` is the tag as it stands in Lever. */
export type PackageTag =
  | { readonly kind: 'valid'; readonly packageId: PackageId; readonly name: string; readonly text: string }
  | { readonly kind: 'malformed'; readonly text: string; readonly problem: string };

const prefix = 'TurnPackage:';
const expected =
  'Expected TurnPackage:{PACKAGE_ID}:{PACKAGE_NAME}, for example TurnPackage:P0000000001:Standard.';
// Longer than any id Turn is known to give (11 characters), short enough to keep nonsense out of a request.
const longestId = 64;

/**
 * Reads one tag. Null where the tag is none of ours; the prefix is matched in any case, blanks around the parts are
 * dropped, and the name may hold colons. The problem text says what was wrong and what was expected.
 */
export const parsePackageTag = (tag: string): PackageTag | null => {
  const text = tag.trim();
  if (text.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return null;
  const rest = text.slice(prefix.length);
  const colon = rest.indexOf(':');
  const id = (colon === -1 ? rest : rest.slice(0, colon)).trim();
  const malformed = (problem: string): PackageTag => ({
    kind: 'malformed',
    text,
    problem: `${problem} ${expected}`,
  });
  if (id === '') return malformed('The package id is missing.');
  if (colon === -1) return malformed('The package name is missing.');
  if (id.length > longestId || !/^[A-Za-z0-9_-]+$/u.test(id)) {
    return malformed('The package id may hold letters, digits, hyphen and underscore only.');
  }
  return { kind: 'valid', packageId: id as PackageId, name: rest.slice(colon + 1).trim(), text };
};

/** The one spelling of a package's tag that we show to be copied. */
export const formatPackageTag = ({ id, name }: CheckPackage): string => `${prefix}${id}:${name.trim()}`;
