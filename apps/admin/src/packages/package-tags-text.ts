/** A package with the tag that chooses it. */
export interface TaggedPackage {
  readonly id: string;
  readonly name: string;
  /** The exact `TurnPackage:{ID}:{NAME}`. */
  readonly tag: string;
}

/** What the list of packages is. */
export type PackagesAnswer =
  | { readonly kind: 'listed'; readonly packages: readonly TaggedPackage[]; readonly readAt: number }
  | { readonly kind: 'not-offered' | 'not-connected' | 'unavailable' };

/** All tags, one on each line, as they are copied together. */
export const packageTagsText = (packages: readonly TaggedPackage[]): string =>
  packages.map(({ tag }) => tag).join('\n');

/** Why there is no list, in words; null where there is one. */
export const noPackagesWords = (
  answer: PackagesAnswer,
): { readonly title: string; readonly text: string } | null => {
  switch (answer.kind) {
    case 'listed':
      return answer.packages.length > 0
        ? null
        : {
            title: 'Turn lists no packages for this account',
            text: 'Ask Turn support at support@turning.io for the list of your package tags.',
          };
    case 'not-offered':
      return {
        title: 'Turn offers no list for this account',
        text: 'Tags still work. Ask Turn support at support@turning.io for the list of your package tags; they follow the format TurnPackage:{PACKAGE_ID}:{PACKAGE_NAME}.',
      };
    case 'not-connected':
      return {
        title: 'The Turn account is not connected yet',
        text: 'Once a Super Admin has saved the Turn token in the settings, every package stands here with its tag.',
      };
    default:
      return {
        title: 'Turn’s list cannot be read right now',
        text: 'It is read again when you come back to this page, or press Try again.',
      };
  }
};
