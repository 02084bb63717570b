import { createHash, randomBytes } from 'node:crypto';

/** The token of a one-time link: 256 random bits in letters that need no escaping. */
export const newLinkToken = (): string => randomBytes(32).toString('base64url');

/** What the row is found by. Plain SHA-256 is enough for 256 random bits. */
export const hashLinkToken = (token: string): string => createHash('sha256').update(token).digest('hex');
