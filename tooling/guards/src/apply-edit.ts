import type { Edit } from './guard.ts';

/** Makes the change. Throws where the text to find does not stand there exactly once: the table of guards is then stale. */
export const applyEdit = (text: string, { file, find, replace }: Edit): string => {
  const [before, after, ...more] = text.split(find);
  if (find === '' || before === undefined || after === undefined || more.length > 0) {
    const times = find === '' ? 'nothing to find' : `found ${text.split(find).length - 1} times`;
    throw new Error(`${file}: ${times}, expected once:\n${find}`);
  }
  return `${before}${replace}${after}`;
};
