import type { Check } from '../../../check.ts';
import type { ConnectionId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Outcome, Perform } from '../perform.ts';

/** Lists what waits for a person to order or discard it, oldest first. Throws `PortError` `unavailable`. */
export const createPreviewBacklog =
  (ports: { readonly perform: Perform; readonly checks: Pick<Checks, 'listHeld'> }) =>
  (person: Person, connectionId: ConnectionId): Promise<Outcome<readonly Check[]>> =>
    ports.perform(person, connectionId, 'order retroactively', connectionId, async () => ({
      before: {},
      after: { preview: 'backlog' },
      act: async () => {
        const held = await ports.checks.listHeld(connectionId);
        return { kind: 'done', result: held.filter(({ hold }) => hold?.reason === 'held.backlog') };
      },
    }));
