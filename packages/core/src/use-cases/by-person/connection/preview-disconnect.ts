import type { ConnectionId } from '../../../ids.ts';
import type { Person } from '../../../ports/audit-log.ts';
import type { Checks } from '../../../ports/checks.ts';
import type { Inbox } from '../../../ports/inbox.ts';
import type { Setup } from '../../../ports/setup.ts';
import type { OwnConnection } from '../../settings/own-connection.ts';

/** What a disconnect would end, in numbers. */
export interface DisconnectPreview {
  /** Go on at Turn and cost there; their status is no longer shown in Lever. */
  readonly openChecks: number;
  readonly heldChecks: number;
  /** Heard of and not decided yet; they will order nothing. */
  readonly waitingDeliveries: number;
  /** Webhooks that we made, and delete. */
  readonly createdWebhooks: number;
  /** Whether a person made a webhook by hand, which a person must delete in Lever. */
  readonly hasPastedSecret: boolean;
}

/** Tells beforehand what a disconnect ends. Null: not the account's, or ended already. Throws `PortError`. */
export const createPreviewDisconnect =
  (ports: {
    readonly own: OwnConnection;
    readonly checks: Pick<Checks, 'countStanding'>;
    readonly inbox: Pick<Inbox, 'countWaiting'>;
    readonly setup: Pick<Setup, 'read'>;
  }) =>
  async (person: Person, connectionId: ConnectionId): Promise<DisconnectPreview | null> => {
    const connection = await ports.own(person, connectionId, 'disconnect');
    if (connection === null || connection.disconnectedAt !== null) return null;
    const { open, held } = await ports.checks.countStanding(connectionId);
    const state = await ports.setup.read(connectionId);
    return {
      openChecks: open,
      heldChecks: held,
      waitingDeliveries: await ports.inbox.countWaiting(connectionId),
      createdWebhooks: state?.createdWebhookIds.length ?? 0,
      hasPastedSecret: (state?.pastedSecret ?? null) !== null,
    };
  };
