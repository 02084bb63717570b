import { afterAll, beforeAll, expect } from 'vitest';
import type { Check, CheckPhase } from '../../src/check.ts';
import type { Connection, Environment } from '../../src/connection.ts';
import type { NewDelivery } from '../../src/delivery.ts';
import type {
  AccountId,
  CheckId,
  ConnectionId,
  ContactId,
  CorrelationId,
  DeliveryId,
  Instant,
  OpportunityId,
  PackageId,
  WorkerId,
} from '../../src/ids.ts';
import type { CheckSubject, Checks, LeasedCheck, OrderTerms } from '../../src/ports/checks.ts';
import type { Inbox, LeasedDelivery } from '../../src/ports/inbox.ts';
import { type StatusName, statuses } from '../../src/status/check-status.ts';
import type { KnownStatus } from '../../src/status/status-transition.ts';
import { aDelivery } from '../a-delivery.ts';
import { canary } from '../canaries.ts';

/** What the contract needs around the checks. */
export interface ChecksHarness {
  readonly checks: Checks;
  /** The inbox of the same store: what is decided for a delivery depends on its lease. */
  readonly inbox: Inbox;
  /** The id of a delivery that was stored. */
  deliveryIdOf(delivery: NewDelivery): Promise<DeliveryId>;
  /**
   * A connection to order for; another account and Lever account each time unless one is named. Of two to the same
   * Lever account, or of the same account, the earlier one is disconnected.
   */
  createConnection(given?: {
    readonly accountId?: AccountId;
    readonly environment?: Environment;
    readonly leverAccountId?: string;
    readonly disconnectedAt?: Instant;
  }): Promise<Connection>;
  /** The store's own clock. */
  now(): Instant;
  /** Lets `ms` go by: a fake's clock is moved on, a real store waits. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** A minute: no lease of this length lapses within a test. */
export const aLease = 60_000;
/** An id that is never given. */
export const unknownId = '00000000-0000-4000-8000-00000000dead' as CheckId;
/** What `ChecksWorld.reach` orders. */
export const terms: OrderTerms = { packageId: 'P0000000001' as PackageId, invalidTags: [] };

let subjects = 0;

/** The first order on an opportunity that no other test has. */
export const aSubject = (given: Partial<CheckSubject> = {}): CheckSubject => {
  subjects += 1;
  return {
    opportunityId: `opportunity-${subjects}` as OpportunityId,
    contactId: `contact-${subjects}` as ContactId,
    orderNumber: 1,
    deliveryId: `delivery-${subjects}` as DeliveryId,
    correlationId: `correlation-${subjects}` as CorrelationId,
    displayName: canary.name,
    statusTags: [],
    ...given,
  };
};

/** A status as a sync keeps it. */
export const knownAs = (name: StatusName, changedAt: Instant): KnownStatus => ({
  status: statuses[name],
  raw: name,
  generation: 1,
  recheckDate: null,
  changedAt,
});

/** The store under test, and the ways to the states that tests begin with. */
export interface ChecksWorld
  extends Pick<ChecksHarness, 'checks' | 'inbox' | 'createConnection' | 'now' | 'pass'> {
  /** A fresh connection. */
  connect(): Promise<ConnectionId>;
  /** A delivery of the connection, leased for a decision. */
  leaseDelivery(connectionId: ConnectionId): Promise<LeasedDelivery>;
  /** The check as it is kept now. */
  again(check: Check): Promise<Check>;
  /** Give or take what two clocks may differ. */
  isNow(at: Instant | null): boolean;
  /** Brings a fresh check to a phase by the port's own methods. */
  reach(
    phase: CheckPhase,
    given?: Partial<CheckSubject> & { readonly connectionId?: ConnectionId },
  ): Promise<Check>;
  /** A later subject for the same order. */
  subjectOf(check: Check, given?: Partial<CheckSubject>): CheckSubject;
  /** Leases a check that is due. */
  takeSync(check: Check, leaseMs?: number): Promise<LeasedCheck>;
  /** Waits until the check is due and not leased, and leases it. */
  takeOver(check: Check): Promise<LeasedCheck>;
}

/** Makes the harness once for the tests of the surrounding `describe`. */
export const createChecksWorld = (createHarness: () => Promise<ChecksHarness>): ChecksWorld => {
  let made: ChecksHarness | undefined;
  const harness = (): ChecksHarness => {
    if (made === undefined) throw new Error('Use the world inside tests only.');
    return made;
  };
  beforeAll(async () => {
    made = await createHarness();
  });
  afterAll(async () => {
    await made?.close();
  });

  const world: ChecksWorld = {
    get checks() {
      return harness().checks;
    },
    get inbox() {
      return harness().inbox;
    },
    leaseDelivery: async (connectionId) => {
      const { opportunityId, deliveryId: key } = aSubject();
      const receivedAt = world.now() - 1000;
      const happening = { opportunityId };
      const delivery = aDelivery({ connectionId, key: `${key}`, receivedAt, dueAt: receivedAt, happening });
      await world.inbox.receive(delivery);
      const leased = await world.inbox.take(await harness().deliveryIdOf(delivery), aLease);
      if (leased === null) throw new Error('Expected the delivery to be due.');
      return leased;
    },
    createConnection: (given) => harness().createConnection(given),
    now: () => harness().now(),
    pass: (ms) => harness().pass(ms),
    connect: async () => (await harness().createConnection()).id,
    again: async ({ connectionId, id }) => {
      const check = await world.checks.read(connectionId, id);
      if (check === null) throw new Error('Expected the check to be kept.');
      return check;
    },
    isNow: (at) => at !== null && Math.abs(at - world.now()) < 30_000,
    reach: async (phase, given = {}) => {
      const { checks } = world;
      const { connectionId = await world.connect(), ...rest } = given;
      const subject = aSubject(rest);
      if (phase === 'held') return checks.hold(connectionId, subject, 'held.missing_data', ['e-mail']);
      const check = await checks.makeReady(connectionId, subject, terms);
      if (phase === 'dismissed') await checks.dismiss(connectionId, check.id);
      if (phase === 'sending' || phase === 'unknown' || phase === 'ordered') {
        expect(await checks.claim(connectionId, check.id, 60_000)).toBe(true);
      }
      if (phase === 'unknown') {
        await checks.recordUnknown(connectionId, check.id, { lookedUp: false, nextSyncAt: world.now() });
      }
      if (phase === 'ordered') {
        await checks.recordOrdered(connectionId, check.id, `worker-of-${check.id}` as WorkerId, 'posted');
      }
      return world.again(check);
    },
    subjectOf: ({ opportunityId, orderNumber }, given = {}) =>
      aSubject({ opportunityId, orderNumber, ...given }),
    takeSync: async ({ id }, leaseMs = aLease) => {
      const leased = await world.checks.takeSync(id, leaseMs);
      if (leased === null) throw new Error('Expected the check to be due.');
      return leased;
    },
    takeOver: async ({ id }) => {
      for (let round = 0; round < 2000; round += 1) {
        const leased = await world.checks.takeSync(id, aLease);
        if (leased !== null) return leased;
        await world.pass(5);
      }
      throw new Error('Expected the lease to lapse.');
    },
  };
  return world;
};
