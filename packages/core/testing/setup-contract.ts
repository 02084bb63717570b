import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../src/connection.ts';
import type { ConnectionId, Instant, StageId } from '../src/ids.ts';
import type { AccountCreation, Connections } from '../src/ports/connections.ts';
import type { Inbox } from '../src/ports/inbox.ts';
import type { Setup, SetupState } from '../src/ports/setup.ts';
import { defaultSettings } from '../src/settings.ts';
import { aDelivery } from './a-delivery.ts';
import { canary } from './canaries.ts';

/** What the contract needs around set-ups. */
export interface SetupHarness {
  readonly setup: Setup;
  /** Over the same rows. */
  readonly connections: Connections;
  readonly inbox: Pick<Inbox, 'receive'>;
  /** Somebody with a name; their id. */
  createPerson(name: string): Promise<string>;
  /** A connection that nobody has authorized yet. */
  createUnconnected(): Promise<ConnectionId>;
  /** Lets the creation of a webhook that is under way lapse. */
  lapseCreation(connectionId: ConnectionId): Promise<void>;
  /** The store's own clock. */
  now(): Instant;
  close(): Promise<void>;
}

const noon = Date.UTC(2026, 10, 23, 12, 0, 0, 321);
const aDay = 24 * 3_600_000;
let accounts = 0;

