import type { CheckId, ConnectionId } from '../../../ids.ts';
import { type WaivingAction, waiverFor } from '../../../ordering/person-decisions.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import type { HandIn } from '../hand-in.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeCheck } from './describe-check.ts';

/**
 * Has a held check decided again without the guard that holds it: "order anyway", "release", or ordering from the
 * backlog. What a person waived for it before stays waived. Throws `PortError` `unavailable`.
 */
export const createOrderHeld =
  (
    ports: {
      readonly perform: Perform;
      readonly checks: Pick<Checks, 'read'>;
      readonly inbox: Pick<Inbox, 'read'>;
      readonly handIn: HandIn;
    },
    action: WaivingAction,
  ) =>
  (person: Person, connectionId: ConnectionId, checkId: CheckId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, action, checkId, async () => {
      const check = await ports.checks.read(connectionId, checkId);
      if (check === null) return null;
      const { hold, deliveryId, opportunityId, contactId } = check;
      const waiver = waiverFor(action, check);
      const decided = deliveryId === null ? null : await ports.inbox.read(connectionId, deliveryId);
      const waivers = [
        ...new Set([...(decided?.delivery.waivers ?? []), ...(waiver === null ? [] : [waiver])]),
      ];
      return {
        before: describeCheck(check),
        after: { waivers },
        act: async () => {
          if (waiver === null || hold === null) return tooLate;
          const isFirst = await ports.handIn(connectionId, {
            action,
            about: `${checkId}:${hold.reason}:${hold.since}`,
            opportunityId,
            contactId,
            waivers,
            // What is held is the newest.
            orderNumber: null,
            ignored: null,
            triggeredAt: hold.since,
          });
          return isFirst ? done : tooLate;
        },
      };
    });
