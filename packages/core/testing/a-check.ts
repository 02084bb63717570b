import { type Check, type CheckPhase, nothingShown } from '../src/check.ts';
import type {
  AccountId,
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  OpportunityId,
  WorkerId,
} from '../src/ids.ts';
import { referenceId } from '../src/ordering/reference-id.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const marks: { readonly [Phase in CheckPhase]: Partial<Check> } = {
  held: { hold: { reason: 'held.missing_data', details: ['e-mail'], since: noon } },
  ready: {},
  sending: { sendingAt: noon },
  unknown: { sendingAt: noon },
  ordered: { sendingAt: noon, orderedAt: noon, workerId: 'worker-1' as WorkerId },
  dismissed: { dismissedAt: noon },
};

/**
 * The first order on an opportunity, created at noon of 2026-11-23 UTC; `ordered` unless another phase is given, with
 * the marks of its phase, no status read yet and nothing shown in Lever.
 */
export const aCheck = (given: Partial<Check> = {}): Check => {
  const environment = given.environment ?? 'production';
  const opportunityId = given.opportunityId ?? ('opportunity-1' as OpportunityId);
  const orderNumber = given.orderNumber ?? 1;
  const phase = given.phase ?? 'ordered';
  return {
    id: 'check-1' as CheckId,
    accountId: 'account-of-connection-1' as AccountId,
    connectionId: 'connection-1' as ConnectionId,
    environment,
    opportunityId,
    contactId: 'contact-1' as ContactId,
    orderNumber,
    referenceId: referenceId(environment, opportunityId, orderNumber),
    packageId: null,
    invalidTags: [],
    phase,
    hold: null,
    sendingAt: null,
    orderedAt: null,
    dismissedAt: null,
    workerId: null,
    turnId: null,
    status: null,
    reportUrl: null,
    shown: nothingShown,
    writeBackStop: null,
    isNewest: true,
    lookUps: 0,
    failures: 0,
    nextSyncAt: noon,
    deliveryId: 'delivery-1' as DeliveryId,
    correlationId: 'correlation-1' as CorrelationId,
    createdAt: noon,
    ...marks[phase],
    ...given,
  };
};