/** What every `Setup` promises. The harness is made once; each test has a connection of its own. */
export const describeSetupContract = (name: string, createHarness: () => Promise<SetupHarness>): void => {
  describe(`set-up: ${name}`, () => {
    let harness: SetupHarness;
    let setup: Setup;
    let connections: Connections;
    let personId: string;
    beforeAll(async () => {
      harness = await createHarness();
      ({ setup, connections } = harness);
      personId = await harness.createPerson(canary.name);
    });
    afterAll(async () => {
      await harness?.close();
    });

    const create = async (): Promise<AccountCreation & { kind: 'created' }> => {
      accounts += 1;
      const creation = await connections.createAccount(
        {
          name: 'Example Ltd',
          superAdminEmail: canary.adminEmail,
          lever: {
            environment: 'production',
            accountId: `set-up-${accounts}`,
            accessToken: canary.secret('access'),
            refreshToken: canary.secret('refresh'),
            expiresAt: noon,
            signatureToken: firstSecret,
          },
          turn: { token: canary.secret('turn-token-from-the-start') },
          settings: defaultSettings,
        },
        noon,
      );
      if (creation.kind !== 'created') throw new Error('Expected the account to be created.');
      return creation;
    };
    const firstSecret = canary.secret('signature-token-from-the-start');
    const read = async (connectionId: ConnectionId): Promise<SetupState> => {
      const state = await setup.read(connectionId);
      if (state === null) throw new Error('Expected the connection to be kept.');
      return state;
    };
    const connectionOf = async (connectionId: ConnectionId): Promise<Connection> => {
      const connection = await connections.read(connectionId);
      if (connection === null) throw new Error('Expected the connection to be kept.');
      return connection;
    };
    const tokensOf = async (leverKey: string): Promise<readonly string[]> =>
      (await connections.leverEntrance(leverKey, { fresh: true }))?.signatureTokens.toSorted() ?? [];
    const isCreating = async (leverKey: string) =>
      (await connections.leverEntrance(leverKey, { fresh: true }))?.isCreatingWebhook;

    test('tells of a connection what is there, and of a secret no more than its end', async () => {
      const { connectionId, leverKey, turnKey } = await create();
      const state = await read(connectionId);
      expect(state).toMatchObject({
        leverKey,
        turnKey,
        settingsChangedBy: null,
        settingsChangedAt: null,
        authorizedBy: null,
        createdWebhookIds: [],
        turnAccountName: null,
        pings: 0,
        refused: {},
        lastSigned: null,
        lastRefused: null,
        pastedSecret: { savedBy: null, previousValidUntil: null, endsIn: firstSecret.slice(-4) },
        turnToken: { savedBy: null, endsIn: expect.stringMatching(/^.{4}$/u) },
      });
      expect(JSON.stringify(state)).not.toContain(firstSecret.slice(-6));
      expect(await setup.read('no-such-connection' as ConnectionId)).toBeNull();
    });

    test('tells what came last, signed and refused', async () => {
      const { connectionId } = await create();
      const other = await create();
      await connections.countPing(connectionId, null);
      expect(await setup.lastHeard(connectionId)).toEqual({ lastSigned: null, lastRefused: null });
      await connections.countPing(connectionId, noon);
      await connections.countPing(connectionId, null);
      await connections.countRefused(connectionId, 'rejected.clock', noon);
      await connections.countRefused(connectionId, 'rejected.signature', noon + 1);
      expect(await setup.lastHeard(connectionId)).toEqual({
        lastSigned: { kind: 'ping', at: noon },
        lastRefused: { reason: 'rejected.signature', at: noon + 1 },
      });
      const receive = (key: string, receivedAt: Instant, source: 'webhook' | 'sweep') =>
        harness.inbox.receive(aDelivery({ connectionId, key, receivedAt, source }));
      await receive('one', noon + 5, 'webhook');
      await receive('two', noon + 9, 'webhook');
      await receive('three', noon + 12, 'sweep');
      expect((await setup.lastHeard(connectionId)).lastSigned).toEqual({ kind: 'event', at: noon + 9 });
      await connections.countPing(connectionId, noon + 20);
      expect(await read(connectionId)).toMatchObject({
        lastSigned: { kind: 'ping', at: noon + 20 },
        pings: 4,
      });
      expect(await setup.lastHeard(other.connectionId)).toEqual({ lastSigned: null, lastRefused: null });
    });

    describe('saving settings', () => {
      const save = (connectionId: ConnectionId, revision: number, given: { isOtherStage?: boolean } = {}) =>
        setup.saveSettings(
          connectionId,
          {
            revision,
            settings: { ...defaultSettings, ordersPerHour: revision + 10 },
            triggerStage: { kind: 'resolved', id: 'stage-9' as StageId, name: 'Nine' },
            isOtherStage: given.isOtherStage ?? false,
            personId,
          },
          noon + 7,
        );

      test('keeps them, the stage, by whom and when, of that connection alone', async () => {
        const [{ connectionId }, other] = [await create(), await create()];
        const untouched = await connectionOf(other.connectionId);
        expect(await save(connectionId, 1)).toBe(2);
        expect(await connectionOf(connectionId)).toMatchObject({
          settingsRevision: 2,
          settings: { ordersPerHour: 11 },
          triggerStage: { kind: 'resolved', id: 'stage-9', name: 'Nine' },
          orderingSince: noon,
        });
        expect(await read(connectionId)).toMatchObject({
          settingsChangedBy: canary.name,
          settingsChangedAt: noon + 7,
        });
        expect(await connectionOf(other.connectionId)).toEqual(untouched);
      });

      test('another stage lets ordering begin anew', async () => {
        const { connectionId } = await create();
        await save(connectionId, 1, { isOtherStage: true });
        expect((await connectionOf(connectionId)).orderingSince).toBe(noon + 7);
      });

      test('is done for one of many who saw the same revision, and changes nothing for the others', async () => {
        const { connectionId } = await create();
        const ends = await Promise.all(Array.from({ length: 5 }, () => save(connectionId, 1)));
        expect(ends.filter((end) => end !== null)).toEqual([2]);
        expect(await save(connectionId, 1)).toBeNull();
        expect(await connectionOf(connectionId)).toMatchObject({ settingsRevision: 2 });
      });

      test('a stage found out for settings of before has no effect', async () => {
        const { connectionId } = await create();
        await save(connectionId, 1);
        await connections.saveTriggerStage(connectionId, { kind: 'missing', name: 'Old' }, 1);
        expect((await connectionOf(connectionId)).triggerStage).toMatchObject({ name: 'Nine' });
      });

      test('has no effect on a disconnected one', async () => {
        const { connectionId } = await create();
        await connections.disconnect(connectionId, noon);
        expect(await save(connectionId, 1)).toBeNull();
      });

      test('chooses the environment until Lever is authorized', async () => {
        const unconnected = await harness.createUnconnected();
        const before = (await connectionOf(unconnected)).environment;
        const wanted = before === 'sandbox' ? 'production' : 'sandbox';
        expect(await setup.saveEnvironment(unconnected, wanted)).toBe(true);
        expect((await connectionOf(unconnected)).environment).toBe(wanted);
        const { connectionId } = await create();
        expect(await setup.saveEnvironment(connectionId, 'sandbox')).toBe(false);
        expect((await connectionOf(connectionId)).environment).toBe('production');
      });
    });

    describe('a webhook secret', () => {
      const secret = canary.secret('signature-token-second');

      test('takes the place of the one before, which stays valid for a day', async () => {
        const { connectionId, leverKey } = await create();
        expect(await setup.saveWebhookSecret(connectionId, secret, personId)).toBe('saved');
        expect(await tokensOf(leverKey)).toEqual([firstSecret, secret].toSorted());
        const { pastedSecret } = await read(connectionId);
        expect(pastedSecret).toMatchObject({ endsIn: secret.slice(-4), savedBy: canary.name });
        const left = (pastedSecret?.previousValidUntil ?? 0) - harness.now();
        expect(Math.abs(left - aDay)).toBeLessThan(60_000);
      });

      test('saved again changes nothing; one that was replaced comes back as the current one', async () => {
        const { connectionId, leverKey } = await create();
        expect(await setup.saveWebhookSecret(connectionId, firstSecret, personId)).toBe('same');
        expect((await read(connectionId)).pastedSecret?.previousValidUntil).toBeNull();
        await setup.saveWebhookSecret(connectionId, secret, personId);
        expect(await setup.saveWebhookSecret(connectionId, firstSecret, personId)).toBe('saved');
        expect((await read(connectionId)).pastedSecret?.endsIn).toBe(firstSecret.slice(-4));
        expect(await tokensOf(leverKey)).toEqual([firstSecret, secret].toSorted());
      });

      test('of two saved at once one is current, and both are valid', async () => {
        const { connectionId, leverKey } = await create();
        const others = [canary.secret('at-once-1'), canary.secret('at-once-2')];
        await Promise.all(others.map((one) => setup.saveWebhookSecret(connectionId, one, personId)));
        expect(await tokensOf(leverKey)).toEqual([firstSecret, ...others].toSorted());
        const { pastedSecret } = await read(connectionId);
        expect(others.map((one) => one.slice(-4))).toContain(pastedSecret?.endsIn);
      });

      test('is the first one of a connection that has none', async () => {
        const connectionId = await harness.createUnconnected();
        expect(await read(connectionId)).toMatchObject({ pastedSecret: null, turnToken: null });
        expect(await setup.saveWebhookSecret(connectionId, secret, personId)).toBe('saved');
        expect((await read(connectionId)).pastedSecret).toMatchObject({ previousValidUntil: null });
      });

      test('is not kept of a disconnected connection', async () => {
        const { connectionId, leverKey } = await create();
        await connections.disconnect(connectionId, noon);
        expect(await setup.saveWebhookSecret(connectionId, secret, personId)).toBe('gone');
        expect(await tokensOf(leverKey)).toEqual([]);
      });
    });

    describe('a webhook of ours', () => {
      const webhook = { id: 'webhook-1', signatureToken: canary.secret('signature-token-created') };

      test('is created by one at a time, and pings are let in meanwhile', async () => {
        const { connectionId, leverKey } = await create();
        const begun = await Promise.all([1, 2, 3].map(() => setup.beginWebhook(connectionId, 60_000)));
        expect(begun.filter(Boolean)).toHaveLength(1);
        expect(await isCreating(leverKey)).toBe(true);
        await setup.giveUpWebhook(connectionId);
        expect(await isCreating(leverKey)).toBe(false);
        expect(await setup.beginWebhook(connectionId, 60_000)).toBe(true);
        await harness.lapseCreation(connectionId);
        expect(await isCreating(leverKey)).toBe(false);
        expect(await setup.beginWebhook(connectionId, 60_000)).toBe(true);
      });

      test('verifies with its token, beside the pasted one', async () => {
        const { connectionId, leverKey } = await create();
        await setup.beginWebhook(connectionId, 60_000);
        expect(await setup.saveWebhook(connectionId, webhook, personId)).toBe(true);
        expect(await isCreating(leverKey)).toBe(false);
        expect(await tokensOf(leverKey)).toEqual([firstSecret, webhook.signatureToken].toSorted());
        expect((await read(connectionId)).createdWebhookIds).toEqual(['webhook-1']);
      });

      test('takes the place of another one, whose token stays valid for what is under way', async () => {
        const { connectionId, leverKey } = await create();
        await setup.saveWebhook(connectionId, webhook, personId);
        const next = { id: 'webhook-2', signatureToken: canary.secret('signature-token-created-2') };
        await setup.saveWebhook(connectionId, next, personId);
        expect((await read(connectionId)).createdWebhookIds).toEqual(['webhook-2']);
        expect(await tokensOf(leverKey)).toEqual(
          [firstSecret, webhook.signatureToken, next.signatureToken].toSorted(),
        );
      });

      test('is not kept of a disconnected connection', async () => {
        const { connectionId, leverKey } = await create();
        await connections.disconnect(connectionId, noon);
        expect(await setup.beginWebhook(connectionId, 60_000)).toBe(false);
        expect(await setup.saveWebhook(connectionId, webhook, personId)).toBe(false);
        expect(await tokensOf(leverKey)).toEqual([]);
      });
    });

    describe("Turn's token", () => {
      const token = canary.secret('turn-token-second');
      const save = (connectionId: ConnectionId) =>
        setup.saveTurnToken(connectionId, { token, accountName: 'Example Partner', personId }, noon + 9);

      test('makes Turn work; ordering begins anew only where it did not', async () => {
        const { connectionId } = await create();
        await connections.savePackages(connectionId, { packages: [], readAt: noon });
        expect(await save(connectionId)).toBe(true);
        expect(await connections.turnToken(connectionId)).toBe(token);
        expect(await connectionOf(connectionId)).toMatchObject({ orderingSince: noon, packages: null });
        expect(await read(connectionId)).toMatchObject({
          turnAccountName: 'Example Partner',
          turnToken: { endsIn: token.slice(-4), savedBy: canary.name, savedAt: noon + 9 },
        });
        await connections.saveHealth(connectionId, 'turn', 'reconnect-needed');
        await save(connectionId);
        expect(await connectionOf(connectionId)).toMatchObject({ turn: 'working', orderingSince: noon + 9 });
      });

      test('is the first one of a connection that has none, and none of a disconnected one', async () => {
        const unconnected = await harness.createUnconnected();
        expect(await save(unconnected)).toBe(true);
        expect(await connectionOf(unconnected)).toMatchObject({ turn: 'working', lever: 'not-connected' });
        const { connectionId } = await create();
        await connections.disconnect(connectionId, noon);
        expect(await save(connectionId)).toBe(false);
        await expect(connections.turnToken(connectionId)).rejects.toMatchObject({ code: 'unauthorized' });
      });
    });
  });
};
