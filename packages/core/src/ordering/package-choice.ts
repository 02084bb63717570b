import type { PackageId } from '../ids.ts';
import { type CheckPackage, parsePackageTag } from './package-tag.ts';

/** What is known of the packages a Turn account offers. */
export type PackageList =
  | { readonly kind: 'listed'; readonly packages: readonly CheckPackage[] }
  /** The account offers no list: a tag that parses is believed, and Turn has the last word. */
  | { readonly kind: 'not-offered' }
  /** Could not be read, and no list was ever kept. */
  | { readonly kind: 'unavailable' };

/** Which package to order, or why none. `packageId` null means Turn's own default: the field is left out. */
export type PackageChoice =
  | { readonly kind: 'chosen'; readonly packageId: PackageId | null; readonly invalidTags: readonly string[] }
  | { readonly kind: 'unclear'; readonly tags: readonly string[] }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'default-missing'; readonly packageId: PackageId };

/** What the choice depends on. */
export interface PackageQuestion {
  readonly tags: readonly string[];
  readonly packages: PackageList;
  readonly defaultPackageId: PackageId | null;
  readonly onInvalidPackageTag: 'default' | 'hold';
}

/**
 * Chooses the package. One valid tag wins; the same id twice is one; two different valid ids are unclear. Without a
 * valid tag the default applies, with the tags that were present but not valid kept as warnings, or held where the
 * setting says so.
 */
export const choosePackage = (question: PackageQuestion): PackageChoice => {
  const tags = question.tags.map(parsePackageTag).filter((tag) => tag !== null);
  const parsed = tags.filter((tag) => tag.kind === 'valid');
  if (parsed.length > 0 && question.packages.kind === 'unavailable') return { kind: 'unavailable' };
  const offered = offeredIds(question.packages);
  const valid = parsed.filter((tag) => offered === null || offered.has(tag.packageId));
  const ids = new Set(valid.map((tag) => tag.packageId));
  if (ids.size > 1) return { kind: 'unclear', tags: valid.map((tag) => tag.text) };
  const invalidTags = tags.filter((tag) => !valid.some((one) => one === tag)).map((tag) => tag.text);
  const [chosen] = ids;
  if (chosen !== undefined) return { kind: 'chosen', packageId: chosen, invalidTags };
  if (invalidTags.length > 0 && question.onInvalidPackageTag === 'hold') {
    return { kind: 'unclear', tags: invalidTags };
  }
  const standard = question.defaultPackageId;
  if (standard !== null && offered !== null && !offered.has(standard)) {
    return { kind: 'default-missing', packageId: standard };
  }
  return { kind: 'chosen', packageId: standard, invalidTags };
};

// An empty list means "nothing is published for this account", not "every package is wrong".
const offeredIds = (packages: PackageList): ReadonlySet<PackageId> | null =>
  packages.kind === 'listed' && packages.packages.length > 0
    ? new Set(packages.packages.map(({ id }) => id))
    : null;

/** Whether a choice needs the list at all: a tag that parses does, and a default of ours. */
export const needsPackageList = (question: Pick<PackageQuestion, 'tags' | 'defaultPackageId'>): boolean =>
  question.defaultPackageId !== null || question.tags.some((tag) => parsePackageTag(tag)?.kind === 'valid');

/** Whether a kept list leaves a tag or the default unexplained, so that it should be read afresh before it is believed. */
export const leavesUnexplained = (
  question: Pick<PackageQuestion, 'tags' | 'defaultPackageId' | 'packages'>,
): boolean => {
  const offered = offeredIds(question.packages);
  const tagged = question.tags.flatMap((tag) => {
    const parsed = parsePackageTag(tag);
    return parsed?.kind === 'valid' ? [parsed.packageId] : [];
  });
  const named = question.defaultPackageId === null ? tagged : [...tagged, question.defaultPackageId];
  return offered !== null && named.some((id) => !offered.has(id));
};
