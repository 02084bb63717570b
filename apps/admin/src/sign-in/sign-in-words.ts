import type { SignInEnd } from '../server/console-fetch.ts';
import { failureWords } from '../server/failure-words.ts';

/** Why signing in did not work, in words; null where it did. */
export const signInWords = (end: SignInEnd): string | null => {
  switch (end) {
    case 'signed-in':
      return null;
    case 'wrong':
      return 'The e-mail or the password is not right.';
    case 'too-many':
    case 'offline':
    case 'broken':
      return failureWords({ kind: end, why: null });
  }
};
