import { Buffer } from 'node:buffer';
import { timingSafeEqual } from 'node:crypto';
import type { SignedPart } from './payload.ts';
import { signLeverDelivery } from './sign.ts';

const hexDigest = /^[0-9a-f]{64}$/;
const noDigest = Buffer.alloc(64);

/**
 * Whether one of the signature tokens made the signature. Lever sends lower-case hex, so nothing else is accepted. Takes
 * the same time whichever token fits and whether or not the signature has the right form. Never throws.
 */
export const verifyLeverSignature = (signed: SignedPart, signatureTokens: readonly string[]): boolean => {
  const isWellFormed = typeof signed.signature === 'string' && hexDigest.test(signed.signature);
  const given = isWellFormed ? Buffer.from(String(signed.signature), 'latin1') : noDigest;
  // An empty token is a key that everybody knows.
  const keys = signatureTokens.filter((signatureToken) => signatureToken !== '');
  // Without any token the work is done all the same, so that its absence cannot be measured.
  const isKeyless = keys.length === 0;
  let matches = 0;
  for (const key of isKeyless ? ['no-signature-token'] : keys) {
    if (timingSafeEqual(Buffer.from(signLeverDelivery(signed, key), 'latin1'), given)) matches += 1;
  }
  return matches > 0 && isWellFormed && !isKeyless;
};
