import { ownValue, type TurnWebhook, workerIdOf } from './payload.ts';

// There is no verify.ts beside this file, unlike in the Lever adapter: Turn signs nothing and documents no secret and
// no source addresses (`turn-api.md` §1.7). What protects us is the unguessable URL and that a webhook is only a hint.

const hookTypes: ReadonlyMap<unknown, 'consent' | 'ssn-updated'> = new Map([
  ['CONSENT_CONFIRMATION', 'consent'],
  ['SSN_UPDATED', 'ssn-updated'],
]);

const unknown: TurnWebhook = { kind: 'unknown' };

/**
 * Tells Turn's four hooks apart by their keys (`turn-api.md` §1.7). Whatever is not clearly one of them, or names no
 * check, is `unknown`. Never throws.
 */
export const parseTurnWebhook = (json: unknown): TurnWebhook => {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return unknown;
  const kind = kindOf(json);
  const workerId = workerIdOf(json);
  return kind === null || workerId === null ? unknown : { kind, workerId };
};

const kindOf = (payload: object): Exclude<TurnWebhook['kind'], 'unknown'> | null => {
  const byType = hookTypes.get(ownValue(payload, 'hook_type'));
  if (byType !== undefined) return byType;
  // The earlier state is null where there was none, so its presence counts, not its value.
  if (Object.hasOwn(payload, 'original_state') && typeof ownValue(payload, 'state') === 'string')
    return 'status';
  const hasResults = Object.hasOwn(payload, 'partner_worker_status') && Object.hasOwn(payload, 'checks');
  return hasResults ? 'results' : null;
};
