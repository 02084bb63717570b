import type { PackagesAnswer } from '../../packages/package-tags-text.ts';

/** Stands for Turn's own default in a list, where every choice needs a text. */
export const turnsOwn = '';

/** The packages to choose a default from, and what is wrong with the saved one or the list. */
export const packageChoices = (
  saved: string | null,
  answer: PackagesAnswer | null,
): {
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly warning: string | null;
} => {
  const own = { value: turnsOwn, label: 'Turn’s own default' };
  const listed = answer?.kind === 'listed' ? answer.packages : [];
  const choices = [own, ...listed.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))];
  const isUnknown = saved !== null && !listed.some(({ id }) => id === saved);
  return {
    choices: isUnknown ? [...choices, { value: saved, label: saved }] : choices,
    warning: warningOf(isUnknown && listed.length > 0, saved, answer),
  };
};

const warningOf = (isGone: boolean, saved: string | null, answer: PackagesAnswer | null): string | null => {
  if (isGone)
    return `Turn no longer offers ${saved}. Candidates without a package tag are held until you choose another one.`;
  if (answer?.kind === 'unavailable') return 'Turn’s packages cannot be read right now.';
  if (answer?.kind === 'not-connected')
    return 'Your packages can be chosen here once the Turn account is connected.';
  return null;
};
