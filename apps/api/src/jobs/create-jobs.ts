import type { Connection } from '@turn-lever/core/connection';
import type { CheckId, ConnectionId, CorrelationId, DeliveryId } from '@turn-lever/core/ids';
import type { CallLog } from '@turn-lever/core/ports/call-log';
import type { VendorCall } from '@turn-lever/core/trail';
import type { createKeepGrantAlive } from '@turn-lever/core/use-cases/keep-grant-alive';
import type { createProcessDelivery } from '@turn-lever/core/use-cases/process-delivery';
import type { createRemindOfEnd } from '@turn-lever/core/use-cases/remind-of-end';
import type { createSweepConnection } from '@turn-lever/core/use-cases/sweep-connection';
import type { createSyncCheck } from '@turn-lever/core/use-cases/sync-check';
import type { Logger } from 'pino';
import type { CallTrail } from '../call-trail.ts';
import { describeError } from '../log.ts';

/** The jobs, as the queues call them: each takes the id of a due row and does one piece of work. */
export interface Jobs {
  processDelivery(id: DeliveryId): Promise<void>;
  syncCheck(id: CheckId): Promise<void>;
  sweepConnection(id: ConnectionId): Promise<void>;
  keepGrantAlive(id: ConnectionId): Promise<void>;
}

/** Wraps the use cases with what belongs to no rule: a log line each, and the calls made on the way. */
export const createJobs = (ports: {
  readonly processDelivery: ReturnType<typeof createProcessDelivery>;
  readonly syncCheck: ReturnType<typeof createSyncCheck>;
  readonly sweepConnection: ReturnType<typeof createSweepConnection>;
  readonly keepGrantAlive: ReturnType<typeof createKeepGrantAlive>;
  readonly remindOfEnd: ReturnType<typeof createRemindOfEnd>;
  readonly trail: CallTrail;
  readonly callLog: CallLog;
  readonly log: Logger;
}): Jobs => {
  const { trail, callLog, log } = ports;

  /** Keeping the calls is worth a log line when it fails, never the work itself. */
  const keep = async (
    about: { connectionId: Connection['id']; correlationId: CorrelationId } | null,
    calls: readonly VendorCall[],
  ) => {
    if (about === null) return;
    try {
      await callLog.record(about.connectionId, about.correlationId, calls);
    } catch (error) {
      log.warn({ correlationId: about.correlationId, ...describeError(error) }, 'calls not kept');
    }
  };

  return {
    processDelivery: async (id) => {
      let about: { connectionId: ConnectionId; correlationId: CorrelationId } | null = null;
      await trail.collect(
        async () => {
          const done = await ports.processDelivery(id);
          if (done.kind === 'not-due') return;
          const { connectionId, correlationId, happening, attempts } = done.leased.delivery;
          about = { connectionId, correlationId };
          const line = {
            correlationId,
            connectionId,
            deliveryId: id,
            opportunityId: happening.opportunityId,
          };
          if (done.kind === 'postponed') log.warn({ ...line, attempts: attempts + 1 }, 'delivery postponed');
          else log.info({ ...line, reason: done.reason, checkId: done.checkId }, 'delivery decided');
        },
        (calls) => keep(about, calls),
      );
    },
    syncCheck: async (id) => {
      let about: { connectionId: ConnectionId; correlationId: CorrelationId } | null = null;
      await trail.collect(
        async () => {
          const done = await ports.syncCheck(id);
          if (done.kind === 'not-due') return;
          const { connectionId, correlationId, phase, status } = done.check;
          about = { connectionId, correlationId };
          const line = {
            correlationId,
            connectionId,
            checkId: id,
            phase,
            status: status?.status.label ?? null,
          };
          if (done.kind === 'failed') log.warn({ ...line, ...describeError(done.error) }, 'sync failed');
          else log.info(line, done.kind === 'synced' ? 'check synced' : 'order looked up');
        },
        (calls) => keep(about, calls),
      );
    },
    sweepConnection: async (id) => {
      const found = await ports.sweepConnection(id);
      log.info({ connectionId: id, ...found }, 'connection swept');
    },
    keepGrantAlive: async (id) => {
      try {
        const grant = await ports.keepGrantAlive(id);
        log.info({ connectionId: id, grant }, 'grant looked at');
      } finally {
        // Where Lever was away, too: the end comes all the same. After it, since a dead grant has no end to come.
        const reminded = await ports.remindOfEnd(id);
        if (reminded !== null) log.info({ connectionId: id, ...reminded }, 'reminded of the end');
      }
    },
  };
};
