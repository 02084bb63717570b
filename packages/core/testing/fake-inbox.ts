import type { Delivery, NewDelivery } from '../src/delivery.ts';
import type { ConnectionId, DeliveryId, Instant, OpportunityId } from '../src/ids.ts';
import { mayReplay } from '../src/ordering/person-decisions.ts';
import type { Inbox, LeasedDelivery, Settlement, StageEntry } from '../src/ports/inbox.ts';

interface Row {
  delivery: Delivery;
  settlement: (Settlement & { readonly settledAt: Instant }) | null;
  lease: { readonly token: string; readonly until: Instant } | null;
}

/** An inbox in memory. */
export interface FakeInbox extends Inbox {
  /** Deliveries to be decided now, for a loop in memory in place of the relay; leased ones left out. */
  dueIds(): readonly DeliveryId[];
  /** Whether the delivery is due and still leased so: what a database asks within the statement of a check. */
  isLeased(leased: LeasedDelivery): boolean;
  /** Everything kept, oldest first. */
  deliveries(): readonly Delivery[];
}

/** Passes the inbox contract without a database. Time is `now`. */
export const createFakeInbox = ({ now }: { readonly now: () => Instant }): FakeInbox => {
  const rows = new Map<DeliveryId, Row>();
  let leases = 0;

  const isFree = ({ settlement, lease }: Row): boolean =>
    settlement === null && (lease === null || lease.until < now());

  const isDue = (row: Row): boolean =>
    row.delivery.dueAt !== null && row.delivery.dueAt <= now() && isFree(row);

  const heldBy = ({ delivery, lease }: LeasedDelivery): Row | null => {
    const row = rows.get(delivery.id);
    return row?.lease?.token === lease && row.settlement === null ? row : null;
  };

  const waitingFor = (connectionId: ConnectionId, opportunityId: OpportunityId): Row[] =>
    [...rows.values()].filter(
      ({ settlement, delivery }) =>
        settlement === null &&
        delivery.connectionId === connectionId &&
        delivery.happening.opportunityId === opportunityId,
    );

  const endAll = (waiting: readonly Row[]): number | null => {
    if (!waiting.every(isFree)) return null;
    for (const row of waiting) {
      row.settlement = { ...cancelled, settledAt: now() };
      row.lease = null;
    }
    return waiting.length;
  };

  const isByPerson = ({ settlement, delivery: { source } }: Row): boolean =>
    settlement?.reason === 'ignored.cancelled' ||
    (settlement?.reason === 'ignored.dismissed' && source === 'person');

  const makeDue = (row: Row, given: Partial<Delivery>): void => {
    row.delivery = { ...row.delivery, dueAt: now(), ignored: null, attempts: 0, ...given };
    row.settlement = null;
  };

  const wasDiscardedSince = ({ delivery }: Row): boolean =>
    [...rows.values()].some(
      (other) =>
        other.delivery.connectionId === delivery.connectionId &&
        other.delivery.happening.opportunityId === delivery.happening.opportunityId &&
        other.delivery.source === 'person' &&
        other.settlement?.reason === 'ignored.dismissed' &&
        other.settlement.settledAt >= delivery.receivedAt,
    );

  const isDecided = (row: Row, entry: StageEntry): boolean => {
    if (row.delivery.happening.opportunityId !== entry.opportunityId) return false;
    if (row.settlement === null) return true;
    const { enteredAt, reason, settledAt } = row.settlement;
    if (isByPerson(row)) return entry.enteredAt <= settledAt;
    if (reason === 'ignored.before_connect') return false;
    return enteredAt !== null && Math.abs(enteredAt - entry.enteredAt) <= 1000;
  };

  return {
    async receive(given) {
      assertStorable(given);
      const sameKey = [...rows.values()].filter(
        ({ delivery }) => delivery.connectionId === given.connectionId && delivery.key === given.key,
      );
      const same = sameKey.find(({ delivery }) => delivery.contentDigest === given.contentDigest);
      if (same !== undefined) {
        same.delivery = { ...same.delivery, count: same.delivery.count + 1 };
        return 'duplicate';
      }
      const id = `delivery-${rows.size + 1}` as DeliveryId;
      const { ignored } = given;
      rows.set(id, {
        delivery: { ...given, id, count: 1, attempts: 0 },
        settlement:
          ignored === null
            ? null
            : { reason: ignored, checkId: null, trail: [], enteredAt: null, settledAt: now() },
        lease: null,
      });
      return sameKey.length > 0 ? 'reused-key' : 'stored';
    },

    async take(deliveryId, leaseMs) {
      const row = rows.get(deliveryId);
      if (row === undefined || !isDue(row)) return null;
      leases += 1;
      row.lease = { token: `lease-${leases}`, until: now() + leaseMs };
      return { delivery: row.delivery, lease: row.lease.token };
    },

    async settle(leased, settlement) {
      const row = heldBy(leased);
      if (row === null) return false;
      row.settlement = { ...settlement, settledAt: now() };
      row.lease = null;
      return true;
    },

    async postpone(leased, dueAt) {
      const row = heldBy(leased);
      if (row === null) return false;
      row.delivery = { ...row.delivery, dueAt, attempts: row.delivery.attempts + 1 };
      row.lease = null;
      return true;
    },

    async reopen(connectionId, deliveryId, foundTogether) {
      const row = rows.get(deliveryId);
      if (row === undefined || row.delivery.connectionId !== connectionId || row.settlement === null) {
        return false;
      }
      makeDue(row, { foundTogether: foundTogether ?? row.delivery.foundTogether });
      return true;
    },

    async replay(connectionId, deliveryId) {
      const row = rows.get(deliveryId);
      if (row === undefined || row.delivery.connectionId !== connectionId || row.settlement === null) {
        return false;
      }
      if (!mayReplay(row.delivery) || wasDiscardedSince(row)) return false;
      makeDue(row, { waivers: [], orderNumber: null });
      return true;
    },

    async newestWish(connectionId, opportunityId, { event, orderNumber }) {
      const wish = [...rows.values()].findLast(
        ({ delivery }) =>
          delivery.connectionId === connectionId &&
          delivery.source === 'person' &&
          delivery.happening.opportunityId === opportunityId &&
          delivery.happening.event === event &&
          delivery.orderNumber === orderNumber,
      );
      return wish === undefined ? null : { id: wish.delivery.id, receivedAt: wish.delivery.receivedAt };
    },

    async bringForward(connectionId, deliveryId) {
      const row = rows.get(deliveryId);
      if (row === undefined || row.delivery.connectionId !== connectionId || !isFree(row)) return false;
      if ((row.delivery.dueAt ?? 0) <= now()) return false;
      row.delivery = {
        ...row.delivery,
        dueAt: now(),
        waivers: [...new Set([...row.delivery.waivers, 'wait' as const])],
      };
      return true;
    },

    async cancel(connectionId, deliveryId) {
      const row = rows.get(deliveryId);
      if (row === undefined || row.delivery.connectionId !== connectionId || !isFree(row)) return false;
      const { opportunityId } = row.delivery.happening;
      return endAll(opportunityId === null ? [row] : waitingFor(connectionId, opportunityId)) !== null;
    },

    async cancelAll(connectionId, opportunityId) {
      return endAll(waitingFor(connectionId, opportunityId));
    },

    async undecided(connectionId, entries) {
      const mine = [...rows.values()].filter(({ delivery }) => delivery.connectionId === connectionId);
      return entries.filter((entry) => !mine.some((row) => isDecided(row, entry)));
    },

    async turnedDownAt(connectionId, opportunityId) {
      const times = [...rows.values()].flatMap((row) => {
        const { connectionId: owner, happening } = row.delivery;
        const isSame = owner === connectionId && happening.opportunityId === opportunityId;
        return isSame && row.settlement !== null && isByPerson(row) ? [row.settlement.settledAt] : [];
      });
      return times.length === 0 ? null : Math.max(...times);
    },

    async countWaiting(connectionId) {
      const mine = [...rows.values()].filter(({ delivery }) => delivery.connectionId === connectionId);
      return mine.filter(({ settlement }) => settlement === null).length;
    },

    async read(connectionId, deliveryId) {
      const row = rows.get(deliveryId);
      return row === undefined || row.delivery.connectionId !== connectionId
        ? null
        : { delivery: row.delivery, settlement: row.settlement };
    },

    isLeased: (leased) => heldBy(leased) !== null,
    dueIds: () => [...rows.values()].filter(isDue).map(({ delivery }) => delivery.id),
    deliveries: () => [...rows.values()].map(({ delivery }) => delivery),
  };
};

const cancelled: Settlement = { reason: 'ignored.cancelled', checkId: null, trail: [], enteredAt: null };

/** A database has no room for a NUL character, nor for a time that is none. */
const assertStorable = ({ key, contentDigest, happening, receivedAt }: NewDelivery): void => {
  const texts = [key, contentDigest, happening.event];
  if (texts.some((text) => text.includes('\0'))) throw new Error('A text holds a NUL character.');
  if (!Number.isFinite(receivedAt) || !Number.isFinite(happening.triggeredAt)) {
    throw new RangeError('A time is no time.');
  }
};
