import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../src/connection.ts';
import type { AccountId, ConnectionId, Instant, PackageId, StageId } from '../src/ids.ts';
import type { AccountCreation, Connections, NewAccount } from '../src/ports/connections.ts';
import type { Grants } from '../src/ports/grants.ts';
import { defaultSettings } from '../src/settings.ts';
import { canary } from './canaries.ts';

/** What the contract needs around connections. */
export interface ConnectionsHarness {
  readonly connections: Connections;
  /** Over the same rows. */
  readonly grants: Pick<Grants, 'read' | 'takeRefresh' | 'store'>;
  /** Adds a signature token, valid until an instant of the store's clock or (null) until it is replaced. */
  addSignatureToken(connectionId: ConnectionId, token: string, validUntil: Instant | null): Promise<void>;
  setCreatingWebhook(connectionId: ConnectionId, isCreating: boolean): Promise<void>;
  /** The store's own clock. */
  now(): Instant;
  close(): Promise<void>;
}

const noon = Date.UTC(2026, 10, 23, 12, 0, 0, 321);
const fresh = { fresh: true } as const;

/** What every `Connections` promises. The harness is made once; each test has accounts of its own. */
export const describeConnectionsContract = (
  name: string,
  createHarness: () => Promise<ConnectionsHarness>,
): void => {
  describe(`connections: ${name}`, () => {
    let harness: ConnectionsHarness;
    let connections: Connections;
    let accounts = 0;
    beforeAll(async () => {
      harness = await createHarness();
      ({ connections } = harness);
    });
    afterAll(async () => {
      await harness?.close();
    });

    const aNewAccount = (lever: Partial<NewAccount['lever']> = {}): NewAccount => {
      accounts += 1;
      return {
        name: 'Example Ltd',
        superAdminEmail: canary.adminEmail,
        lever: {
          environment: 'production',
          accountId: `lever-account-${accounts}`,
          accessToken: canary.secret('access'),
          refreshToken: canary.secret('refresh'),
          expiresAt: noon + 3_600_000,
          signatureToken: canary.secret(`signature-token-${accounts}`),
          ...lever,
        },
        turn: { token: canary.secret(`turn-token-${accounts}`) },
        settings: { ...defaultSettings, triggerStage: 'Background Check', ordersPerHour: 7 },
      };
    };
    const create = async (account: NewAccount): Promise<AccountCreation & { kind: 'created' }> => {
      const creation = await connections.createAccount(account, noon);
      if (creation.kind !== 'created') throw new Error('Expected the account to be created.');
      return creation;
    };
    const createAny = () => create(aNewAccount());
    const read = async (connectionId: ConnectionId): Promise<Connection> => {
      const connection = await connections.read(connectionId);
      if (connection === null) throw new Error('Expected the connection to be kept.');
      return connection;
    };

    describe('an account', () => {
      test("has its own connections and nobody else's", async () => {
        const { accountId, connectionId } = await createAny();
        expect((await connections.ofAccount(accountId)).map(({ id }) => id)).toContain(connectionId);
        expect(await connections.ofAccount('no-account' as AccountId)).toEqual([]);
      });

      test('comes with an invitation that cannot be guessed', async () => {
        expect((await createAny()).invitation).toMatch(/^[\w-]{43}$/u);
      });

      test('starts working, unresolved, and ordering from the moment it was made', async () => {
        const account = aNewAccount({ environment: 'sandbox' });
        const { connectionId, accountId } = await create(account);
        expect(await read(connectionId)).toEqual({
          id: connectionId,
          accountId,
          environment: 'sandbox',
          leverAccountId: account.lever.accountId,
          settings: account.settings,
          settingsRevision: 1,
          triggerStage: { kind: 'unresolved', name: 'Background Check' },
          orderingSince: noon,
          pausedAt: null,
          disconnectedAt: null,
          lever: 'working',
          turn: 'working',
          packages: null,
          turnWebhookSeenAt: null,
        });
      });

      test('has keys of its own that fit into a URL and cannot be guessed', async () => {
        const creations = [await createAny(), await createAny()];
        const keys = creations.flatMap(({ leverKey, turnKey }) => [leverKey, turnKey]);
        expect(new Set(keys).size).toBe(4);
        for (const key of keys) expect(key).toMatch(/^[\w-]{22,}$/);
      });

      test('is refused where another one has the Lever account, in the same environment only', async () => {
        const { lever } = aNewAccount();
        await create(aNewAccount(lever));
        expect(await connections.createAccount(aNewAccount(lever), noon)).toEqual({
          kind: 'lever-account-taken',
        });
        await create(aNewAccount({ ...lever, environment: 'sandbox' }));
      });

      test('is made for one of many who ask for the same Lever account at once', async () => {
        const { lever } = aNewAccount();
        const creations = await Promise.all(
          Array.from({ length: 5 }, () => connections.createAccount(aNewAccount(lever), noon)),
        );
        expect(creations.filter(({ kind }) => kind === 'created')).toHaveLength(1);
      });

      test('may take a Lever account again once the other one is disconnected', async () => {
        const { lever } = aNewAccount();
        await connections.disconnect((await create(aNewAccount(lever))).connectionId, noon);
        await create(aNewAccount(lever));
      });

      test('stands for itself where Lever does not name the account', async () => {
        const [one, other] = [
          await create(aNewAccount({ accountId: '' })),
          await create(aNewAccount({ accountId: '' })),
        ];
        expect((await read(one.connectionId)).leverAccountId).toBe(one.connectionId);
        expect((await read(other.connectionId)).leverAccountId).toBe(other.connectionId);
      });
    });

    test('lists all but the disconnected', async () => {
      const [one, other] = [await createAny(), await createAny()];
      await connections.disconnect(other.connectionId, noon);
      const ids = (await connections.list()).map(({ id }) => id);
      expect(ids).toContain(one.connectionId);
      expect(ids).not.toContain(other.connectionId);
      expect(await connections.read('no-such-connection' as ConnectionId)).toBeNull();
    });

    describe('the entrance', () => {
      test("of Lever has the connection and the tokens of that connection's key alone", async () => {
        const account = aNewAccount();
        const { leverKey, turnKey, connectionId } = await create(account);
        await createAny();
        expect(await connections.leverEntrance(leverKey, fresh)).toEqual({
          connection: await read(connectionId),
          signatureTokens: [account.lever.signatureToken],
          isCreatingWebhook: false,
        });
        expect(await connections.leverEntrance(turnKey, fresh)).toBeNull();
      });

      test('of Lever takes every token that is valid now, and no other', async () => {
        const account = aNewAccount();
        const { leverKey, connectionId } = await create(account);
        await harness.addSignatureToken(connectionId, 'previous', harness.now() + 60_000);
        await harness.addSignatureToken(connectionId, 'lapsed', harness.now() - 60_000);
        await harness.addSignatureToken(connectionId, 'created', null);
        const entrance = await connections.leverEntrance(leverKey, fresh);
        expect(entrance?.signatureTokens.toSorted()).toEqual(
          [account.lever.signatureToken, 'previous', 'created'].toSorted(),
        );
      });

      test('of Lever tells that a webhook of ours is being created', async () => {
        const { leverKey, connectionId } = await createAny();
        await harness.setCreatingWebhook(connectionId, true);
        expect((await connections.leverEntrance(leverKey, fresh))?.isCreatingWebhook).toBe(true);
      });

      test('of Turn has the connection of that key alone', async () => {
        const { leverKey, turnKey, connectionId } = await createAny();
        await createAny();
        expect(await connections.turnEntrance(turnKey)).toEqual(await read(connectionId));
        expect(await connections.turnEntrance(leverKey)).toBeNull();
      });

      test('knows no key that was never given out', async () => {
        for (const key of ['', 'x'.repeat(43), '../../etc', "' or 1=1 --", 'a\u0000b']) {
          expect(await connections.leverEntrance(key, { fresh: false })).toBeNull();
          expect(await connections.leverEntrance(key, fresh)).toBeNull();
          expect(await connections.turnEntrance(key)).toBeNull();
        }
      });

      test('still knows the key of a disconnected one, without any token', async () => {
        const { leverKey, connectionId } = await createAny();
        await connections.disconnect(connectionId, noon);
        const entrance = await connections.leverEntrance(leverKey, fresh);
        expect(entrance?.connection.disconnectedAt).not.toBeNull();
        expect(entrance?.signatureTokens).toEqual([]);
      });
    });

    describe('secrets of Turn', () => {
      test('are those of the connection', async () => {
        const account = aNewAccount();
        const { connectionId, turnKey } = await create(account);
        await createAny();
        expect(await connections.turnToken(connectionId)).toBe(account.turn.token);
        expect(await connections.turnKey(connectionId)).toBe(turnKey);
      });

      test('a token that is not there is a matter of reconnecting', async () => {
        const { connectionId } = await createAny();
        await connections.disconnect(connectionId, noon);
        await expect(connections.turnToken(connectionId)).rejects.toMatchObject({ code: 'unauthorized' });
      });
    });

    describe('saving', () => {
      test('keeps what was learned, of that connection alone', async () => {
        const [{ connectionId }, other] = [await createAny(), await createAny()];
        const untouched = await read(other.connectionId);
        const triggerStage = { kind: 'resolved', id: 'stage-1' as StageId, name: 'Reference Check' } as const;
        const packages = {
          packages: [{ id: 'P0000000001' as PackageId, name: 'Standard' }],
          readAt: noon + 1,
        };
        await connections.saveTriggerStage(connectionId, triggerStage);
        await connections.savePackages(connectionId, packages);
        await connections.saveHealth(connectionId, 'lever', 'reconnect-needed');
        expect(await read(connectionId)).toMatchObject({
          triggerStage,
          packages,
          lever: 'reconnect-needed',
          turn: 'working',
        });
        await connections.saveHealth(connectionId, 'turn', 'reconnect-needed');
        await connections.saveHealth(connectionId, 'lever', 'working');
        expect(await read(connectionId)).toMatchObject({ lever: 'working', turn: 'reconnect-needed' });
        expect(await read(other.connectionId)).toEqual(untouched);
      });

      test('tells "no list is offered" from "never read" and from an empty list', async () => {
        const { connectionId } = await createAny();
        for (const packages of [
          { packages: null, readAt: noon },
          { packages: [], readAt: noon },
        ]) {
          await connections.savePackages(connectionId, packages);
          expect((await read(connectionId)).packages).toEqual(packages);
        }
      });

      test('pausing keeps, and resuming once moves, the instant from which is ordered', async () => {
        const { connectionId } = await createAny();
        await connections.savePaused(connectionId, noon + 1000, noon + 1000);
        expect(await read(connectionId)).toMatchObject({ pausedAt: noon + 1000, orderingSince: noon });
        await connections.savePaused(connectionId, null, noon + 5000);
        expect(await read(connectionId)).toMatchObject({ pausedAt: null, orderingSince: noon + 5000 });
        await connections.savePaused(connectionId, null, noon + 9000);
        expect(await read(connectionId)).toMatchObject({ pausedAt: null, orderingSince: noon + 5000 });
      });

      test("knows within a minute when Turn's webhook was last seen", async () => {
        const { connectionId } = await createAny();
        await connections.saveTurnWebhookSeen(connectionId, noon);
        expect((await read(connectionId)).turnWebhookSeenAt).toBe(noon);
        await connections.saveTurnWebhookSeen(connectionId, noon + 120_000);
        await connections.saveTurnWebhookSeen(connectionId, noon + 110_000);
        const seenAt = (await read(connectionId)).turnWebhookSeenAt ?? 0;
        expect(Math.abs(seenAt - (noon + 120_000))).toBeLessThanOrEqual(60_000);
      });
    });

    describe('reconnecting', () => {
      const grant = {
        accessToken: canary.secret('new'),
        refreshToken: canary.secret('newer'),
        expiresAt: noon + 7_200_000,
        issuedAt: noon,
      };

      test('stores the pair, and Lever works and is ordered for from then on', async () => {
        const [{ connectionId }, other] = [await createAny(), await createAny()];
        const untouched = await read(other.connectionId);
        await connections.saveHealth(connectionId, 'lever', 'reconnect-needed');
        await connections.saveHealth(connectionId, 'turn', 'reconnect-needed');
        expect(await connections.reconnectLever(connectionId, grant, noon + 5000)).toBe(true);
        expect(await read(connectionId)).toMatchObject({
          lever: 'working',
          turn: 'reconnect-needed',
          orderingSince: noon + 5000,
        });
        expect(await harness.grants.read(connectionId)).toMatchObject(grant);
        expect(await read(other.connectionId)).toEqual(untouched);
      });

      test('is not undone by a refresh of the old pair that was under way', async () => {
        const { connectionId } = await createAny();
        await connections.reconnectLever(connectionId, grant, noon);
        const { version } = (await harness.grants.read(connectionId)) ?? { version: 0 };
        const lease = (await harness.grants.takeRefresh(connectionId, version, 60_000)) ?? '';
        const newest = { ...grant, accessToken: canary.secret('newest') };
        await connections.reconnectLever(connectionId, newest, noon);
        expect(
          await harness.grants.store(connectionId, lease, { ...grant, accessToken: canary.secret('late') }),
        ).toBe(false);
        expect(await harness.grants.read(connectionId)).toMatchObject(newest);
      });

      test('does not bring back what was disconnected, or never was', async () => {
        const { connectionId } = await createAny();
        await connections.disconnect(connectionId, noon);
        expect(await connections.reconnectLever(connectionId, grant, noon)).toBe(false);
        expect(await harness.grants.read(connectionId)).toBeNull();
        expect(await connections.reconnectLever('no-such' as ConnectionId, grant, noon)).toBe(false);
      });
    });

    describe('disconnecting', () => {
      test('erases every secret of the connection, once, and nothing of another', async () => {
        const [{ connectionId, leverKey }, other] = [await createAny(), await createAny()];
        const untouched = await connections.leverEntrance(other.leverKey, fresh);
        expect(await connections.disconnect(connectionId, noon + 7)).toBe(true);
        expect(await connections.disconnect(connectionId, noon + 9)).toBe(false);
        expect(await read(connectionId)).toMatchObject({ disconnectedAt: noon + 7 });
        expect(await harness.grants.read(connectionId)).toBeNull();
        expect((await connections.leverEntrance(leverKey, fresh))?.signatureTokens).toEqual([]);
        await expect(connections.turnToken(connectionId)).rejects.toMatchObject({ code: 'unauthorized' });
        expect(await connections.leverEntrance(other.leverKey, fresh)).toEqual(untouched);
        expect(await connections.disconnect('no-such' as ConnectionId, noon)).toBe(false);
      });
    });

    describe('counting', () => {
      test('starts at nothing', async () => {
        const { connectionId } = await createAny();
        expect(await connections.readCounters(connectionId)).toEqual({ pings: 0, refused: {}, samples: [] });
      });

      test('counts pings and refusals of a connection, newest samples first', async () => {
        const [{ connectionId }, other] = [await createAny(), await createAny()];
        await Promise.all([1, 2, 3].map(() => connections.countPing(connectionId)));
        await connections.countRefused(connectionId, 'rejected.signature', noon);
        await connections.countRefused(connectionId, 'rejected.signature', noon + 1);
        await connections.countRefused(connectionId, 'rejected.clock', noon + 2);
        expect(await connections.readCounters(connectionId)).toEqual({
          pings: 3,
          refused: { 'rejected.signature': 2, 'rejected.clock': 1 },
          samples: [
            { reason: 'rejected.clock', at: noon + 2 },
            { reason: 'rejected.signature', at: noon + 1 },
            { reason: 'rejected.signature', at: noon },
          ],
        });
        expect(await connections.readCounters(other.connectionId)).toMatchObject({ pings: 0, samples: [] });
      });

      test('counts every one of a flood and keeps twenty samples', async () => {
        const { connectionId } = await createAny();
        await Promise.all(
          Array.from({ length: 30 }, (_, number) =>
            connections.countRefused(connectionId, 'rejected.malformed', noon + number),
          ),
        );
        const { refused, samples } = await connections.readCounters(connectionId);
        expect(refused).toEqual({ 'rejected.malformed': 30 });
        expect(samples).toHaveLength(20);
      });
    });
  });
};
