import { createHash, randomBytes } from 'node:crypto';

/** The last part of a webhook URL: 256 random bits in letters that need no escaping. */
export const newWebhookKey = (): string => randomBytes(32).toString('base64url');

/** What the row is found by. Plain SHA-256 is enough for 256 random bits. */
export const hashWebhookKey = (key: string): string => createHash('sha256').update(key).digest('hex');
