import { type Happening, triage } from '../delivery.ts';
import type { ConnectionId, CorrelationId, Instant } from '../ids.ts';
import type { Connections, LeverEntrance } from '../ports/connections.ts';
import type { Inbox } from '../ports/inbox.ts';
import type { Incidents } from '../ports/incidents.ts';
import type { RejectReason } from '../reason.ts';

/** A webhook request, read but not yet believed. */
export interface LeverMessage {
  readonly kind: 'event' | 'ping';
  /** Random for each delivery, inside the signed part: what makes a repeat recognisable. */
  readonly token: string;
  readonly contentDigest: string;
  readonly happening: Happening;
}

/** What to answer. `flooded`: too many that could not be verified, this one not even counted (429). `not-yet`: keep it and come again (503). `gone`: disconnected here (410). */
export type Admission =
  | 'stored'
  | 'duplicate'
  | 'ping'
  | 'refused'
  | 'malformed'
  | 'flooded'
  | 'not-yet'
  | 'gone';

/** An admission with the connection it concerns; null where the key is unknown. */
export interface AdmissionResult {
  readonly admission: Admission;
  readonly connectionId: ConnectionId | null;
}

const day = 24 * 3_600_000;

/**
 * Lets a webhook in: known key, valid signature, not from the far future. Resolves `stored` only once the delivery is
 * committed. Throws `PortError` `unavailable` where that is impossible. Decides nothing about orders and calls no vendor.
 */
export const createAdmitDelivery =
  (ports: {
    readonly connections: Pick<Connections, 'leverEntrance' | 'countPing' | 'countRefused'>;
    readonly inbox: Pick<Inbox, 'receive'>;
    readonly incidents: Pick<Incidents, 'raise'>;
    readonly now: () => Instant;
  }) =>
  async (request: {
    readonly key: string;
    /** Null where the body could not be read. */
    readonly message: LeverMessage | null;
    readonly isSignedBy: (signatureTokens: readonly string[]) => boolean;
    readonly correlationId: CorrelationId;
    /** Asked before a refusal is counted: a flood of them must not become a flood of writes. */
    readonly mayCount: () => Promise<boolean>;
  }): Promise<AdmissionResult> => {
    const { connections, inbox, incidents, now } = ports;
    const { message, isSignedBy } = request;
    const verify = (entrance: LeverEntrance | null) =>
      entrance !== null && isSignedBy(entrance.signatureTokens);

    let entrance = await connections.leverEntrance(request.key, { fresh: false });
    // The kept copy may be seconds old: nobody is refused on it.
    if (!verify(entrance)) entrance = await connections.leverEntrance(request.key, { fresh: true });
    if (entrance === null) {
      isSignedBy([]);
      const admission = (await request.mayCount()) ? 'refused' : 'flooded';
      return { admission, connectionId: null };
    }
    const { connection } = entrance;
    const end = (admission: Admission): AdmissionResult => ({ admission, connectionId: connection.id });
    const refuse = async (reason: RejectReason, admission: Admission): Promise<AdmissionResult> => {
      if (!(await request.mayCount())) return end('flooded');
      await connections.countRefused(connection.id, reason, now());
      return end(admission);
    };

    if (connection.disconnectedAt !== null) return end('gone');
    if (message === null) return refuse('rejected.malformed', 'malformed');
    const isPing = message.kind === 'ping';
    if (!verify(entrance)) {
      const mayBeUnsigned = entrance.signatureTokens.length === 0 || entrance.isCreatingWebhook;
      if (isPing && mayBeUnsigned) {
        await connections.countPing(connection.id, null);
        return end('ping');
      }
      return entrance.signatureTokens.length === 0
        ? refuse('rejected.no_secret', 'not-yet')
        : refuse('rejected.signature', 'refused');
    }
    const { happening } = message;
    if (happening.triggeredAt > now() + day) return refuse('rejected.clock', 'refused');
    if (isPing) {
      await connections.countPing(connection.id, now());
      return end('ping');
    }
    const sorted = triage(happening, connection.triggerStage);
    const receivedAt = now();
    const receipt = await inbox.receive({
      connectionId: connection.id,
      source: 'webhook',
      key: message.token,
      contentDigest: message.contentDigest,
      happening,
      correlationId: request.correlationId,
      receivedAt,
      dueAt: sorted.kind === 'ignore' ? null : receivedAt + connection.settings.waitBeforeOrdering * 1000,
      ignored: sorted.kind === 'ignore' ? sorted.reason : null,
      waivers: [],
      foundTogether: 1,
      orderNumber: null,
    });
    if (receipt === 'reused-key')
      await incidents.raise(connection.id, 'delivery-key-reused', request.correlationId);
    return end(receipt === 'duplicate' ? 'duplicate' : 'stored');
  };
