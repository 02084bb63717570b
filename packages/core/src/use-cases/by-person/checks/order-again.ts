import type { CheckId, ConnectionId, Instant } from '../../../ids.ts';
import { mayOrderAgain } from '../../../ordering/person-decisions.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import type { HandIn } from '../hand-in.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';
import { describeCheck } from './describe-check.ts';

// ms since the earlier wish. Two people within it make one wish. Not for ever: what was ignored, say for a candidate who was archived, may be
// asked for again; that no number is ordered twice is for the unique index.
const sameWish = 60_000;
const action = 'order again';

/**
 * Orders once more for the opportunity of a check, under the next number, wherever the candidate stands now. Only the
 * newest check, settled or of unknown result. Throws `PortError` `unavailable`.
 */
export const createOrderAgain =
  (ports: {
    readonly perform: Perform;
    readonly checks: Pick<Checks, 'read'>;
    readonly inbox: Pick<Inbox, 'newestWish'>;
    readonly handIn: HandIn;
    readonly now: () => Instant;
  }) =>
  (person: Person, connectionId: ConnectionId, checkId: CheckId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, action, checkId, async () => {
      const check = await ports.checks.read(connectionId, checkId);
      if (check === null) return null;
      const { opportunityId, contactId } = check;
      const orderNumber = check.orderNumber + 1;
      return {
        before: { ...describeCheck(check), status: check.status?.status.name ?? null },
        after: { orderNumber },
        act: async () => {
          if (!check.isNewest || !mayOrderAgain(check)) return tooLate;
          const earlier = await ports.inbox.newestWish(connectionId, opportunityId, {
            event: action,
            orderNumber,
          });
          if (earlier !== null && ports.now() - earlier.receivedAt < sameWish) return tooLate;
          const isFirst = await ports.handIn(connectionId, {
            action,
            // Two at once saw the same earlier wish: one of them is stored.
            about: `${checkId}:${orderNumber}:${earlier?.id ?? 'first'}`,
            opportunityId,
            contactId,
            waivers: ['left-stage', 'backlog'],
            orderNumber,
            ignored: null,
            triggeredAt: ports.now(),
          });
          return isFirst ? done : tooLate;
        },
      };
    });
