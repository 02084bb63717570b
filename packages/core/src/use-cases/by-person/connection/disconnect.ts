import type { ConnectionId, Instant } from '../../../ids.ts';
import type { AtsWebhooks } from '../../../ports/ats-webhooks.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Connections } from '../../../ports/connections.ts';
import { PortError, type PortErrorCode } from '../../../ports/port-error.ts';
import { type Outcome, type Perform, tooLate } from '../perform.ts';

/** A webhook that stays in Lever; null: not even the list could be read. A person must delete it there. */
export interface StayingWebhook {
  readonly webhookId: string | null;
  readonly code: PortErrorCode;
}

/** What a disconnect left behind in Lever. */
export interface Disconnection {
  readonly deletedWebhooks: number;
  readonly staying: readonly StayingWebhook[];
}

/**
 * Ends a connection: our webhooks are deleted as far as Lever lets us, then the secrets are erased and later deliveries
 * are answered as gone. Checks go on at Turn. Throws `PortError` `unavailable` of our own store.
 */
export const createDisconnect =
  (ports: {
    readonly perform: Perform;
    readonly atsWebhooks: AtsWebhooks;
    readonly connections: Pick<Connections, 'disconnect'>;
    readonly now: () => Instant;
  }) =>
  (person: Person, connectionId: ConnectionId): Promise<Outcome<Disconnection>> =>
    ports.perform(person, connectionId, 'disconnect', connectionId, async ({ lever, turn }) => ({
      before: { lever, turn },
      after: { disconnected: true },
      act: async () => {
        // First, while we still have the grant for it; who was never let in made none.
        const left =
          lever === 'not-connected' ? nothingLeft : await deleteWebhooks(ports.atsWebhooks, connectionId);
        const isOurs = await ports.connections.disconnect(connectionId, ports.now());
        return isOurs ? { kind: 'done', result: left } : tooLate;
      },
    }));

const nothingLeft: Disconnection = { deletedWebhooks: 0, staying: [] };

const deleteWebhooks = async (
  atsWebhooks: AtsWebhooks,
  connectionId: ConnectionId,
): Promise<Disconnection> => {
  const staying: StayingWebhook[] = [];
  let deletedWebhooks = 0;
  const attempt = async <Result>(webhookId: string | null, work: () => Promise<Result>) => {
    try {
      return { result: await work() };
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      staying.push({ webhookId, code: error.code });
      return null;
    }
  };
  const listed = await attempt(null, () => atsWebhooks.listWebhooks(connectionId));
  for (const { id } of listed?.result ?? []) {
    const deleted = await attempt(id, () => atsWebhooks.deleteWebhook(connectionId, id));
    if (deleted !== null) deletedWebhooks += 1;
  }
  return { deletedWebhooks, staying };
};
