import type { Check } from '../check.ts';
import type { Connection } from '../connection.ts';
import type { CheckId, ConnectionId, Instant } from '../ids.ts';
import { mayOrderAgain } from '../ordering/person-decisions.ts';
import type { Ats } from '../ports/ats.ts';
import type { CheckProvider } from '../ports/check-provider.ts';
import type { Checks, LeasedCheck } from '../ports/checks.ts';
import type { Connections } from '../ports/connections.ts';
import type { Incidents } from '../ports/incidents.ts';
import { PortError } from '../ports/port-error.ts';
import { nextPollAt } from '../status/poll-cadence.ts';
import { retryDelay, type Times } from '../times.ts';
import { planWriteBack } from '../write-back/plan-write-back.ts';
import { createAdoptOrders } from './adopt-orders.ts';
import type { createCarryOutWriteBack } from './carry-out-write-back.ts';
import type { createReadStatus } from './read-status.ts';

/** How a sync went, for the log. */
export type Synced =
  | { readonly kind: 'not-due' }
  | { readonly kind: 'synced' | 'looked-up'; readonly check: Check }
  | { readonly kind: 'failed'; readonly check: Check; readonly error: unknown };

/** What a sync needs. */
export interface SyncCheckPorts {
  readonly ats: Pick<Ats, 'readOpportunity'>;
  readonly checkProvider: Pick<CheckProvider, 'findByReference'>;
  readonly checks: Pick<
    Checks,
    'read' | 'takeSync' | 'saveSync' | 'finishSync' | 'makeReady' | 'recordOrdered' | 'recordUnknown'
  >;
  readonly connections: Pick<Connections, 'read' | 'saveHealth'>;
  readonly incidents: Pick<Incidents, 'raise' | 'resolve'>;
  readonly readStatus: ReturnType<typeof createReadStatus>;
  readonly carryOutWriteBack: ReturnType<typeof createCarryOutWriteBack>;
  readonly now: () => Instant;
  readonly jitter: () => number;
  readonly times: Times;
}

/**
 * Makes Lever show what Turn says, for one check. An order whose answer was lost is looked up instead. Running it again
 * after a crash leads to the same end; faults make the check due again later.
 */
