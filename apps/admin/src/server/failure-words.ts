import type { Failure, FailureKind } from './failure.ts';

const sentences: Readonly<Record<FailureKind, string>> = {
  offline: 'The server cannot be reached. Check your connection, then try again.',
  unavailable: 'This cannot be answered right now. Nothing was changed. Try again in a moment.',
  'signed-out': 'You are signed out. Sign in to go on.',
  'password-needed': 'Nothing was changed: this needs your password.',
  'not-allowed': 'Your role does not allow this. Ask a Super Admin.',
  'not-found': 'This is not there any more. Somebody may have removed it meanwhile.',
  conflict: 'This was changed meanwhile. Look at it again.',
  'too-many': 'Too many tries. Wait a quarter of an hour, then try again.',
  'wrong-password': 'The password is not right.',
  refused: 'Something in the form is not accepted. Check what you entered.',
  broken:
    'Something went wrong on our side. Try again; if it stays, tell Turn support at support@turning.io.',
};

// The server's fixed words for why, in a person's.
const conflicts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'last-super-admin': 'At least one Super Admin must remain. Make somebody else a Super Admin first.',
    'member-already': 'This person belongs to the account already.',
    'belongs-elsewhere':
      'This person belongs to other accounts too, so no link can be made for them here. They can change their password themselves.',
    'account-exists': 'The first account exists already. Ask its Super Admin for an invitation.',
    'sign-in-first': 'This address has a password already. Sign in with it to accept the invitation.',
    'other-person': 'The invitation is for another address. Sign in as the person who was invited.',
  }),
);

/** A failure as a sentence that says what to do. */
export const failureWords = ({ kind, why }: Failure): string =>
  (kind === 'conflict' && why !== null ? conflicts.get(why) : undefined) ?? sentences[kind];
