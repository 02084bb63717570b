import type { Connection, Environment } from '../src/connection.ts';
import type { AccountId, ConnectionId, Instant } from '../src/ids.ts';
import { isSameLeverAccount } from '../src/ordering/person-decisions.ts';
import type { Connections, EntranceCounters } from '../src/ports/connections.ts';
import { PortError } from '../src/ports/port-error.ts';
import { aConnection } from './a-connection.ts';
import type { FakeGrants } from './fake-grants.ts';

/** What the fake keeps of a connection. Secrets and all. */
export interface KeptInFake {
  connection: Connection;
  readonly leverKey: string;
  readonly turnKey: string;
  turnToken: string | null;
  signatureTokens: { readonly token: string; readonly validUntil: Instant | null }[];
  isCreatingWebhook: boolean;
  counters: EntranceCounters;
  lastPingAt: Instant | null;
}

/** Connections in memory, and what a test needs to drive them. */
export interface FakeConnections extends Connections {
  /** Adds a connection as `aConnection` builds it; `leverKey`, `turnKey` and `turnToken` follow from its id. */
  put(given?: Partial<Connection>): Connection;
  /** Adds one as it comes with a new account: nobody has authorized anything. */
  putUnconnected(
    given: Pick<Connection, 'accountId' | 'environment' | 'settings'>,
    at: Instant,
    stageName?: string,
  ): void;
  /** What the fake set-up works on. */
  kept(connectionId: ConnectionId): KeptInFake | undefined;
  /** Changes fields as a save in the console would. */
  change(connectionId: ConnectionId, given: Partial<Connection>): void;
  /** Adds a signature token, valid until an instant or (null) until it is replaced. */
  addSignatureToken(connectionId: ConnectionId, token: string, validUntil: Instant | null): void;
  setCreatingWebhook(connectionId: ConnectionId, isCreating: boolean): void;
}

const mostSamples = 20;
const seenEvery = 60_000;

