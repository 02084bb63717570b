import type { Environment } from '../connection.ts';
import type { ConnectionId, ContactId, CorrelationId, OpportunityId } from '../ids.ts';
import { referenceId } from '../ordering/reference-id.ts';
import type { CheckProvider } from '../ports/check-provider.ts';
import type { Checks } from '../ports/checks.ts';
import type { Incidents } from '../ports/incidents.ts';

/** An opportunity that may have orders at Turn of which nothing is kept here. */
export interface Forgotten {
  readonly connectionId: ConnectionId;
  readonly environment: Environment;
  readonly opportunityId: OpportunityId;
  readonly contactId: ContactId | null;
  /** Null where it was not read. */
  readonly displayName: string | null;
  readonly correlationId: CorrelationId;
}

/** Looks for orders that were placed and are not kept here; how many were adopted. */
export type AdoptOrders = (forgotten: Forgotten, kept: readonly number[]) => Promise<number>;

// More orders on one opportunity than any person would ask for: a provider that says yes to everything ends here.
const mostOrders = 20;

/**
 * Adopts what Turn has under our references and a restored backup does not know: the order numbers missing among `kept`,
 * and those behind them. Raises `check-adopted` for each. Throws `PortError`; what was adopted until then stays.
 */
export const createAdoptOrders = (ports: {
  readonly checkProvider: Pick<CheckProvider, 'findByReference'>;
  readonly checks: Pick<Checks, 'makeReady' | 'recordOrdered'>;
  readonly incidents: Pick<Incidents, 'raise'>;
}): AdoptOrders => {
  const { checks, incidents } = ports;

  const find = async ({ connectionId, environment, opportunityId }: Forgotten, kept: readonly number[]) => {
    const last = Math.max(0, ...kept);
    const found = [];
    for (let orderNumber = 1; orderNumber <= mostOrders; orderNumber += 1) {
      if (kept.includes(orderNumber)) continue;
      const reference = referenceId(environment, opportunityId, orderNumber);
      const order = await ports.checkProvider.findByReference(connectionId, reference);
      if (order !== null) found.push({ orderNumber, workerId: order.workerId });
      else if (orderNumber > last) break;
    }
    return found;
  };

  return async (forgotten, kept) => {
    const { connectionId, environment: _environment, ...about } = forgotten;
    const found = await find(forgotten, kept);
    let adopted = 0;
    // The newest first: it is the open one.
    for (const { orderNumber, workerId } of found.reverse()) {
      const subject = {
        ...about,
        orderNumber,
        deliveryId: null,
        // A sync may have changed them since they were listed; Lever's answer to adding one shows them all.
        statusTags: [],
      };
      const check = await checks.makeReady(connectionId, subject, { packageId: null, invalidTags: [] });
      // Somebody of ours has placed it meanwhile: nothing was forgotten.
      if (check.phase !== 'ready') continue;
      await incidents.raise(connectionId, 'check-adopted', check.id);
      await checks.recordOrdered(connectionId, check.id, workerId, 'adopted');
      adopted += 1;
    }
    return adopted;
  };
};
