import { createHmac } from 'node:crypto';
import type { SignedPart } from './payload.ts';

/**
 * The signature Lever would send: lower-case hex HMAC-SHA256 over token and decimal `triggeredAt`, the signature token's
 * text being the key, not its bytes (`lever-api.md` §3.3). Here so that tests sign for real.
 */
export const signLeverDelivery = (
  { token, triggeredAtText }: Omit<SignedPart, 'signature'>,
  signatureToken: string,
): string => createHmac('sha256', signatureToken).update(token).update(triggeredAtText).digest('hex');
