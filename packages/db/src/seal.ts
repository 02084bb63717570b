import type { ConnectionId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** A key for secrets at rest: 256 random bits and the name it is found by later. */
export interface SealingKey {
  readonly kid: string;
  readonly key: Uint8Array;
}

/** Where a sealed secret stands. One that was moved to another place does not open. */
export interface SealedPlace {
  readonly connectionId: ConnectionId;
  readonly column: string;
}

/** Encrypts secrets before they reach the database. */
export interface Sealing {
  seal(text: string, place: SealedPlace): Promise<string>;
  /** Throws `PortError` `unavailable` for an unknown key, a changed text or another place; never names the secret. */
  unseal(sealed: string, place: SealedPlace): Promise<string>;
}

/**
 * Seals with the first key and opens with any: put a new key in front, seal anew what is old, then drop the old one.
 * JWE `dir` with `A256GCM`. Throws an error where there is no key, one is not 32 bytes long or two have one name.
 */
export const createSealing = (keys: readonly SealingKey[]): Sealing => {
  const byKid = new Map(keys.map(({ kid, key }) => [kid, key]));
  const [first] = keys;
  if (first === undefined) throw new Error('Expected at least one key to seal secrets with.');
  if (byKid.size < keys.length) throw new Error('Two keys for secrets have the same name.');
  for (const { kid, key } of keys) {
    if (key.length !== 32) throw new Error(`The key "${kid}" must have 32 bytes, it has ${key.length}.`);
  }
  return {
    seal: (text, { connectionId, column }) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        // jose has no separate authenticated data: the place goes into the header, which is authenticated too.
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: first.kid, connectionId, column })
        .encrypt(first.key),

    unseal: async (sealed, place) => {
      const { plaintext, protectedHeader } = await open(sealed, byKid, place);
      if (protectedHeader.connectionId !== place.connectionId || protectedHeader.column !== place.column) {
        throw sealError(place, 'it was sealed for another place');
      }
      return new TextDecoder().decode(plaintext);
    },
  };
};

const open = async (sealed: string, byKid: ReadonlyMap<string, Uint8Array>, place: SealedPlace) => {
  let unknownKid: string | undefined;
  try {
    return await compactDecrypt(
      sealed,
      ({ kid }) => {
        const key = kid === undefined ? undefined : byKid.get(kid);
        if (key !== undefined) return key;
        unknownKid = String(kid);
        throw new Error('unknown key');
      },
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
  } catch {
    const why =
      unknownKid === undefined ? 'it was changed' : `its key "${unknownKid}" is not among ENCRYPTION_KEYS`;
    throw sealError(place, why);
  }
};

const sealError = ({ connectionId, column }: SealedPlace, why: string): PortError =>
  new PortError('unavailable', `The sealed ${column} of connection ${connectionId} cannot be read: ${why}.`);
