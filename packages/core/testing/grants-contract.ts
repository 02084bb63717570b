import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId, Instant } from '../src/ids.ts';
import type { Grant, Grants, NewGrant } from '../src/ports/grants.ts';
import { canary } from './canaries.ts';

/** What the contract needs around grants. */
export interface GrantsHarness {
  readonly grants: Grants;
  /** A fresh connection with this pair; null: with none. */
  createConnection(grant: NewGrant | null): Promise<ConnectionId>;
  /** The store's own clock. */
  now(): Instant;
  /** Lets `ms` go by: a fake's clock is moved on, a real store waits. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

const aLease = 60_000;

const aPair = (name: string, given: Partial<NewGrant> = {}): NewGrant => ({
  accessToken: canary.secret(`access-${name}`),
  refreshToken: canary.secret(`refresh-${name}`),
  expiresAt: Date.UTC(2026, 10, 23, 13),
  issuedAt: Date.UTC(2026, 10, 23, 12, 0, 0, 789),
  ...given,
});

/** What every `Grants` promises. The harness is made once; each test has connections of its own. */
export const describeGrantsContract = (name: string, createHarness: () => Promise<GrantsHarness>): void => {
  describe(`grants: ${name}`, () => {
    let harness: GrantsHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    const connect = async (grant: NewGrant = aPair('first')): Promise<[ConnectionId, Grant]> => {
      const connectionId = await harness.createConnection(grant);
      const kept = await harness.grants.read(connectionId);
      if (kept === null) throw new Error('Expected the pair to be kept.');
      return [connectionId, kept];
    };
    const take = async (connectionId: ConnectionId, version: number, leaseMs = aLease): Promise<string> => {
      const lease = await harness.grants.takeRefresh(connectionId, version, leaseMs);
      if (lease === null) throw new Error('Expected the right to refresh.');
      return lease;
    };
    /** Waits until a short lease has lapsed and takes over. */
    const takeOver = async (connectionId: ConnectionId, version: number): Promise<string> => {
      for (;;) {
        const lease = await harness.grants.takeRefresh(connectionId, version, aLease);
        if (lease !== null) return lease;
        await harness.pass(5);
      }
    };

    test('reads the pair as it was given', async () => {
      const pair = aPair('first');
      const [, kept] = await connect(pair);
      expect(kept).toEqual({ ...pair, version: kept.version });
    });

    test('keeps that nobody told when the token was issued', async () => {
      const [, kept] = await connect(aPair('first', { issuedAt: null }));
      expect(kept.issuedAt).toBeNull();
    });

    test('has nothing for a connection without a pair, and nothing to refresh there', async () => {
      const connectionId = await harness.createConnection(null);
      expect(await harness.grants.read(connectionId)).toBeNull();
      for (const version of [0, 1]) {
        expect(await harness.grants.takeRefresh(connectionId, version, aLease)).toBeNull();
      }
      expect(await harness.grants.read('no-such-connection' as ConnectionId)).toBeNull();
    });

    test('stores a fresh pair under the lease, as the next version', async () => {
      const [connectionId, { version }] = await connect();
      const lease = await take(connectionId, version);
      const fresh = aPair('second', { issuedAt: null });
      expect(await harness.grants.store(connectionId, lease, fresh)).toBe(true);
      const kept = await harness.grants.read(connectionId);
      expect(kept).toEqual({ ...fresh, version: kept?.version });
      expect(kept?.version).toBeGreaterThan(version);
    });

    test('gives the right to refresh to one of many who ask at once', async () => {
      const [connectionId, { version }] = await connect();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => harness.grants.takeRefresh(connectionId, version, aLease)),
      );
      expect(answers.filter((lease) => lease !== null)).toHaveLength(1);
    });

    test('gives no right to refresh a version that is past', async () => {
      const [connectionId, { version }] = await connect();
      await harness.grants.store(connectionId, await take(connectionId, version), aPair('second'));
      expect(await harness.grants.takeRefresh(connectionId, version, aLease)).toBeNull();
    });

    test('the next version can be refreshed at once', async () => {
      const [connectionId, { version }] = await connect();
      await harness.grants.store(connectionId, await take(connectionId, version), aPair('second'));
      const kept = await harness.grants.read(connectionId);
      expect(await harness.grants.takeRefresh(connectionId, kept?.version ?? -1, aLease)).not.toBeNull();
    });

    test('what was given up can be taken by another', async () => {
      const [connectionId, { version }] = await connect();
      await harness.grants.giveUp(connectionId, await take(connectionId, version));
      expect(await harness.grants.takeRefresh(connectionId, version, aLease)).not.toBeNull();
    });

    test('giving up late does not end the lease of whoever took over', async () => {
      const [connectionId, { version }] = await connect();
      const late = await take(connectionId, version, 1);
      await takeOver(connectionId, version);
      await harness.grants.giveUp(connectionId, late);
      expect(await harness.grants.takeRefresh(connectionId, version, aLease)).toBeNull();
    });

    test('a pair that comes late is kept while no other is stored: the refresh token was spent for it', async () => {
      const [connectionId, { version }] = await connect();
      const late = await take(connectionId, version, 1);
      await takeOver(connectionId, version);
      expect(await harness.grants.store(connectionId, late, aPair('late'))).toBe(true);
      expect((await harness.grants.read(connectionId))?.accessToken).toBe(canary.secret('access-late'));
    });

    test('a pair that comes late does not replace another that is stored', async () => {
      const [connectionId, { version }] = await connect();
      const late = await take(connectionId, version, 1);
      const lease = await takeOver(connectionId, version);
      expect(await harness.grants.store(connectionId, lease, aPair('second'))).toBe(true);
      expect(await harness.grants.store(connectionId, late, aPair('late'))).toBe(false);
      expect((await harness.grants.read(connectionId))?.accessToken).toBe(canary.secret('access-second'));
    });

    test("another connection's pair is neither seen nor touched", async () => {
      const [mine, { version }] = await connect(aPair('mine'));
      const [theirs, their] = await connect(aPair('theirs'));
      const lease = await take(mine, version);
      await harness.grants.giveUp(theirs, lease);
      await harness.grants.store(mine, lease, aPair('fresh'));
      expect(await harness.grants.read(theirs)).toEqual(their);
    });
  });
};
