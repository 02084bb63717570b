import { type Check, type CheckPhase, nothingShown, type Shown, type ShownNote } from '../src/check.ts';
import type { CheckId, ConnectionId, Instant } from '../src/ids.ts';
import {
  type CheckSubject,
  type Checks,
  type Decider,
  type LeasedCheck,
  LeaseLostError,
  type OpenPackage,
} from '../src/ports/checks.ts';
import type { Connections } from '../src/ports/connections.ts';
import { PortError } from '../src/ports/port-error.ts';
import { shownAfterReading } from '../src/write-back/plan-write-back.ts';
import { aCheck } from './a-check.ts';
import { aConnection } from './a-connection.ts';
import type { FakeInbox } from './fake-inbox.ts';

interface Row {
  check: Check;
  readonly leverAccountId: string;
  displayName: string | null;
  readyAt: Instant | null;
  wakeCount: number;
  lease: { readonly token: string; readonly until: Instant; readonly wakeCount: number } | null;
}

/** Checks in memory. */
export interface FakeChecks extends Checks {
  /** Checks to be synced now, for a loop in memory in place of the relay; leased ones left out. */
  dueIds(): readonly CheckId[];
  /** Everything kept, oldest first. */
  all(): readonly Check[];
}

const isOpen = ({ phase, status }: Check): boolean => {
  if (phase === 'ready' || phase === 'sending' || phase === 'unknown') return true;
  const group = status?.status.group;
  return phase === 'ordered' && group !== 'settled' && group !== 'terminal';
};

/** What nobody here posted was ordered by somebody we know nothing of. */
const openPackage = ({ phase, deliveryId, sendingAt, packageId }: Check): OpenPackage => {
  const isAdopted = (phase === 'ordered' && sendingAt === null) || (phase === 'ready' && deliveryId === null);
  return isAdopted ? 'unknown' : packageId;
};

const lookedForFirst = (note: ShownNote): ShownNote =>
  note.kind === 'absent' ? { kind: 'attempted', text: '' } : note;

/** Lever may show an adopted check already: its notes are looked for before they are written. */
const asAdopted = (shown: Shown): Shown => ({
  ...shown,
  notes: {
    ...shown.notes,
    turnId: lookedForFirst(shown.notes.turnId),
    report: lookedForFirst(shown.notes.report),
  },
});

/**
 * Passes the checks contract without a database. Time is `now`; a connection that `connections` does not know cannot
 * order, and without `connections` every one is as `aConnection` makes it. Leases are asked of `inbox`; without it every
 * delivery is leased.
 */
