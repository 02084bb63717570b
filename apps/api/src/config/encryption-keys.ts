import { Buffer } from 'node:buffer';

/** A key that seals secrets at rest, with the name that a sealed secret carries. */
export interface EncryptionKey {
  readonly kid: string;
  readonly key: Uint8Array;
}

/** What `ENCRYPTION_KEYS` must look like. */
export const encryptionKeysForm = 'kid:base64 of 32 bytes, several separated by commas, the first one seals';

/** Reads `ENCRYPTION_KEYS`; null where any part of it is not of that form, or a name stands twice. */
export const parseEncryptionKeys = (text: string): readonly EncryptionKey[] | null => {
  const keys: EncryptionKey[] = [];
  for (const part of text.split(',')) {
    const [kid = '', encoded = '', ...rest] = part.trim().split(':');
    const key = Buffer.from(encoded, 'base64');
    const isFit = /^[A-Za-z0-9._-]{1,32}$/u.test(kid) && key.length === 32 && rest.length === 0;
    if (!isFit || keys.some((other) => other.kid === kid)) return null;
    keys.push({ kid, key: new Uint8Array(key) });
  }
  return keys;
};
