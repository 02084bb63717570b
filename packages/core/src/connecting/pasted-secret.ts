/** A secret as a person pasted it, or why it cannot be one. */
export type PastedSecret =
  | { readonly kind: 'fit'; readonly secret: string }
  | { readonly kind: 'unfit'; readonly why: 'empty' | 'too-long' | 'unprintable' };

const longest = 512;

/**
 * Reads a secret that was pasted. Blanks and line ends around it came along with the copying and are dropped; within it
 * only printable ASCII stands, which is what tokens and header values are made of.
 */
export const readPastedSecret = (text: string): PastedSecret => {
  const secret = text.trim();
  if (secret === '') return { kind: 'unfit', why: 'empty' };
  if (secret.length > longest) return { kind: 'unfit', why: 'too-long' };
  if (!/^[\x21-\x7e]+$/u.test(secret)) return { kind: 'unfit', why: 'unprintable' };
  return { kind: 'fit', secret };
};

/** The last four characters of a secret, which tell it from another; null where that would be too much of it. */
export const endOfSecret = (secret: string): string | null => (secret.length >= 16 ? secret.slice(-4) : null);
