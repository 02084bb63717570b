import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';

/** A webhook body ready to be sent, and what it must be found by afterwards. */
export interface PreparedDelivery {
  readonly token: string;
  readonly opportunityId: string;
  readonly body: Buffer;
}

/** Where deliveries come from and where their candidates go. */
export interface DeliverySource {
  readonly signatureToken: string;
  readonly triggerStageId: string;
  readonly otherStageId: string;
}

/** Signed stage changes, no two alike. `share` of them, evenly spread, go to the trigger stage (0 to 1). */
export const prepareDeliveries = (
  source: DeliverySource,
  count: number,
  share: number,
): readonly PreparedDelivery[] =>
  Array.from({ length: count }, (_, position) => {
    const isDue = Math.floor((position + 1) * share) > Math.floor(position * share);
    const opportunityId = randomUUID();
    const delivery = signDelivery({
      signatureToken: source.signatureToken,
      data: {
        opportunityId,
        candidateId: opportunityId,
        contactId: randomUUID(),
        fromStageId: source.otherStageId,
        toStageId: isDue ? source.triggerStageId : source.otherStageId,
      },
    });
    return { token: delivery.token, opportunityId, body: Buffer.from(JSON.stringify(delivery)) };
  });
