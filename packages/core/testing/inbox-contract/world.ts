import { afterAll, beforeAll, expect } from 'vitest';
import type { Connection, Environment } from '../../src/connection.ts';
import type { NewDelivery } from '../../src/delivery.ts';
import type { CheckId, ConnectionId, DeliveryId, Instant, OpportunityId } from '../../src/ids.ts';
import type { Inbox, LeasedDelivery, Settlement, StoredDelivery } from '../../src/ports/inbox.ts';
import { aDelivery } from '../a-delivery.ts';

/** What the contract needs around an inbox. */
export interface InboxHarness {
  readonly inbox: Inbox;
  /** A connection that the inbox accepts deliveries for; another Lever account each time unless one is named. */
  createConnection(given?: {
    readonly environment?: Environment;
    readonly leverAccountId?: string;
  }): Promise<Connection>;
  /** The id of a delivery that was stored; the port itself has no list. */
  deliveryIdOf(delivery: NewDelivery): Promise<DeliveryId>;
  /** How many rows the connection has, repeats not counted. */
  countRows(connectionId: ConnectionId): Promise<number>;
  /** The store's own clock. */
  now(): Instant;
  /** Lets `ms` go by: a fake's clock is moved on, a real store waits. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A minute: no lease of this length lapses within a test. */
export const aLease = 60_000;
/** An id that is never given. */
export const unknownId = '00000000-0000-4000-8000-00000000dead' as DeliveryId;

/** A decision with everything that can be seen while deciding. */
export const settlement: Settlement = {
  reason: 'ordered',
  checkId: '00000000-0000-4000-8000-0000000000c1' as CheckId,
  trail: [{ step: 'stage', seen: { standing: 'in-stage', tags: ['a', 'b'], count: 2 }, outcome: 'pass' }],
  enteredAt: Date.UTC(2026, 10, 23, 12, 0, 0, 123),
};

/** The inbox under test, and the ways to the states that tests begin with. */
export interface InboxWorld extends Omit<InboxHarness, 'close'> {
  /** A delivery of a fresh connection, due a second ago, with an opportunity of its own. */
  aFresh(given?: Parameters<typeof aDelivery>[0]): Promise<NewDelivery>;
  /** Stores it; its id. */
  store(delivery: NewDelivery): Promise<DeliveryId>;
  /** Leases a delivery that is due. */
  take(id: DeliveryId, leaseMs?: number): Promise<LeasedDelivery>;
  /** Waits until a short lease has lapsed and takes the delivery over. */
  takeOver(id: DeliveryId): Promise<LeasedDelivery>;
  /** The delivery as it is kept now. */
  stored(delivery: NewDelivery, id: DeliveryId): Promise<StoredDelivery>;
}

/** Makes the harness once for the tests of the surrounding `describe`. */
export const createInboxWorld = (createHarness: () => Promise<InboxHarness>): InboxWorld => {
  let made: InboxHarness | undefined;
  let opportunities = 0;
  const harness = (): InboxHarness => {
    if (made === undefined) throw new Error('Use the world inside tests only.');
    return made;
  };
  beforeAll(async () => {
    made = await createHarness();
  });
  afterAll(async () => {
    await made?.close();
  });

  const world: InboxWorld = {
    get inbox() {
      return harness().inbox;
    },
    createConnection: (given) => harness().createConnection(given),
    deliveryIdOf: (delivery) => harness().deliveryIdOf(delivery),
    countRows: (connectionId) => harness().countRows(connectionId),
    now: () => harness().now(),
    pass: (ms) => harness().pass(ms),
    aFresh: async (given = {}) => {
      opportunities += 1;
      return aDelivery({
        connectionId: given.connectionId ?? (await world.createConnection()).id,
        receivedAt: world.now() - 1000,
        ...given,
        happening: {
          opportunityId: `opportunity-inbox-${opportunities}` as OpportunityId,
          ...given.happening,
        },
      });
    },
    store: async (delivery) => {
      expect(await world.inbox.receive(delivery)).toBe('stored');
      return world.deliveryIdOf(delivery);
    },
    take: async (id, leaseMs = aLease) => {
      const leased = await world.inbox.take(id, leaseMs);
      if (leased === null) throw new Error('Expected the delivery to be due.');
      return leased;
    },
    takeOver: async (id) => {
      for (let round = 0; round < 2000; round += 1) {
        const leased = await world.inbox.take(id, aLease);
        if (leased !== null) return leased;
        await world.pass(5);
      }
      throw new Error('Expected the lease to lapse.');
    },
    stored: async ({ connectionId }, id) => {
      const read = await world.inbox.read(connectionId, id);
      if (read === null) throw new Error('Expected the delivery to be kept.');
      return read;
    },
  };
  return world;
};
