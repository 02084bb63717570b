import type { Check, CheckPhase, Shown, ShownNote } from '../src/check.ts';
import type { CheckId, Instant } from '../src/ids.ts';
import type { Checks, OpenPackage } from '../src/ports/checks.ts';
import type { Connections } from '../src/ports/connections.ts';
import { aConnection } from './a-connection.ts';
import { beforeClaim, createFakeCheckRows, isOpenTo } from './fake-check-rows.ts';
import type { FakeInbox } from './fake-inbox.ts';

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
  const table = createFakeCheckRows({ now, connections, inbox });
  const { rows, toCheck, ofConnection, find, change, makeDue, isDue, leasedBy, rowFor } = table;
  let leases = 0;

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

const beforeOrdered: readonly CheckPhase[] = [...beforeClaim, 'sending', 'unknown'];
