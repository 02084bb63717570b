import type { WorkerId } from '@turn-lever/core/ids';
import { isStorable } from '../storable-text.ts';

/**
 * What a request to our Turn webhook says, reduced to what may leave this folder (`turn-api.md` §1.7). It is a hint
 * that a check may have changed, never a fact: Turn is read before anything is done. The results hook carries a whole
 * criminal record, of which only the id of the check is kept.
 */
export type TurnWebhook =
  | { readonly kind: 'status' | 'results' | 'consent' | 'ssn-updated'; readonly workerId: WorkerId }
  | { readonly kind: 'unknown' };

// A UUID has 36 characters. Room for another form of id, none for abuse.
const longestId = 100;

/** An own property, so that `__proto__` and its like in the sent JSON reach nothing of ours. */
export const ownValue = (payload: object, name: string): unknown =>
  Object.hasOwn(payload, name) ? (payload as Record<string, unknown>)[name] : undefined;

/** The id of the check a payload is about: hooks (a), (c) and (d) call it `worker_id`, (b) `worker_uuid`. */
export const workerIdOf = (payload: object): WorkerId | null => {
  for (const name of ['worker_id', 'worker_uuid']) {
    const value = ownValue(payload, name);
    if (typeof value !== 'string' || value === '' || value.length > longestId) continue;
    if (isStorable(value)) return value as WorkerId;
  }
  return null;
};
