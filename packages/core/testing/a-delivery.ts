import type { Happening, NewDelivery } from '../src/delivery.ts';
import type { ConnectionId, ContactId, CorrelationId, OpportunityId, StageId } from '../src/ids.ts';

const noon = Date.UTC(2026, 10, 23, 12);

/**
 * A webhook's stage change into the trigger stage of `aConnection`, received at noon of 2026-11-23 UTC and due at once.
 * Where `ignored` is given it is due never.
 */
export const aDelivery = (
  given: Partial<Omit<NewDelivery, 'happening'>> & { readonly happening?: Partial<Happening> } = {},
): NewDelivery => {
  const receivedAt = given.receivedAt ?? noon;
  const ignored = given.ignored ?? null;
  return {
    connectionId: 'connection-1' as ConnectionId,
    source: 'webhook',
    key: 'token-1',
    contentDigest: 'digest-1',
    correlationId: 'correlation-1' as CorrelationId,
    waivers: [],
    foundTogether: 1,
    orderNumber: null,
    ...given,
    receivedAt,
    ignored,
    dueAt: given.dueAt === undefined ? (ignored === null ? receivedAt : null) : given.dueAt,
    happening: {
      event: 'candidateStageChange',
      opportunityId: 'opportunity-1' as OpportunityId,
      contactId: 'contact-1' as ContactId,
      toStageId: 'stage-reference-check' as StageId,
      triggeredAt: receivedAt,
      ...given.happening,
    },
  };
};
