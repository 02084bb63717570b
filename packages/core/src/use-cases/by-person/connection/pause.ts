import type { ConnectionId, Instant } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Connections } from '../../../ports/connections.ts';
import { done, type Outcome, type Perform, tooLate } from '../perform.ts';

/** Stops ordering; receiving goes on. Throws `PortError` `unavailable`. */
export const createPause =
  (ports: {
    readonly perform: Perform;
    readonly connections: Pick<Connections, 'savePaused'>;
    readonly now: () => Instant;
  }) =>
  (person: Person, connectionId: ConnectionId): Promise<Outcome<null>> =>
    ports.perform(person, connectionId, 'pause', connectionId, async ({ pausedAt }) => ({
      before: { pausedAt },
      after: { paused: true },
      act: async () => {
        if (pausedAt !== null) return tooLate;
        await ports.connections.savePaused(connectionId, ports.now(), ports.now());
        return done;
      },
    }));
