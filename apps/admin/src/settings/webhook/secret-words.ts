/** Whether the secret before the saved one is still accepted. Times in ms since 1970 UTC. */
export const isPreviousAccepted = (previousValidUntil: number | null, now: number): boolean =>
  previousValidUntil !== null && previousValidUntil > now;

/** A secret as it is sent: blanks and line breaks that came along when it was copied are dropped. */
export const pastedSecret = (text: string): string => text.replace(/\s+/gu, '');
