import fc from 'fast-check';

// Every UTF-16 unit, halves of pairs and control characters included. fast-check's own unit for any character builds
// tables of Unicode first, which took 1.2 s.
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

/** Any text, with these pieces in it more often than chance would have them. */
export const textOf = (...pieces: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.oneof(fc.constantFrom(...pieces), anyUnit), { maxLength: 12 }).map((parts) => parts.join(''));
