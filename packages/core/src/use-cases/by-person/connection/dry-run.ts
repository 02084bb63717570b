import type { Connection } from '../../../connection.ts';
import type { Delivery } from '../../../delivery.ts';
import type { ConnectionId, CorrelationId, DeliveryId, Instant, OpportunityId } from '../../../ids.ts';
import { type SplitName, splitName } from '../../../ordering/candidate-name.ts';
import { decideOrder } from '../../../ordering/decide-order.ts';
import type { OrderDecision, OrderFacts } from '../../../ordering/order-facts.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { PortError } from '../../../ports/port-error.ts';
import { type FactSources, gatherFacts } from '../../gather-facts.ts';
import type { Outcome, Perform } from '../perform.ts';

/** Whom to try: a candidate as if moved into the stage now, or a delivery as if decided again. */
export type DryRunSubject = { readonly opportunityId: OpportunityId } | { readonly deliveryId: DeliveryId };

/** What would happen. The name passes through memory only. */
export interface DryRun {
  readonly decision: OrderDecision;
  /** Null where the record cannot be read, or the name does not split. */
  readonly splitName: SplitName | null;
}

/** Saves nothing: what a dry run learns is for its own eyes. */
const readOnlyConnections: FactSources['connections'] = {
  saveTriggerStage: async () => {},
  savePackages: async () => {},
};

/**
 * Tells what would be decided now, without writing anything to a vendor or any row but the audit log's (and Lever's own
 * tokens where they must be refreshed to read). Throws `PortError` of either vendor, save that dead credentials are an
 * answer: held.
 */
export const createDryRun =
  (
    ports: Omit<FactSources, 'connections'> & {
      readonly perform: Perform;
      readonly inbox: Pick<Inbox, 'read'>;
    },
  ) =>
  (person: Person, connectionId: ConnectionId, about: DryRunSubject): Promise<Outcome<DryRun>> => {
    const subject = 'deliveryId' in about ? about.deliveryId : about.opportunityId;
    return ports.perform(person, connectionId, 'dry run', subject, async (connection) => {
      const delivery =
        'deliveryId' in about
          ? ((await ports.inbox.read(connectionId, about.deliveryId))?.delivery ?? null)
          : imaginedDelivery(connectionId, about.opportunityId, ports.now());
      if (delivery === null) return null;
      return {
        before: {},
        after: {},
        act: async () => {
          const facts = await gather({ ...ports, connections: readOnlyConnections }, connection, delivery);
          const found = facts.reading?.kind === 'found' ? facts.reading.opportunity : null;
          const split = found === null ? null : splitName(found.name);
          return { kind: 'done', result: { decision: decideOrder(facts), splitName: split } };
        },
      };
    });
  };

const gather = async (
  sources: FactSources,
  connection: Connection,
  delivery: Delivery,
): Promise<OrderFacts> => {
  try {
    return await gatherFacts(sources, connection, delivery);
  } catch (error) {
    if (!(error instanceof PortError) || (error.code !== 'unauthorized' && error.code !== 'forbidden'))
      throw error;
    const broken = { ...connection, [error.vendor ?? 'lever']: 'reconnect-needed' };
    return gatherFacts(sources, broken, delivery);
  }
};

/** A stage change that nobody announced; never stored. */
const imaginedDelivery = (
  connectionId: ConnectionId,
  opportunityId: OpportunityId,
  now: Instant,
): Delivery => ({
  id: 'dry-run' as DeliveryId,
  connectionId,
  source: 'webhook',
  key: 'dry-run',
  contentDigest: 'dry-run',
  happening: { event: 'dry run', opportunityId, contactId: null, toStageId: null, triggeredAt: now },
  correlationId: 'dry-run' as CorrelationId,
  receivedAt: now,
  dueAt: now,
  ignored: null,
  waivers: [],
  foundTogether: 1,
  orderNumber: null,
  count: 1,
  attempts: 0,
});
