import type { Check } from '../../../check.ts';
import type { ConnectionId, DeliveryId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox, StoredDelivery } from '../../../ports/inbox.ts';
import { endCheck } from '../end-check.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeDelivery } from './describe-delivery.ts';

/**
 * Cancels what waits to be decided for an opportunity. A check that an earlier try left held or ready is dismissed with
 * it; pressed once more after a crash it finishes that. Too late while anything of the opportunity is being decided or its
 * order is on its way. Throws `PortError` `unavailable`.
 */
export const createCancel =
  (ports: {
    readonly perform: Perform;
    readonly inbox: Pick<Inbox, 'read' | 'cancel' | 'cancelAll'>;
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
          const check =
            opportunityId === null ? null : await ports.checks.newest(connectionId, opportunityId);
          if (check?.phase === 'sending') return tooLate;
          const isCancelled = await ports.inbox.cancel(connectionId, deliveryId);
          if (opportunityId === null) return isCancelled ? done : tooLate;
          if (!isCancelled) {
            if (!isHalfDone(stored, check)) return tooLate;
            if ((await ports.inbox.cancelAll(connectionId, opportunityId)) === null) return tooLate;
          }
          const end = await endCheck(ports.checks, connectionId, opportunityId, check);
          return end === 'placed' ? tooLate : done;
        },
      };
    });

/** It was cancelled, and the check that stood then still stands: whoever cancelled was interrupted. */
const isHalfDone = ({ settlement }: StoredDelivery, check: Check | null): boolean =>
  settlement?.reason === 'ignored.cancelled' &&
  (check?.phase === 'held' || check?.phase === 'ready') &&
  (check.hold?.since ?? check.createdAt) <= settlement.settledAt;