export const createFakeChecks = ({
  now,
  connections = { read: async (id) => aConnection({ id }) },
  inbox = { isLeased: () => true },
}: {
  readonly now: () => Instant;
  readonly connections?: Pick<Connections, 'read'>;
  readonly inbox?: Pick<FakeInbox, 'isLeased'>;
}): FakeChecks => {
  const rows = new Map<CheckId, Row>();
  let leases = 0;

  const isSameOpportunity = (one: Row, other: Row): boolean =>
    one.check.environment === other.check.environment &&
    one.leverAccountId === other.leverAccountId &&
    one.check.opportunityId === other.check.opportunityId;

  const toCheck = (row: Row): Check => ({
    ...row.check,
    isNewest: ![...rows.values()].some(
      (other) => isSameOpportunity(row, other) && other.check.orderNumber > row.check.orderNumber,
    ),
  });

  const ofConnection = (connectionId: ConnectionId): Row[] =>
    [...rows.values()].filter(({ check }) => check.connectionId === connectionId);

  const find = (connectionId: ConnectionId, checkId: CheckId, phases: readonly CheckPhase[]): Row | null => {
    const row = rows.get(checkId);
    return row?.check.connectionId === connectionId && phases.includes(row.check.phase) ? row : null;
  };

  const change = (row: Row, given: Partial<Check>): void => {
    row.check = { ...row.check, ...given };
  };

  const makeDue = (row: Row): void => {
    row.wakeCount += 1;
    change(row, { nextSyncAt: now() });
  };

  const isDue = ({ check, lease }: Row): boolean =>
    check.nextSyncAt !== null && check.nextSyncAt <= now() && (lease === null || lease.until < now());

  const leasedBy = ({ check, lease }: LeasedCheck): Row | null => {
    const row = rows.get(check.id);
    return row?.lease?.token === lease ? row : null;
  };

  /** The row for an order, made where there is none, brought up to what was just seen where it is not further along. */
  const rowFor = async (
    connectionId: ConnectionId,
    subject: CheckSubject,
    decider: Decider | undefined,
  ): Promise<Row> => {
    const connection = await connections.read(connectionId);
    if (decider !== undefined && !inbox.isLeased(decider.leased)) throw new LeaseLostError();
    if (connection === null) throw new Error('No such connection.');
    const { accountId, environment, leverAccountId } = connection;
    const { opportunityId, orderNumber, contactId, deliveryId, correlationId, statusTags } = subject;
    const existing = [...rows.values()].find(
      ({ check, leverAccountId: account }) =>
        check.environment === environment &&
        account === leverAccountId &&
        check.opportunityId === opportunityId &&
        check.orderNumber === orderNumber,
    );
    if (existing !== undefined) {
      if (existing.check.connectionId !== connectionId) {
        throw new PortError('rejected', 'This order belongs to another connection.');
      }
      if (!isOpenTo(existing, decider)) return existing;
      existing.displayName = subject.displayName ?? existing.displayName;
      change(existing, {
        contactId: contactId ?? existing.check.contactId,
        deliveryId: deliveryId ?? existing.check.deliveryId,
        correlationId,
        shown:
          statusTags === null ? existing.check.shown : shownAfterReading(existing.check.shown, statusTags),
      });
      return existing;
    }
    const id = `check-${rows.size + 1}` as CheckId;
    const row: Row = {
      check: aCheck({
        id,
        accountId,
        connectionId,
        environment,
        opportunityId,
        contactId,
        orderNumber,
        deliveryId,
        correlationId,
        phase: 'dismissed',
        dismissedAt: null,
        shown: { ...nothingShown, tags: statusTags ?? [] },
        nextSyncAt: null,
        createdAt: now(),
      }),
      leverAccountId,
      displayName: subject.displayName,
      readyAt: null,
      wakeCount: 0,
      lease: null,
    };
    rows.set(id, row);
    return row;
  };

  return {
    async newest(connectionId, opportunityId) {
      const [row] = ofConnection(connectionId)
        .filter(({ check }) => check.opportunityId === opportunityId)
        .sort((a, b) => b.check.orderNumber - a.check.orderNumber);
      return row === undefined ? null : toCheck(row);
    },

    async read(connectionId, checkId) {
      const row = rows.get(checkId);
      return row?.check.connectionId === connectionId ? toCheck(row) : null;
    },

    async openElsewhere(connectionId, contactId, except) {
      const asking = await connections.read(connectionId);
      return [...rows.values()]
        .map(({ check }) => check)
        .filter((check) => check.accountId === asking?.accountId && check.environment === asking.environment)
        .filter((check) => check.contactId === contactId && check.opportunityId !== except && isOpen(check))
        .map(openPackage);
    },

    async countOrdersSince(connectionId, since, except) {
      return ofConnection(connectionId).filter(
        ({ check, readyAt }) => check.id !== except && readyAt !== null && readyAt >= since,
      ).length;
    },

    async list(connectionId, { before, limit }) {
      const newestFirst = ofConnection(connectionId).reverse();
      const start = before === null ? 0 : newestFirst.findIndex(({ check }) => check.id === before) + 1;
      return newestFirst
        .slice(before !== null && start === 0 ? newestFirst.length : start, start + limit)
        .map((row) => ({ check: toCheck(row), displayName: row.displayName }));
    },

    async listHeld(connectionId) {
      return ofConnection(connectionId)
        .filter(({ check }) => check.phase === 'held')
        .sort((a, b) => (a.check.hold?.since ?? 0) - (b.check.hold?.since ?? 0))
        .map(toCheck);
    },

    async countStanding(connectionId) {
      const all = ofConnection(connectionId).map(({ check }) => check);
      return {
        open: all.filter(isOpen).length,
        held: all.filter(({ phase }) => phase === 'held').length,
      };
    },

    async known(connectionId, opportunityIds) {
      const placed = ofConnection(connectionId).filter(({ check }) => !beforeClaim.includes(check.phase));
      return placed
        .map(({ check: { opportunityId, orderNumber } }) => ({ opportunityId, orderNumber }))
        .filter(({ opportunityId }) => opportunityIds.includes(opportunityId));
    },

    async hold(connectionId, subject, reason, details, decider) {
      const row = await rowFor(connectionId, subject, decider);
      if (!isOpenTo(row, decider)) return toCheck(row);
      const { phase, hold } = row.check;
      const since = phase === 'held' && hold?.reason === reason ? hold.since : now();
      change(row, { phase: 'held', hold: { reason, details, since } });
      row.readyAt = null;
      makeDue(row);
      return toCheck(row);
    },

    async makeReady(connectionId, subject, terms, decider) {
      const row = await rowFor(connectionId, subject, decider);
      if (!isOpenTo(row, decider)) return toCheck(row);
      row.readyAt = now();
      change(row, { ...terms, phase: 'ready', hold: null, dismissedAt: null });
      return toCheck(row);
    },

    async dismiss(connectionId, checkId) {
      const row = find(connectionId, checkId, ['held', 'ready']);
      if (row === null) return false;
      change(row, { phase: 'dismissed', hold: null, dismissedAt: now() });
      makeDue(row);
      return true;
    },

    async end(connectionId, checkId, leased) {
      const row = find(connectionId, checkId, ['held', 'ready']);
      if (row === null || (leased !== undefined && !inbox.isLeased(leased))) return false;
      change(row, { phase: 'dismissed', hold: null });
      makeDue(row);
      return true;
    },

    async claim(connectionId, checkId, lookUpAfterMs, leased) {
      const row = find(connectionId, checkId, ['ready']);
      if (row === null || (leased !== undefined && !inbox.isLeased(leased))) return false;
      change(row, { phase: 'sending', sendingAt: now(), lookUps: 0, nextSyncAt: now() + lookUpAfterMs });
      // A sync that is under way for an earlier reason must not bring the look-up forward.
      if (row.lease !== null) row.lease = { ...row.lease, wakeCount: row.wakeCount };
      return true;
    },

    async release(connectionId, checkId) {
      const row = find(connectionId, checkId, ['sending']);
      if (row !== null) change(row, { phase: 'ready', sendingAt: null });
    },

    async refuse(connectionId, checkId, hold) {
      const row = find(connectionId, checkId, ['sending']);
      if (row === null) return;
      change(row, { phase: 'held', hold: { ...hold, since: now() }, sendingAt: null });
      makeDue(row);
    },

    async recordOrdered(connectionId, checkId, workerId, how) {
      const row = find(connectionId, checkId, beforeOrdered);
      if (row === null) return;
      const { shown } = row.check;
      change(row, {
        phase: 'ordered',
        hold: null,
        dismissedAt: null,
        orderedAt: now(),
        workerId,
        shown: how === 'adopted' ? asAdopted(shown) : shown,
      });
      makeDue(row);
    },

    async recordUnknown(connectionId, checkId, { lookedUp, nextSyncAt }) {
      const row = find(connectionId, checkId, ['sending', 'unknown']);
      if (row === null) return;
      change(row, {
        phase: 'unknown',
        lookUps: row.check.lookUps + (lookedUp ? 1 : 0),
        nextSyncAt,
        hold: nextSyncAt === null ? { reason: 'held.unknown_result', details: [], since: now() } : null,
      });
    },

    async wake(connectionId, workerId) {
      const mine = ofConnection(connectionId).filter(({ check }) => check.workerId === workerId);
      mine.forEach(makeDue);
      return mine.length > 0;
    },

    async takeSync(checkId, leaseMs) {
      const row = rows.get(checkId);
      if (row === undefined || !isDue(row)) return null;
      leases += 1;
      const until = now() + leaseMs;
      row.lease = { token: `lease-${leases}`, until, wakeCount: row.wakeCount };
      // Should nobody finish it, it is due again.
      change(row, { nextSyncAt: until });
      return { check: toCheck(row), lease: row.lease.token };
    },

    async saveSync(leased, progress) {
      const row = leasedBy(leased);
      if (row === null) return false;
      change(row, progress);
      return true;
    },

    async finishSync(leased, { nextSyncAt, failed }) {
      const row = leasedBy(leased);
      if (row === null || row.lease === null) return false;
      const { failures, nextSyncAt: planned } = row.check;
      const setMeanwhile = planned === row.lease.until ? null : planned;
      const next = row.wakeCount > row.lease.wakeCount ? now() : (setMeanwhile ?? nextSyncAt);
      change(row, { nextSyncAt: next, failures: failed ? failures + 1 : 0 });
      row.lease = null;
      return true;
    },

    dueIds: () => [...rows.values()].filter(isDue).map(({ check }) => check.id),
    all: () => [...rows.values()].map(toCheck),
  };
};

/** Not yet claimed, and not dismissed since the decider read it. */
const isOpenTo = ({ check: { phase, dismissedAt } }: Row, decider: Decider | undefined): boolean => {
  const isKnown = dismissedAt === null || decider === undefined || decider.dismissedAt === dismissedAt;
  return beforeClaim.includes(phase) && isKnown;
};

const beforeClaim: readonly CheckPhase[] = ['held', 'ready', 'dismissed'];
const beforeOrdered: readonly CheckPhase[] = [...beforeClaim, 'sending', 'unknown'];
