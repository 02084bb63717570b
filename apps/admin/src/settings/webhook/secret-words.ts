/** Whether the secret before the saved one is still accepted. Times in ms since 1970 UTC. */
export const isPreviousAccepted = (previousValidUntil: number | null, now: number): boolean =>
  previousValidUntil !== null && previousValidUntil > now;

/** Why what was pasted cannot be a secret, in words. */
export const unfitWords = (why: 'empty' | 'too-long' | 'unprintable'): string => {
  switch (why) {
    case 'empty':
      return 'Paste it here first.';
    case 'too-long':
      return 'That is longer than any that we know. Copy it again, and nothing besides.';
    default:
      return 'That holds characters that none has. Copy it again as it is shown.';
  }
};

/** A secret as it is sent: blanks and line breaks that came along when it was copied are dropped. */
export const pastedSecret = (text: string): string => text.replace(/\s+/gu, '');
