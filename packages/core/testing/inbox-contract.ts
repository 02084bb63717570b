import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection, Environment } from '../src/connection.ts';
import type { NewDelivery } from '../src/delivery.ts';
import type { CheckId, ConnectionId, DeliveryId, Instant, OpportunityId } from '../src/ids.ts';
import type { Inbox, LeasedDelivery, Settlement } from '../src/ports/inbox.ts';
import { aDelivery } from './a-delivery.ts';

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

const aLease = 60_000;
const unknownId = '00000000-0000-4000-8000-00000000dead';

const settlement: Settlement = {
  reason: 'ordered',
  checkId: '00000000-0000-4000-8000-0000000000c1' as CheckId,
  trail: [{ step: 'stage', seen: { standing: 'in-stage', tags: ['a', 'b'], count: 2 }, outcome: 'pass' }],
  enteredAt: Date.UTC(2026, 10, 23, 12, 0, 0, 123),
};

/** What every `Inbox` promises. The harness is made once; each test has a connection of its own. */
export const describeInboxContract = (name: string, createHarness: () => Promise<InboxHarness>): void => {
  describe(`inbox: ${name}`, () => {
    let harness: InboxHarness;
    let opportunities = 0;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    /** A delivery of a fresh connection, due a second ago, with an opportunity of its own. */
    const aFresh = async (given: Parameters<typeof aDelivery>[0] = {}): Promise<NewDelivery> => {
      opportunities += 1;
      return aDelivery({
        connectionId: given.connectionId ?? (await harness.createConnection()).id,
        receivedAt: harness.now() - 1000,
        ...given,
        happening: {
          opportunityId: `opportunity-inbox-${opportunities}` as OpportunityId,
          ...given.happening,
        },
      });
    };
    const store = async (delivery: NewDelivery): Promise<DeliveryId> => {
      expect(await harness.inbox.receive(delivery)).toBe('stored');
      return harness.deliveryIdOf(delivery);
    };
    const take = async (id: DeliveryId, leaseMs = aLease): Promise<LeasedDelivery> => {
      const leased = await harness.inbox.take(id, leaseMs);
      if (leased === null) throw new Error('Expected the delivery to be due.');
      return leased;
    };
    /** Waits until a short lease has lapsed and takes the delivery over. */
    const takeOver = async (id: DeliveryId): Promise<LeasedDelivery> => {
      for (;;) {
        const leased = await harness.inbox.take(id, aLease);
        if (leased !== null) return leased;
        await harness.pass(5);
      }
    };
    const stored = async (delivery: NewDelivery, id: DeliveryId) => {
      const read = await harness.inbox.read(delivery.connectionId, id);
      if (read === null) throw new Error('Expected the delivery to be kept.');
      return read;
    };

    describe('receiving', () => {
      test('keeps a delivery as it was given', async () => {
        const delivery = await aFresh({ source: 'sweep', waivers: ['wait', 'bulk'], foundTogether: 3 });
        const id = await store(delivery);
        expect(await harness.inbox.read(delivery.connectionId, id)).toEqual({
          delivery: { ...delivery, id, count: 1, attempts: 0 },
          settlement: null,
        });
      });

      test('keeps a delivery that names no candidate and no stage', async () => {
        const happening = { opportunityId: null, contactId: null, toStageId: null };
        const delivery = await aFresh({ ignored: 'ignored.no_opportunity', happening });
        const id = await store(delivery);
        expect((await stored(delivery, id)).delivery.happening).toEqual(delivery.happening);
      });

      test('keeps hostile text as text', async () => {
        const text = `'; drop table delivery; -- "quoted" \\ {a,b} 💥 \u2028 ${'x'.repeat(50)}`;
        const delivery = await aFresh({ key: text, contentDigest: text, happening: { event: text } });
        const id = await store(delivery);
        expect((await stored(delivery, id)).delivery).toMatchObject({
          key: text,
          contentDigest: text,
          happening: { event: text },
        });
      });

      test('counts a repeat on the first row', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        expect(await harness.inbox.receive(delivery)).toBe('duplicate');
        expect(await harness.inbox.receive({ ...delivery, receivedAt: delivery.receivedAt + 5 })).toBe(
          'duplicate',
        );
        expect((await stored(delivery, id)).delivery).toMatchObject({
          count: 3,
          receivedAt: delivery.receivedAt,
        });
      });

      test('makes one row of 50 identical deliveries at once, and one of them is the first', async () => {
        const delivery = await aFresh();
        const receipts = await Promise.all(Array.from({ length: 50 }, () => harness.inbox.receive(delivery)));
        expect(receipts.filter((receipt) => receipt === 'stored')).toHaveLength(1);
        expect(receipts.filter((receipt) => receipt === 'duplicate')).toHaveLength(49);
        const id = await harness.deliveryIdOf(delivery);
        expect((await stored(delivery, id)).delivery.count).toBe(50);
        expect(await harness.countRows(delivery.connectionId)).toBe(1);
      });

      test('stores 500 different deliveries at once', async () => {
        const delivery = await aFresh();
        const receipts = await Promise.all(
          Array.from({ length: 500 }, (_, n) => harness.inbox.receive({ ...delivery, key: `token-${n}` })),
        );
        expect(new Set(receipts)).toEqual(new Set(['stored']));
        expect(await harness.countRows(delivery.connectionId)).toBe(500);
      });

      test('tells each of many mixed repeats apart', async () => {
        const delivery = await aFresh();
        const receipts = await Promise.all(
          Array.from({ length: 300 }, (_, n) =>
            harness.inbox.receive({ ...delivery, key: `token-${n % 100}` }),
          ),
        );
        expect(receipts.filter((receipt) => receipt === 'stored')).toHaveLength(100);
        expect(receipts.filter((receipt) => receipt === 'duplicate')).toHaveLength(200);
      });

      test('stores the same key with other content, and says that the key was used before', async () => {
        const delivery = await aFresh();
        await store(delivery);
        const other = { ...delivery, contentDigest: 'digest-2' };
        expect(await harness.inbox.receive(other)).toBe('reused-key');
        expect(await harness.inbox.receive(other)).toBe('duplicate');
        expect(await harness.countRows(delivery.connectionId)).toBe(2);
      });

      test('sees a reused key among deliveries that arrive at once', async () => {
        const delivery = await aFresh();
        const receipts = await Promise.all(
          ['digest-1', 'digest-2', 'digest-1'].map((contentDigest) =>
            harness.inbox.receive({ ...delivery, contentDigest }),
          ),
        );
        expect(receipts.toSorted()).toEqual(['duplicate', 'reused-key', 'stored']);
      });

      test('takes the same key of another connection for another delivery', async () => {
        const delivery = await aFresh();
        await store(delivery);
        const other = await harness.createConnection();
        expect(await harness.inbox.receive({ ...delivery, connectionId: other.id })).toBe('stored');
      });

      test('lets one that cannot be stored fail alone', async () => {
        const delivery = await aFresh();
        const answers = await Promise.allSettled(
          Array.from({ length: 20 }, (_, n) =>
            harness.inbox.receive({
              ...delivery,
              key: `token-${n}`,
              ...(n === 7 ? { contentDigest: 'a NUL: \0' } : {}),
              ...(n === 12 ? { receivedAt: Number.NaN } : {}),
            }),
          ),
        );
        expect(answers.map(({ status }) => status === 'fulfilled')).toEqual(
          Array.from({ length: 20 }, (_, n) => n !== 7 && n !== 12),
        );
        expect(await harness.countRows(delivery.connectionId)).toBe(18);
      });

      test('settles at once what is ignored on arrival', async () => {
        const delivery = await aFresh({ ignored: 'ignored.not_trigger_stage' });
        const id = await store(delivery);
        const read = await stored(delivery, id);
        expect(read.settlement).toMatchObject({
          reason: 'ignored.not_trigger_stage',
          checkId: null,
          trail: [],
          enteredAt: null,
        });
        expect(read.delivery).toMatchObject({ dueAt: null, ignored: 'ignored.not_trigger_stage' });
        expect(await harness.inbox.take(id, aLease)).toBeNull();
      });
    });

    describe('taking', () => {
      test('gives a due delivery to exactly one of many', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        const taken = await Promise.all(Array.from({ length: 20 }, () => harness.inbox.take(id, aLease)));
        expect(taken.filter((leased) => leased !== null)).toHaveLength(1);
        expect(taken.find((leased) => leased !== null)?.delivery).toEqual({
          ...delivery,
          id,
          count: 1,
          attempts: 0,
        });
      });

      test('does not give what is not due yet', async () => {
        const id = await store(await aFresh({ dueAt: harness.now() + 60_000 }));
        expect(await harness.inbox.take(id, aLease)).toBeNull();
      });

      test('does not give what does not exist', async () => {
        expect(await harness.inbox.take(unknownId as DeliveryId, aLease)).toBeNull();
        expect(await harness.inbox.take('no-id-at-all' as DeliveryId, aLease)).toBeNull();
      });

      test('gives it to the next once the lease has lapsed, and refuses the late writes of the first', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        const first = await take(id, 1);
        const second = await takeOver(id);
        expect(second.lease).not.toBe(first.lease);
        expect(await harness.inbox.settle(first, settlement)).toBe(false);
        expect(await harness.inbox.postpone(first, harness.now())).toBe(false);
        expect(await stored(delivery, id)).toMatchObject({ settlement: null, delivery: { attempts: 0 } });
        expect(await harness.inbox.settle(second, settlement)).toBe(true);
      });
    });

    describe('settling', () => {
      test('keeps the decision with everything that was seen', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        const before = harness.now();
        expect(await harness.inbox.settle(await take(id), settlement)).toBe(true);
        const read = await stored(delivery, id);
        expect(read.settlement).toMatchObject(settlement);
        expect(Math.abs((read.settlement?.settledAt ?? 0) - before)).toBeLessThan(30_000);
      });

      test('settles once', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        const leased = await take(id);
        expect(await harness.inbox.settle(leased, settlement)).toBe(true);
        expect(await harness.inbox.settle(leased, { ...settlement, reason: 'ignored.archived' })).toBe(false);
        expect(await harness.inbox.postpone(leased, harness.now())).toBe(false);
        expect(await harness.inbox.take(id, aLease)).toBeNull();
        expect((await stored(delivery, id)).settlement?.reason).toBe('ordered');
      });

      test('counts a repeat of a settled delivery without making it due', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        await harness.inbox.settle(await take(id), settlement);
        expect(await harness.inbox.receive(delivery)).toBe('duplicate');
        expect(await harness.inbox.take(id, aLease)).toBeNull();
      });
    });

    describe('postponing', () => {
      test('puts it back with one more attempt, due when it was asked for', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        const later = harness.now() + 60_000;
        expect(await harness.inbox.postpone(await take(id), later)).toBe(true);
        expect((await stored(delivery, id)).delivery).toMatchObject({ attempts: 1, dueAt: later });
        expect(await harness.inbox.take(id, aLease)).toBeNull();
      });

      test('gives it again once that time has come', async () => {
        const id = await store(await aFresh());
        await harness.inbox.postpone(await take(id), harness.now() - 1);
        const again = await take(id);
        await harness.inbox.postpone(again, harness.now() - 1);
        expect((await take(id)).delivery.attempts).toBe(2);
      });
    });

    describe('reopening', () => {
      test('makes a settled delivery due at once, as if nobody had tried', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        await harness.inbox.postpone(await take(id), harness.now() - 1);
        await harness.inbox.settle(await take(id), settlement);
        expect(await harness.inbox.reopen(delivery.connectionId, id)).toBe(true);
        expect((await stored(delivery, id)).settlement).toBeNull();
        expect((await take(id)).delivery.attempts).toBe(0);
      });

      test('makes due what was ignored on arrival', async () => {
        const delivery = await aFresh({ ignored: 'ignored.not_trigger_stage' });
        const id = await store(delivery);
        expect(await harness.inbox.reopen(delivery.connectionId, id)).toBe(true);
        expect((await take(id)).delivery).toMatchObject({ ignored: null, count: 1 });
      });

      test('leaves alone what is due already, or not there', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        expect(await harness.inbox.reopen(delivery.connectionId, id)).toBe(false);
        expect(await harness.inbox.reopen(delivery.connectionId, unknownId as DeliveryId)).toBe(false);
      });

      test('happens once where two ask at once', async () => {
        const delivery = await aFresh();
        const id = await store(delivery);
        await harness.inbox.settle(await take(id), settlement);
        const answers = await Promise.all(
          Array.from({ length: 5 }, () => harness.inbox.reopen(delivery.connectionId, id)),
        );
        expect(answers.filter(Boolean)).toHaveLength(1);
      });
    });

    describe('entries that nobody decided on', () => {
      const opportunityOf = ({ happening }: NewDelivery): OpportunityId =>
        happening.opportunityId as OpportunityId;

      test('are all of them where no delivery came', async () => {
        const { id } = await harness.createConnection();
        const entries = [{ opportunityId: 'never-seen' as OpportunityId, enteredAt: harness.now() }];
        expect(await harness.inbox.undecided(id, entries)).toEqual(entries);
        expect(await harness.inbox.undecided(id, [])).toEqual([]);
      });

      test('leave out what a delivery is about to decide', async () => {
        const delivery = await aFresh({ dueAt: harness.now() + 60_000 });
        await store(delivery);
        const due = { opportunityId: opportunityOf(delivery), enteredAt: harness.now() };
        const other = { opportunityId: 'somebody-else' as OpportunityId, enteredAt: harness.now() };
        expect(await harness.inbox.undecided(delivery.connectionId, [due, other])).toEqual([other]);
      });

      test('leave out the entry that was decided on, give or take a second, but not a later one', async () => {
        const delivery = await aFresh();
        const enteredAt = harness.now() - 60_000;
        await harness.inbox.settle(await take(await store(delivery)), { ...settlement, enteredAt });
        const entry = (after: number) => ({
          opportunityId: opportunityOf(delivery),
          enteredAt: enteredAt + after,
        });
        expect(
          await harness.inbox.undecided(delivery.connectionId, [
            entry(0),
            entry(900),
            entry(-900),
            entry(5000),
          ]),
        ).toEqual([entry(5000)]);
      });

      test('include those of deliveries that were settled without looking at an entry', async () => {
        const delivery = await aFresh({ ignored: 'ignored.event_type' });
        await store(delivery);
        const entry = { opportunityId: opportunityOf(delivery), enteredAt: harness.now() };
        expect(await harness.inbox.undecided(delivery.connectionId, [entry])).toEqual([entry]);
      });
    });

    test('shows and gives nothing to another connection', async () => {
      const delivery = await aFresh();
      const id = await store(delivery);
      const other = await harness.createConnection();
      const entry = {
        opportunityId: delivery.happening.opportunityId as OpportunityId,
        enteredAt: harness.now(),
      };
      expect(await harness.inbox.read(other.id, id)).toBeNull();
      expect(await harness.inbox.undecided(other.id, [entry])).toEqual([entry]);
      await harness.inbox.settle(await take(id), settlement);
      expect(await harness.inbox.reopen(other.id, id)).toBe(false);
      expect((await stored(delivery, id)).settlement?.reason).toBe('ordered');
    });

    test('knows no delivery under an id that was never given', async () => {
      const { id } = await harness.createConnection();
      expect(await harness.inbox.read(id, unknownId as DeliveryId)).toBeNull();
      expect(await harness.inbox.read(id, 'no-id-at-all' as DeliveryId)).toBeNull();
    });
  });
};
