/** A name as Turn wants it. */
export interface SplitName {
  readonly firstName: string;
  readonly lastName: string;
}

const suffixes = new Set([
  'jr',
  'sr',
  'ii',
  'iii',
  'iv',
  'v',
  'md',
  'phd',
  'esq',
  'cpa',
  'dds',
  'jd',
  'rn',
  'mba',
]);
const particles = new Set([
  'van',
  'von',
  'der',
  'den',
  'de',
  'del',
  'della',
  'di',
  'da',
  'dos',
  'du',
  'la',
  'le',
  'bin',
  'ibn',
  'al',
  'st',
]);
const titles = new Set(['mr', 'mrs', 'ms', 'mx', 'dr', 'prof']);

const bare = (word: string): string => word.toLowerCase().replace(/[.,]/gu, '');
const words = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');
const withoutSuffixes = (parts: readonly string[]): string[] => {
  const kept = [...parts];
  while (kept.length > 1 && suffixes.has(bare(kept.at(-1) ?? ''))) kept.pop();
  return kept;
};

/**
 * Splits Lever's one name string. Handles "Last, First", suffixes ("Jr.", "PhD"), titles and particles ("van der
 * Berg"). Null where it does not give both a first and a last name: a person must decide then, since a check on half
 * a name is a check on somebody else.
 */
export const splitName = (name: string): SplitName | null => {
  // Control and format characters can hide in pasted names.
  const clean = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim();
  const sections = clean
    .split(',')
    .map((section) => section.trim())
    .filter((section) => section !== '');
  const meaningful = sections.filter(
    (section, index) => index === 0 || !words(section).every((word) => suffixes.has(bare(word))),
  );
  if (meaningful.length > 2) return null;
  const [left = '', right] = meaningful;
  if (right !== undefined) {
    const lastName = withoutSuffixes(words(left)).join(' ');
    const firstName = withoutSuffixes(words(right)).join(' ');
    return both(firstName, lastName);
  }
  let parts = withoutSuffixes(words(left));
  if (parts.length > 2 && titles.has(bare(parts[0] ?? ''))) parts = parts.slice(1);
  if (parts.length < 2) return null;
  let start = parts.length - 1;
  while (start > 1 && particles.has(bare(parts[start - 1] ?? ''))) start -= 1;
  return both(parts.slice(0, start).join(' '), parts.slice(start).join(' '));
};

const both = (firstName: string, lastName: string): SplitName | null =>
  /\p{L}/u.test(firstName) && /\p{L}/u.test(lastName) ? { firstName, lastName } : null;
