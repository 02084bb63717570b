import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../src/connection.ts';
import type { AccountId, ConnectionId, Instant, PackageId, StageId } from '../src/ids.ts';
import type { AccountCreation, Connections, NewAccount, NewAuthorization } from '../src/ports/connections.ts';
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
          authorization: null,
          leverRefreshedAt: null,
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
        await connections.saveTriggerStage(connectionId, triggerStage, 1);
        await connections.saveTriggerStage(connectionId, { kind: 'missing', name: 'of before' }, 0);
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

    /** A fresh connection of an account: what a disconnect leaves behind. */
    const createUnconnected = async (): Promise<Connection> => {
      const { accountId, connectionId } = await createAny();
      await connections.disconnect(connectionId, noon);
      const [newest] = await connections.ofAccount(accountId);
      if (newest === undefined) throw new Error('Expected a fresh connection.');
      return newest;
    };

    describe('not connected', () => {
      test('nothing is broken there, so nothing becomes broken or whole by itself', async () => {
        const { id } = await createUnconnected();
        for (const health of ['reconnect-needed', 'working'] as const) {
          for (const vendor of ['lever', 'turn'] as const) await connections.saveHealth(id, vendor, health);
        }
        expect(await read(id)).toMatchObject({ lever: 'not-connected', turn: 'not-connected' });
      });

      test('has keys, but neither tokens nor signature tokens', async () => {
        const { id } = await createUnconnected();
        expect(await connections.turnKey(id)).toMatch(/^[\w-]{22,}$/);
        expect(await harness.grants.read(id)).toBeNull();
        await expect(connections.turnToken(id)).rejects.toMatchObject({ code: 'unauthorized' });
      });
    });

    describe('connecting Lever', () => {
      const grant = {
        accessToken: canary.secret('new'),
        refreshToken: canary.secret('newer'),
        expiresAt: noon + 7_200_000,
        issuedAt: noon,
      };
      const origin = {
        personId: 'person-1',
        at: noon + 5000,
        permissions: ['offline', 'opportunities'],
        leverUserId: 'user-1',
        endsAt: noon + 365 * 86_400_000,
      } as const;
      const authorize = (
        { environment, leverAccountId }: Pick<Connection, 'environment' | 'leverAccountId'>,
        given: Partial<NewAuthorization> = {},
      ): NewAuthorization => ({ ...origin, environment, leverAccountId, grant, ...given });
      const reconnect = async (connectionId: ConnectionId, given: Partial<NewAuthorization> = {}) =>
        connections.connectLever(connectionId, authorize(await read(connectionId), given), noon);

      test('for the first time takes the Lever account and environment of the authorization', async () => {
        const { id } = await createUnconnected();
        const given = authorize({ environment: 'sandbox', leverAccountId: `first-of-${id}` });
        expect(await connections.connectLever(id, given, noon + 5000)).toBe('connected');
        expect(await read(id)).toMatchObject({
          environment: 'sandbox',
          leverAccountId: given.leverAccountId,
          lever: 'working',
          turn: 'not-connected',
          orderingSince: noon + 5000,
          authorization: origin,
          leverRefreshedAt: noon,
        });
        expect(await harness.grants.read(id)).toMatchObject(grant);
      });

      test('goes on standing for itself where the token names no Lever account, until one does', async () => {
        const { id } = await createUnconnected();
        expect(await reconnect(id, { leverAccountId: '' })).toBe('connected');
        expect((await read(id)).leverAccountId).toBe(id);
        expect(await reconnect(id, { leverAccountId: `named-${id}` })).toBe('connected');
        expect((await read(id)).leverAccountId).toBe(`named-${id}`);
        expect(await reconnect(id, { leverAccountId: '' })).toBe('gone');
      });

      test('is refused where another account has the Lever account, and stores nothing', async () => {
        const [fresh, { connectionId }] = [await createUnconnected(), await createAny()];
        const { environment, leverAccountId } = await read(connectionId);
        const given = authorize({ environment, leverAccountId });
        expect(await connections.connectLever(fresh.id, given, noon)).toBe('taken');
        expect(await read(fresh.id)).toEqual(fresh);
        expect(await harness.grants.read(fresh.id)).toBeNull();
      });

      test('takes neither another Lever account nor another environment than the connected one', async () => {
        const { connectionId } = await createAny();
        const before = await read(connectionId);
        expect(await reconnect(connectionId, { leverAccountId: 'another' })).toBe('gone');
        expect(await reconnect(connectionId, { environment: 'sandbox' })).toBe('gone');
        expect(await read(connectionId)).toEqual(before);
      });

      test('is done for one of two who come back with different Lever accounts at once', async () => {
        const { id } = await createUnconnected();
        const ends = await Promise.all(
          ['one', 'other'].map((name) => reconnect(id, { leverAccountId: `${name}-of-${id}` })),
        );
        expect(ends.toSorted()).toEqual(['connected', 'gone']);
      });

      test('stores the pair, and Lever works and is ordered for from then on', async () => {
        const [{ connectionId }, other] = [await createAny(), await createAny()];
        const untouched = await read(other.connectionId);
        await connections.saveHealth(connectionId, 'lever', 'reconnect-needed');
        await connections.saveHealth(connectionId, 'turn', 'reconnect-needed');
        const given = authorize(await read(connectionId));
        expect(await connections.connectLever(connectionId, given, noon + 5000)).toBe('connected');
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
        await reconnect(connectionId);
        const { version } = (await harness.grants.read(connectionId)) ?? { version: 0 };
        const lease = (await harness.grants.takeRefresh(connectionId, version, 60_000)) ?? '';
        const newest = { ...grant, accessToken: canary.secret('newest') };
        await reconnect(connectionId, { grant: newest });
        expect(
          await harness.grants.store(connectionId, lease, { ...grant, accessToken: canary.secret('late') }),
        ).toBe(false);
        expect(await harness.grants.read(connectionId)).toMatchObject(newest);
      });

      test('does not bring back what was disconnected, or never was', async () => {
        const { connectionId } = await createAny();
        const given = authorize(await read(connectionId));
        await connections.disconnect(connectionId, noon);
        expect(await connections.connectLever(connectionId, given, noon)).toBe('gone');
        expect(await harness.grants.read(connectionId)).toBeNull();
        expect(await connections.connectLever('no-such' as ConnectionId, given, noon)).toBe('gone');
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

      test('leaves the account with one fresh connection, that has new keys and the old settings', async () => {
        const account = aNewAccount({ environment: 'sandbox' });
        const settings = { ...account.settings, performAs: 'user-1' };
        const { accountId, connectionId, leverKey, turnKey } = await create({ ...account, settings });
        const id = 'stage-1' as StageId;
        await connections.saveTriggerStage(connectionId, { kind: 'resolved', id, name: 'Renamed' }, 1);
        const ended = await Promise.all([1, 2].map(() => connections.disconnect(connectionId, noon + 7)));
        expect(ended.toSorted()).toEqual([false, true]);
        const [fresh, old, ...others] = await connections.ofAccount(accountId);
        expect(old?.id).toBe(connectionId);
        expect(others).toEqual([]);
        expect(fresh).toEqual({
          id: fresh?.id,
          accountId,
          environment: 'sandbox',
          leverAccountId: fresh?.id,
          settings: { ...settings, performAs: null },
          settingsRevision: 1,
          triggerStage: { kind: 'unresolved', name: 'Renamed' },
          orderingSince: noon + 7,
          pausedAt: null,
          disconnectedAt: null,
          lever: 'not-connected',
          turn: 'not-connected',
          authorization: null,
          leverRefreshedAt: null,
          packages: null,
          turnWebhookSeenAt: null,
        });
        expect(await connections.turnKey(fresh?.id ?? connectionId)).not.toBe(turnKey);
        expect((await connections.leverEntrance(leverKey, { fresh: true }))?.connection.id).toBe(
          connectionId,
        );
      });
    });

    describe('counting', () => {
      test('starts at nothing', async () => {
        const { connectionId } = await createAny();
        expect(await connections.readCounters(connectionId)).toEqual({ pings: 0, refused: {}, samples: [] });
      });

      test('counts pings and refusals of a connection, newest samples first', async () => {
        const [{ connectionId }, other] = [await createAny(), await createAny()];
        await Promise.all([1, 2, 3].map(() => connections.countPing(connectionId, noon)));
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
