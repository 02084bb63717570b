/** At most two letters for a person: of the first and the last word of the name. */
export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/u);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
};
