const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
// Enough to know a text by, and short for whoever compiles the pattern.
const mostBytes = 16;

/**
 * Patterns of what an ASCII text becomes where somebody encodes what it stands in: base64 or base64url wherever it begins
 * in there, hex with or without `%` or blanks between, and bytes in decimal as JSON has them. Only its first 16 characters
 * are looked for. Case counts before the encoding, so `ADA` in hex is not `Ada` in hex.
 */
export const encodedForms = (text: string): readonly string[] => {
  const bytes = bytesOf(text);
  return [
    ...base64Forms(bytes).map((digits) => digits.replaceAll('+', '[+-]').replaceAll('/', '[/_]')),
    bytes.map(hexOf).join('[% ]?'),
    // `[1,2]` of a Buffer, `{"0":1,"1":2}` of other bytes, its quotes escaped where it stands in a text.
    bytes.join(String.raw`, ?(?:\\*"[0-9]+\\*":)?`),
  ];
};

/** As texts: itself, base64, base64url and hex. For many texts: each costs a search, and no pattern must be compiled. */
export const encodedTexts = (text: string): readonly string[] => {
  const bytes = bytesOf(text);
  const base64 = base64Forms(bytes);
  const hex = bytes.map(hexOf).join('');
  const base64url = base64.map((digits) => digits.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([text, ...base64, ...base64url, hex, hex.toUpperCase()])];
};

const bytesOf = (text: string): readonly number[] =>
  Array.from(text.slice(0, mostBytes), (character) => character.charCodeAt(0));

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');

/** The digits that are the same whatever stands before and behind, for each place in a group of three where it may begin. */
const base64Forms = (bytes: readonly number[]): readonly string[] => {
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return [0, 4, 2].map((skipped) =>
    (bits.slice(skipped).match(/.{6}/gu) ?? []).map((digit) => alphabet[Number.parseInt(digit, 2)]).join(''),
  );
};
