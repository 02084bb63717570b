import type { Instant, WorkerId } from '../ids.ts';
import type { Checks } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';

/** What a word from Turn led to. */
export type Waking = 'woken' | 'not-ours' | 'refused' | 'gone';

/**
 * Takes a word from Turn that something happened: makes the check due, to be read afresh. `isStatus` tells the
 * account-wide status webhook from others; seeing it once is what lets polling slow down. Throws `PortError`
 * `unavailable`.
 */
export const createWakeCheck =
  (ports: {
    readonly connections: Pick<Connections, 'turnEntrance' | 'saveTurnWebhookSeen'>;
    readonly checks: Pick<Checks, 'wake'>;
    readonly now: () => Instant;
  }) =>
  async (
    key: string,
    word: { readonly workerId: WorkerId | null; readonly isStatus: boolean },
  ): Promise<Waking> => {
    const connection = await ports.connections.turnEntrance(key);
    if (connection === null) return 'refused';
    if (connection.disconnectedAt !== null) return 'gone';
    if (word.workerId === null) return 'not-ours';
    const isOurs = await ports.checks.wake(connection.id, word.workerId);
    // Only a status webhook about a check of ours proves that it is set up, and for this account.
    if (isOurs && word.isStatus) await ports.connections.saveTurnWebhookSeen(connection.id, ports.now());
    return isOurs ? 'woken' : 'not-ours';
  };
