import type { ConnectionId, DeliveryId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeDelivery } from './describe-delivery.ts';

/**
 * Cancels what waits to be decided for an opportunity. A check that an earlier try left held or ready is dismissed with
 * it. Throws `PortError` `unavailable`.
 */
export const createCancel =
  (ports: {
    readonly perform: Perform;
    readonly inbox: Pick<Inbox, 'read' | 'cancel'>;
    readonly checks: Pick<Checks, 'newest' | 'dismiss'>;
  }) =>
  (person: Person, connectionId: ConnectionId, deliveryId: DeliveryId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'cancel during wait', deliveryId, async () => {
      const stored = await ports.inbox.read(connectionId, deliveryId);
      if (stored === null) return null;
      const { opportunityId } = stored.delivery.happening;
      return {
        before: describeDelivery(stored),
        after: { reason: 'ignored.cancelled' },
        act: async () => {
          if (!(await ports.inbox.cancel(connectionId, deliveryId))) return tooLate;
          const check =
            opportunityId === null ? null : await ports.checks.newest(connectionId, opportunityId);
          if (check !== null) await ports.checks.dismiss(connectionId, check.id);
          return done;
        },
      };
    });
