import { passwordLength } from '@turn-lever/core/people';

/** What is wrong with a new password, in words; null where nothing is. */
export const passwordProblem = (password: string): string | null => {
  if (password.length < passwordLength.min)
    return `Use at least ${passwordLength.min} characters. This has ${password.length}.`;
  return password.length > passwordLength.max ? `Use at most ${passwordLength.max} characters.` : null;
};
