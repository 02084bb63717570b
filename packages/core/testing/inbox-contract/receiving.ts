import { describe, expect, test } from 'vitest';
import { aLease, type InboxWorld } from './world.ts';

/** Storing, repeats and reused keys. */
export const describeReceiving = (world: InboxWorld): void => {
  describe('receiving', () => {
    test('keeps a delivery as it was given', async () => {
      const delivery = await world.aFresh({ source: 'sweep', waivers: ['wait', 'bulk'], foundTogether: 3 });
      const id = await world.store(delivery);
      expect(await world.inbox.read(delivery.connectionId, id)).toEqual({
        delivery: { ...delivery, id, count: 1, attempts: 0 },
        settlement: null,
      });
    });

    test('keeps a delivery that names no candidate and no stage', async () => {
      const happening = { opportunityId: null, contactId: null, toStageId: null };
      const delivery = await world.aFresh({ ignored: 'ignored.no_opportunity', happening });
      const id = await world.store(delivery);
      expect((await world.stored(delivery, id)).delivery.happening).toEqual(delivery.happening);
    });

    test('keeps hostile text as text', async () => {
      const text = `'; drop table delivery; -- "quoted" \\ {a,b} 💥 \u2028 ${'x'.repeat(50)}`;
      const delivery = await world.aFresh({ key: text, contentDigest: text, happening: { event: text } });
      const id = await world.store(delivery);
      expect((await world.stored(delivery, id)).delivery).toMatchObject({
        key: text,
        contentDigest: text,
        happening: { event: text },
      });
    });

    test('counts a repeat on the first row', async () => {
      const delivery = await world.aFresh();
      const id = await world.store(delivery);
      expect(await world.inbox.receive(delivery)).toBe('duplicate');
      expect(await world.inbox.receive({ ...delivery, receivedAt: delivery.receivedAt + 5 })).toBe(
        'duplicate',
      );
      expect((await world.stored(delivery, id)).delivery).toMatchObject({
        count: 3,
        receivedAt: delivery.receivedAt,
      });
    });

    test('makes one row of 50 identical deliveries at once, and one of them is the first', async () => {
      const delivery = await world.aFresh();
      const receipts = await Promise.all(Array.from({ length: 50 }, () => world.inbox.receive(delivery)));
      expect(receipts.filter((receipt) => receipt === 'stored')).toHaveLength(1);
      expect(receipts.filter((receipt) => receipt === 'duplicate')).toHaveLength(49);
      const id = await world.deliveryIdOf(delivery);
      expect((await world.stored(delivery, id)).delivery.count).toBe(50);
      expect(await world.countRows(delivery.connectionId)).toBe(1);
    });

    test('stores 500 different deliveries at once', async () => {
      const delivery = await world.aFresh();
      const receipts = await Promise.all(
        Array.from({ length: 500 }, (_, n) => world.inbox.receive({ ...delivery, key: `token-${n}` })),
      );
      expect(new Set(receipts)).toEqual(new Set(['stored']));
      expect(await world.countRows(delivery.connectionId)).toBe(500);
    });

    test('tells each of many mixed repeats apart', async () => {
      const delivery = await world.aFresh();
      const receipts = await Promise.all(
        Array.from({ length: 300 }, (_, n) => world.inbox.receive({ ...delivery, key: `token-${n % 100}` })),
      );
      expect(receipts.filter((receipt) => receipt === 'stored')).toHaveLength(100);
      expect(receipts.filter((receipt) => receipt === 'duplicate')).toHaveLength(200);
    });

    test('stores the same key with other content, and says that the key was used before', async () => {
      const delivery = await world.aFresh();
      await world.store(delivery);
      const other = { ...delivery, contentDigest: 'digest-2' };
      expect(await world.inbox.receive(other)).toBe('reused-key');
      expect(await world.inbox.receive(other)).toBe('duplicate');
      expect(await world.countRows(delivery.connectionId)).toBe(2);
    });

    test('sees a reused key among deliveries that arrive at once', async () => {
      const delivery = await world.aFresh();
      const receipts = await Promise.all(
        ['digest-1', 'digest-2', 'digest-1'].map((contentDigest) =>
          world.inbox.receive({ ...delivery, contentDigest }),
        ),
      );
      expect(receipts.toSorted()).toEqual(['duplicate', 'reused-key', 'stored']);
    });

    test('takes the same key of another connection for another delivery', async () => {
      const delivery = await world.aFresh();
      await world.store(delivery);
      const other = await world.createConnection();
      expect(await world.inbox.receive({ ...delivery, connectionId: other.id })).toBe('stored');
    });

    test('lets one that cannot be stored fail alone', async () => {
      const delivery = await world.aFresh();
      const answers = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) =>
          world.inbox.receive({
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
      expect(await world.countRows(delivery.connectionId)).toBe(18);
    });

    test('settles at once what is ignored on arrival', async () => {
      const delivery = await world.aFresh({ ignored: 'ignored.not_trigger_stage' });
      const id = await world.store(delivery);
      const read = await world.stored(delivery, id);
      expect(read.settlement).toMatchObject({
        reason: 'ignored.not_trigger_stage',
        checkId: null,
        trail: [],
        enteredAt: null,
      });
      expect(read.delivery).toMatchObject({ dueAt: null, ignored: 'ignored.not_trigger_stage' });
      expect(await world.inbox.take(id, aLease)).toBeNull();
    });
  });
};
