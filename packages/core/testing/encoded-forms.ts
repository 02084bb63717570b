const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
// Enough to know a text by, and short for whoever compiles the pattern.
const mostBytes = 16;

/**
 * Patterns of what an ASCII text becomes where somebody encodes what it stands in:
 * base64 or base64url wherever it begins in there, hex with or without `%` or blanks between, and bytes in decimal as JSON
 * has them. Only its first 16 characters are looked for. Case counts before the encoding, so `ADA` in hex is not `Ada` in hex.
 */
export const encodedForms = (text: string): readonly string[] => {
  const bytes = Array.from(text.slice(0, mostBytes), (character) => character.charCodeAt(0));
  return [
    ...[0, 1, 2].map((before) => base64Of(bytes, before)),
    bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('[% ]?'),
    // `[1,2]` of a Buffer, `{"0":1,"1":2}` of other bytes, its quotes escaped where it stands in a text.
    bytes.join(String.raw`, ?(?:\\*"[0-9]+\\*":)?`),
  ];
};

/** The digits that are the same whatever stands before and behind, for a text that begins so many bytes into a group of three. */
const base64Of = (bytes: readonly number[], before: number): string => {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const skipped = (6 - ((before * 8) % 6)) % 6;
  const digits = bits.slice(skipped).match(/.{6}/gu) ?? [];
  return digits.map((digit) => patternOf(alphabet[Number.parseInt(digit, 2)] ?? '')).join('');
};

/** Base64url has other signs for two of the digits. */
const patternOf = (digit: string): string => {
  if (digit === '+') return '[+-]';
  return digit === '/' ? '[/_]' : digit;
};
