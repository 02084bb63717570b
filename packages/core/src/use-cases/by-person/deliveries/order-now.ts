import type { ConnectionId, DeliveryId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeDelivery } from './describe-delivery.ts';

/** Ends the wait before a delivery is decided, also that for a later entry; all other guards stay. Throws `PortError` `unavailable`. */
export const createOrderNow =
  (ports: { readonly perform: Perform; readonly inbox: Pick<Inbox, 'read' | 'bringForward'> }) =>
  (person: Person, connectionId: ConnectionId, deliveryId: DeliveryId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'order now', deliveryId, async () => {
      const stored = await ports.inbox.read(connectionId, deliveryId);
      if (stored === null) return null;
      return {
        before: describeDelivery(stored),
        after: {},
        act: async () => ((await ports.inbox.bringForward(connectionId, deliveryId)) ? done : tooLate),
      };
    });
