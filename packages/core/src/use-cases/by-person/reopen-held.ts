import type { ConnectionId } from '../../ids.ts';
import type { Checks } from '../../ports/checks.ts';
import type { Inbox } from '../../ports/inbox.ts';
import type { HoldReason } from '../../reason.ts';

/** Has everything that is held for a reason decided again; how many. Throws `PortError` `unavailable`. */
export const reopenHeld = async (
  ports: { readonly checks: Pick<Checks, 'listHeld'>; readonly inbox: Pick<Inbox, 'reopen'> },
  connectionId: ConnectionId,
  reason: HoldReason,
): Promise<number> => {
  let reopened = 0;
  for (const { hold, deliveryId } of await ports.checks.listHeld(connectionId)) {
    if (hold?.reason !== reason || deliveryId === null) continue;
    reopened += (await ports.inbox.reopen(connectionId, deliveryId)) ? 1 : 0;
  }
  return reopened;
};
