import { randomBytes, randomUUID } from 'node:crypto';
import { secretMark } from '../../secret-mark.ts';
import { origins, type Webhook } from '../state/account-state.ts';

/** A webhook with a fresh signature token of 48 hex digits. `clientId` null: made in the UI. */
export function newWebhook(
  input: { url: string; event: string; origins?: string[]; clientId: string | null },
  now: number,
): Webhook {
  return {
    id: randomUUID(),
    event: input.event,
    url: input.url,
    origins: input.origins ?? [...origins],
    signatureToken: newSignatureToken(),
    clientId: input.clientId,
    createdAt: now,
    updatedAt: now,
  };
}

export function newSignatureToken(): string {
  return `${secretMark}${randomBytes(18).toString('hex')}`;
}
