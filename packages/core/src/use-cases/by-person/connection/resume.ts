import type { ConnectionId, Instant } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Connections } from '../../../ports/connections.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import { type Outcome, type Perform, tooLate } from '../perform.ts';
import { reopenHeld } from '../reopen-held.ts';

/**
 * Lets ordering go on, from now: what came during the pause is decided again and becomes backlog. Pressed once more after
 * a crash it finishes what was begun. Throws `PortError` `unavailable`.
 */
export const createResume =
  (ports: {
    readonly perform: Perform;
    readonly connections: Pick<Connections, 'savePaused'>;
    readonly checks: Pick<Checks, 'listHeld'>;
    readonly inbox: Pick<Inbox, 'reopen'>;
    readonly now: () => Instant;
  }) =>
  (person: Person, connectionId: ConnectionId): Promise<Outcome<{ readonly reopened: number }>> =>
    ports.perform(person, connectionId, 'pause', connectionId, async ({ pausedAt }) => ({
      before: { pausedAt },
      after: { paused: false },
      act: async () => {
        await ports.connections.savePaused(connectionId, null, ports.now());
        const reopened = await reopenHeld(ports, connectionId, 'held.paused');
        return pausedAt === null && reopened === 0 ? tooLate : { kind: 'done', result: { reopened } };
      },
    }));
