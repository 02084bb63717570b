import type { ConnectionId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { StageEntry } from '../../../ports/inbox.ts';
import type { HandIn } from '../hand-in.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';

/**
 * Orders for an entry that came before ordering began, or discards it so that it is not offered again. Where the
 * candidate stands is looked at afresh before the order. Throws `PortError` `unavailable`.
 */
export const createDecideRetroactive =
  (ports: { readonly perform: Perform; readonly handIn: HandIn }, decision: 'order' | 'discard') =>
  (person: Person, connectionId: ConnectionId, entry: StageEntry): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'order retroactively', entry.opportunityId, async () => ({
      before: { enteredAt: entry.enteredAt },
      after: { decision },
      act: async () => {
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
        return isFirst ? done : tooLate;
      },
    }));
