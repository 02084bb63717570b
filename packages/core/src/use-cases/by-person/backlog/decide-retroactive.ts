import type { ConnectionId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox, StageEntry } from '../../../ports/inbox.ts';
import { endCheck } from '../end-check.ts';
import type { HandIn } from '../hand-in.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';

/**
 * Orders for an entry that came before ordering began, or discards it so that it is not offered again. Where the
 * candidate stands is looked at afresh before the order. A discard ends what waits for the candidate and the check that is
 * held; too late while anything is being decided. Throws `PortError` `unavailable`.
 */
export const createDecideRetroactive =
  (
    ports: {
      readonly perform: Perform;
      readonly handIn: HandIn;
      readonly checks: Pick<Checks, 'newest' | 'dismiss'>;
      readonly inbox: Pick<Inbox, 'cancelAll'>;
    },
    decision: 'order' | 'discard',
  ) =>
  (person: Person, connectionId: ConnectionId, entry: StageEntry): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'order retroactively', entry.opportunityId, async () => ({
      before: { enteredAt: entry.enteredAt },
      after: { decision },
      act: async () => {
        const { opportunityId } = entry;
        const cancelAll = () => ports.inbox.cancelAll(connectionId, opportunityId);
        const check = decision === 'order' ? null : await ports.checks.newest(connectionId, opportunityId);
        if (check?.phase === 'sending') return tooLate;
        const ended = decision === 'order' ? 0 : await cancelAll();
        if (ended === null) return tooLate;
        const isFirst = await ports.handIn(connectionId, {
          action: 'order retroactively',
          about: `${decision}:${entry.opportunityId}:${entry.enteredAt}`,
          opportunityId: entry.opportunityId,
          contactId: null,
          // A discarded one may be replayed by people who must not order retroactively.
          waivers: decision === 'order' ? ['backlog'] : [],
          orderNumber: null,
          ignored: decision === 'discard' ? 'ignored.dismissed' : null,
          triggeredAt: entry.enteredAt,
        });
        if (decision === 'order') return isFirst ? done : tooLate;
        // Once more: what came before the discard was written did not know of it.
        if ((await cancelAll()) === null) return tooLate;
        const end = await endCheck(ports.checks, connectionId, opportunityId, check);
        if (end === 'placed') return tooLate;
        return isFirst || ended > 0 || end === 'ended' ? done : tooLate;
      },
    }));
