import type { ConnectionId, DeliveryId } from '../../../ids.ts';
import { mayReplay } from '../../../ordering/person-decisions.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeDelivery } from './describe-delivery.ts';

/**
 * Has a settled delivery decided again on what Lever says now; it cannot order twice, and waives nothing. A person's wish
 * is not replayed, and nothing that somebody discarded since: `too-late`. A dry run of it tells beforehand what would
 * happen. Throws `PortError` `unavailable`.
 */
export const createReplay =
  (ports: { readonly perform: Perform; readonly inbox: Pick<Inbox, 'read' | 'replay'> }) =>
  (person: Person, connectionId: ConnectionId, deliveryId: DeliveryId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'replay', deliveryId, async () => {
      const stored = await ports.inbox.read(connectionId, deliveryId);
      if (stored === null) return null;
      return {
        before: describeDelivery(stored),
        after: { reason: null },
        act: async () =>
          mayReplay(stored.delivery) && (await ports.inbox.replay(connectionId, deliveryId)) ? done : tooLate,
      };
    });
