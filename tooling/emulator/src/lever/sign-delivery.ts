import { createHmac, randomBytes } from 'node:crypto';

/** A webhook body as Lever sends it (lever-api.md §3.2). `id` is in Lever's field table but in none of its examples. */
export interface DeliveryBody {
  id?: string;
  /** ms since the epoch. */
  triggeredAt: number;
  event: string;
  data: Record<string, unknown>;
  token: string;
  signature: string;
}

export interface DeliveryToSign {
  signatureToken: string;
  /** Default: 48 random hex digits. */
  token?: string;
  /** ms since the epoch; default: now. */
  triggeredAt?: number;
  /** Default: `candidateStageChange`. */
  event?: string;
  data: Record<string, unknown>;
  id?: string;
}

/**
 * A signed webhook body: hex HMAC-SHA256 over token and decimal triggeredAt, the signature token's text as the key
 * (lever-api.md §3.3). Neither `event` nor `data` is covered, so a test may change them afterwards.
 */
export function signDelivery(delivery: DeliveryToSign): DeliveryBody {
  const token = delivery.token ?? randomBytes(24).toString('hex');
  const triggeredAt = delivery.triggeredAt ?? Date.now();
  return {
    ...(delivery.id === undefined ? {} : { id: delivery.id }),
    triggeredAt,
    event: delivery.event ?? 'candidateStageChange',
    data: delivery.data,
    token,
    signature: createHmac('sha256', delivery.signatureToken).update(`${token}${triggeredAt}`).digest('hex'),
  };
}