/** Passes the connections contract without a database. Tokens lapse by `now`. */
export const createFakeConnections = ({
  now,
  grants = { put: () => {} },
}: {
  readonly now: () => Instant;
  /** Where the pair of a reconnect goes, and from where a disconnect erases it. */
  readonly grants?: Pick<FakeGrants, 'put'>;
}): FakeConnections => {
  const all = new Map<ConnectionId, KeptInFake>();

  const keptOf = (connectionId: ConnectionId): KeptInFake => {
    const kept = all.get(connectionId);
    if (kept === undefined) throw new Error(`The fake has no connection ${connectionId}.`);
    return kept;
  };
  const change = (connectionId: ConnectionId, given: Partial<Connection>): void => {
    const kept = all.get(connectionId);
    if (kept !== undefined) kept.connection = { ...kept.connection, ...given };
  };
  const add = (
    connection: Connection,
    secrets: Pick<KeptInFake, 'turnToken' | 'signatureTokens'>,
  ): KeptInFake => {
    const kept: KeptInFake = {
      connection,
      leverKey: `lever-key-of-${connection.id}`.padEnd(43, '_'),
      turnKey: `turn-key-of-${connection.id}`.padEnd(43, '_'),
      ...secrets,
      isCreatingWebhook: false,
      counters: { pings: 0, refused: {}, samples: [] },
      lastPingAt: null,
    };
    all.set(connection.id, kept);
    return kept;
  };
  const putUnconnected: FakeConnections['putUnconnected'] = (
    given,
    at,
    stageName = given.settings.triggerStage,
  ) => {
    const id = `connection-${all.size + 1}` as ConnectionId;
    const connection = aConnection({
      ...given,
      id,
      leverAccountId: id,
      settings: { ...given.settings, performAs: null },
      triggerStage: { kind: 'unresolved', name: stageName },
      orderingSince: at,
      lever: 'not-connected',
      turn: 'not-connected',
    });
    add(connection, { turnToken: null, signatureTokens: [] });
  };
  const isGone = (connectionId: ConnectionId): boolean => {
    const kept = all.get(connectionId);
    return kept === undefined || kept.connection.disconnectedAt !== null;
  };
  const isTaken = (environment: Environment, leverAccountId: string, but?: ConnectionId): boolean =>
    [...all.values()].some(
      ({ connection }) =>
        connection.id !== but &&
        connection.environment === environment &&
        connection.leverAccountId === leverAccountId &&
        connection.disconnectedAt === null,
    );

  return {
    async createAccount({ lever, turn, settings }, at) {
      if (isTaken(lever.environment, lever.accountId)) return { kind: 'lever-account-taken' };
      const id = `connection-${all.size + 1}` as ConnectionId;
      const kept = add(
        aConnection({
          id,
          environment: lever.environment,
          leverAccountId: lever.accountId === '' ? id : lever.accountId,
          settings,
          triggerStage: { kind: 'unresolved', name: settings.triggerStage },
          orderingSince: at,
        }),
        { turnToken: turn.token, signatureTokens: [{ token: lever.signatureToken, validUntil: null }] },
      );
      const accountId: AccountId = kept.connection.accountId;
      return {
        kind: 'created',
        accountId,
        connectionId: id,
        leverKey: kept.leverKey,
        turnKey: kept.turnKey,
        invitation: `invitation-of-${id}`.padEnd(43, '0'),
      };
    },
    async read(connectionId) {
      return all.get(connectionId)?.connection ?? null;
    },
    async ofAccount(accountId) {
      return [...all.values()]
        .map(({ connection }) => connection)
        .filter((connection) => connection.accountId === accountId)
        .reverse();
    },
    async list() {
      return [...all.values()]
        .map(({ connection }) => connection)
        .filter(({ disconnectedAt }) => disconnectedAt === null);
    },
    async leverEntrance(key) {
      const kept = [...all.values()].find(({ leverKey }) => leverKey === key);
      if (kept === undefined) return null;
      const valid = kept.signatureTokens.filter(
        ({ validUntil }) => validUntil === null || validUntil > now(),
      );
      return {
        connection: kept.connection,
        signatureTokens: valid.map(({ token }) => token),
        isCreatingWebhook: kept.isCreatingWebhook,
      };
    },
    async turnEntrance(key) {
      return [...all.values()].find(({ turnKey }) => turnKey === key)?.connection ?? null;
    },
    async turnKey(connectionId) {
      return keptOf(connectionId).turnKey;
    },
    async turnToken(connectionId) {
      const token = all.get(connectionId)?.turnToken ?? null;
      if (token === null)
        throw new PortError('unauthorized', 'The fake has no token of Turn.', { vendor: 'turn' });
      return token;
    },
    async saveTriggerStage(connectionId, triggerStage, revision) {
      if (all.get(connectionId)?.connection.settingsRevision === revision)
        change(connectionId, { triggerStage });
    },
    async savePackages(connectionId, packages) {
      change(connectionId, { packages });
    },
    async saveHealth(connectionId, vendor, health) {
      if (keptOf(connectionId).connection[vendor] !== 'not-connected')
        change(connectionId, { [vendor]: health });
    },
    async savePaused(connectionId, pausedAt, at) {
      const wasPaused = keptOf(connectionId).connection.pausedAt !== null;
      change(connectionId, { pausedAt, ...(wasPaused && pausedAt === null && { orderingSince: at }) });
    },
    async connectLever(connectionId, { environment, leverAccountId, grant, ...authorization }, at) {
      if (isGone(connectionId)) return 'gone';
      const { connection } = keptOf(connectionId);
      const isOther = connection.lever !== 'not-connected' && connection.environment !== environment;
      if (isOther || !isSameLeverAccount(connection, leverAccountId)) return 'gone';
      if (isTaken(environment, leverAccountId, connectionId)) return 'taken';
      grants.put(connectionId, grant);
      change(connectionId, {
        environment,
        ...(leverAccountId !== '' && { leverAccountId }),
        lever: 'working',
        orderingSince: at,
        authorization,
        leverRefreshedAt: grant.issuedAt,
      });
      return 'connected';
    },
    async disconnect(connectionId, at) {
      if (isGone(connectionId)) return false;
      const kept = keptOf(connectionId);
      grants.put(connectionId, null);
      kept.turnToken = null;
      kept.signatureTokens = [];
      change(connectionId, { disconnectedAt: at, authorization: null, leverRefreshedAt: null });
      const { accountId, environment, settings, triggerStage } = kept.connection;
      putUnconnected({ accountId, environment, settings }, at, triggerStage.name);
      return true;
    },
    async saveTurnWebhookSeen(connectionId, at) {
      const seen = keptOf(connectionId).connection.turnWebhookSeenAt;
      if (seen === null || seen < at - seenEvery) change(connectionId, { turnWebhookSeenAt: at });
    },
    async countPing(connectionId, signedAt) {
      const kept = keptOf(connectionId);
      kept.lastPingAt = signedAt ?? kept.lastPingAt;
      kept.counters = { ...kept.counters, pings: kept.counters.pings + 1 };
    },
    async countRefused(connectionId, reason, at) {
      const kept = keptOf(connectionId);
      const { refused, samples } = kept.counters;
      kept.counters = {
        ...kept.counters,
        refused: { ...refused, [reason]: (refused[reason] ?? 0) + 1 },
        samples: [{ reason, at }, ...samples].slice(0, mostSamples),
      };
    },
    async readCounters(connectionId) {
      return all.get(connectionId)?.counters ?? { pings: 0, refused: {}, samples: [] };
    },

    put: (given = {}) => {
      const connection = aConnection(given);
      const token = `signature-token-of-${connection.id}`;
      add(connection, {
        turnToken: `turn-token-of-${connection.id}`,
        signatureTokens: [{ token, validUntil: null }],
      });
      return connection;
    },
    putUnconnected,
    kept: (connectionId) => all.get(connectionId),
    change,
    addSignatureToken: (connectionId, token, validUntil) => {
      keptOf(connectionId).signatureTokens.push({ token, validUntil });
    },
    setCreatingWebhook: (connectionId, isCreating) => {
      keptOf(connectionId).isCreatingWebhook = isCreating;
    },
  };
};