export const createSyncCheck = (ports: SyncCheckPorts) => {
  const { checks, connections, incidents, now, jitter, times } = ports;
  const adoptOrders = createAdoptOrders(ports);

  const lookUp = async ({ check }: LeasedCheck): Promise<Instant | null> => {
    const found = await ports.checkProvider.findByReference(check.connectionId, check.referenceId);
    if (found !== null) {
      // Resolved first: once it is recorded nobody looks it up again.
      await incidents.resolve(check.connectionId, 'order-unknown', check.id);
      await checks.recordOrdered(check.connectionId, check.id, found.workerId, 'adopted');
      return now();
    }
    // Whoever claimed it may be posting it this moment: not found yet says nothing.
    const answerDueAt = (check.sendingAt ?? 0) + (times.lookUps[0] ?? 0);
    if (check.phase === 'sending' && now() < answerDueAt) return answerDueAt;
    const wait = times.lookUps[check.lookUps + 1];
    const nextSyncAt = wait === undefined ? null : now() + wait;
    await checks.recordUnknown(check.connectionId, check.id, { lookedUp: true, nextSyncAt });
    await incidents.raise(check.connectionId, 'order-unknown', check.id);
    return nextSyncAt;
  };

  /**
   * Before the end of a check is shown in Lever: a restored backup may have forgotten the order after it, whose tag would
   * be taken away, and with it the sweep's way to find it.
   */
  const withLaterOrder = async (check: Check, { settings }: Connection): Promise<Check> => {
    const { connectionId, environment, opportunityId, contactId, correlationId, orderNumber } = check;
    const changesTag = planWriteBack({ ...check, settings }, check.shown).some(
      ({ kind }) => kind === 'show-tag',
    );
    if (!changesTag || !mayOrderAgain(check)) return check;
    const about = { opportunityId, contactId, correlationId, displayName: null };
    const numbers = Array.from({ length: orderNumber }, (_, index) => index + 1);
    const adopted = await adoptOrders({ connectionId, environment, ...about }, numbers);
    return adopted > 0 ? { ...check, isNewest: false } : check;
  };

  /** What is known is shown even where Turn cannot be read now. Null where the lease was lost meanwhile. */
  const readAndShow = async (leased: LeasedCheck, connection: Connection): Promise<Check | null> => {
    let check = leased.check;
    let failure: unknown = null;
    if (check.phase === 'ordered') {
      try {
        const read = await ports.readStatus(leased);
        // What we read is old by now: whoever has the lease shows what is newer.
        if (read === null) return null;
        check = await withLaterOrder(read, connection);
      } catch (error) {
        failure = error;
      }
    }
    await ports.carryOutWriteBack(leased, check, connection.settings);
    if (failure !== null) throw failure;
    const webhookSeen = connection.turnWebhookSeenAt !== null;
    const nextSyncAt =
      check.phase === 'ordered' && check.status !== null
        ? nextPollAt(check.status, { now: now(), webhookSeen, jitter: jitter(), times: times.poll })
        : null;
    return { ...check, nextSyncAt };
  };

  const failed = async (leased: LeasedCheck, error: unknown): Promise<Synced> => {
    const { check } = leased;
    if (error instanceof PortError && error.code === 'not-found') await stopIfGone(leased);
    if (error instanceof PortError && error.code === 'unauthorized') {
      await markBroken(check.connectionId, error.vendor ?? 'lever');
    }
    const retryAfter = error instanceof PortError ? error.retryAfter : null;
    const delay = retryDelay(check.failures, { jitter: jitter(), retryAfter, times });
    const wait = Math.max(delay, await lateAnswer(check));
    await checks.finishSync(leased, { nextSyncAt: now() + wait, failed: true });
    return { kind: 'failed', check, error };
  };

  /** A 404 to a write may be anything's; only the record itself says that the candidate is gone. */
  const stopIfGone = async (leased: LeasedCheck): Promise<void> => {
    const { connectionId, opportunityId } = leased.check;
    const reading = await ports.ats.readOpportunity(connectionId, opportunityId).catch(() => null);
    if (reading?.kind === 'gone' || reading?.kind === 'no-access') {
      await checks.saveSync(leased, { writeBackStop: reading.kind });
    }
  };

  /** How long Lever may still be storing a note whose answer was lost, in ms. */
  const lateAnswer = async ({ connectionId, id }: Check): Promise<number> => {
    const current = await checks.read(connectionId, id);
    const notes = Object.values(current?.shown.notes ?? {});
    return notes.some(({ kind }) => kind === 'attempted') ? times.lateAnswer : 0;
  };

  const markBroken = async (connectionId: ConnectionId, vendor: 'lever' | 'turn'): Promise<void> => {
    await incidents.raise(connectionId, `${vendor}-reconnect-needed`, connectionId);
    await connections.saveHealth(connectionId, vendor, 'reconnect-needed');
  };

  return async (checkId: CheckId): Promise<Synced> => {
    const leased = await checks.takeSync(checkId, times.syncLease);
    if (leased === null) return { kind: 'not-due' };
    try {
      const { connectionId, phase } = leased.check;
      const connection = await connections.read(connectionId);
      // Without its tokens nothing can be asked any more.
      if (connection === null || connection.disconnectedAt !== null) {
        await checks.finishSync(leased, { nextSyncAt: null, failed: false });
        return { kind: 'synced', check: { ...leased.check, nextSyncAt: null } };
      }
      if (phase === 'sending' || phase === 'unknown') {
        await checks.finishSync(leased, { nextSyncAt: await lookUp(leased), failed: false });
        return { kind: 'looked-up', check: leased.check };
      }
      const check = await readAndShow(leased, connection);
      if (check === null) return { kind: 'not-due' };
      await checks.finishSync(leased, { nextSyncAt: check.nextSyncAt, failed: false });
      return { kind: 'synced', check };
    } catch (error) {
      return failed(leased, error);
    }
  };
};
