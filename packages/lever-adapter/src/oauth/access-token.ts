import type { Environment } from '@turn-lever/core/connection';
import type { ConnectionId, Instant } from '@turn-lever/core/ids';
import type { Grant, Grants, NewGrant } from '@turn-lever/core/ports/grants';
import { PortError } from '@turn-lever/core/ports/port-error';
import type { Refresh } from './refresh.ts';

/** Waits of refreshing, in ms. */
export interface AccessTokenTimes {
  /** A token is refreshed when it has less than this left. */
  readonly margin: number;
  /** The right to refresh lapses after this; must be longer than the refresh's own timeout. */
  readonly lease: number;
  /** Pause between looks at whether somebody else has refreshed. */
  readonly look: number;
  /** How long to wait for somebody else's pair after our own refresh was refused. */
  readonly grace: number;
  /** Pause between failed tries. */
  readonly coolDown: number;
}

/** The product's own waits: 5 min, 10 s, 0.2 s, 1 s, 30 s. */
export const defaultAccessTokenTimes: AccessTokenTimes = {
  margin: 300_000,
  lease: 10_000,
  look: 200,
  grace: 1000,
  coolDown: 30_000,
};

/** What a caller needs of a token. */
export interface TokenNeeds {
  /** The token must have been given out within this, in ms: Lever then knew of no revocation. */
  readonly maxAgeMs?: number;
  /** An access token that Lever has just refused. */
  readonly refused?: string;
}

/** Gives access tokens that work, refreshing where needed. */
export interface AccessTokens {
  /**
   * An access token of the connection. Throws `PortError`: `unauthorized` where there is no grant or Lever calls it
   * dead, `unavailable` where it cannot be refreshed now. While refreshing fails, a token that is still valid is given
   * out, unless its age was asked for.
   */
  get(connectionId: ConnectionId, environment: Environment, needs?: TokenNeeds): Promise<string>;
}

/** What access tokens are made with. */
export interface AccessTokenOptions {
  readonly grants: Grants;
  readonly refreshOf: (environment: Environment) => Refresh;
  readonly now: () => Instant;
  readonly sleep: (ms: number) => Promise<void>;
  readonly times: AccessTokenTimes;
}

interface Unsaved {
  readonly lease: string;
  readonly grant: NewGrant;
}

/** In ms. A token made for less than twice the margin would otherwise be refreshed before every call. */
const lifetimeOf = ({ expiresAt, issuedAt }: Grant): number => expiresAt - (issuedAt ?? 0);

const failure = (code: 'unauthorized' | 'unavailable', message: string, retryAfter: number | null = null) =>
  new PortError(code, message, { vendor: 'lever', retryAfter });
const noGrant = () => failure('unauthorized', 'The connection has no grant of Lever');

/**
 * Refreshes each grant once, however many ask: within this process by sharing, between processes by a lease on the row.
 * The new pair is stored before anybody uses it, since Lever's refresh tokens may work only once (`lever-api.md` §2.1).
 */
export const createAccessTokens = ({
  grants,
  refreshOf,
  now,
  sleep,
  times,
}: AccessTokenOptions): AccessTokens => {
  // Keyed by version too: a caller whose token was refused must not join the refresh that made that token.
  const underWay = new Map<string, Promise<NewGrant>>();
  const coolDowns = new Map<ConnectionId, { readonly version: number; readonly until: Instant }>();
  const unsaved = new Map<ConnectionId, Unsaved & { readonly version: number }>();

  const isUsable = (grant: Grant, { maxAgeMs, refused }: TokenNeeds, margin: number): boolean =>
    grant.accessToken !== refused &&
    grant.expiresAt - now() > Math.min(margin, lifetimeOf(grant) / 2) &&
    (maxAgeMs === undefined || (grant.issuedAt !== null && now() - grant.issuedAt < maxAgeMs));

  const readNewer = async (connectionId: ConnectionId, version: number): Promise<Grant | null> => {
    const grant = await grants.read(connectionId);
    if (grant === null) throw noGrant();
    return grant.version === version ? null : grant;
  };

  const awaitNewer = async (connectionId: ConnectionId, version: number, patience: number) => {
    for (let waited = 0; ; waited += times.look) {
      const newer = await readNewer(connectionId, version);
      if (newer !== null || waited >= patience) return newer;
      await sleep(times.look);
    }
  };

  /** Stores a fresh pair. Should that fail, it stays in memory and the next call stores it: Lever gives it only once. */
  const save = async (connectionId: ConnectionId, version: number, pair: Unsaved): Promise<NewGrant> => {
    unsaved.set(connectionId, { ...pair, version });
    const isStored = await grants.store(connectionId, pair.lease, pair.grant);
    unsaved.delete(connectionId);
    if (isStored) return pair.grant;
    const newer = await readNewer(connectionId, version);
    if (newer === null) throw failure('unavailable', 'The fresh grant of Lever could not be stored');
    return newer;
  };

  const refreshUnder = async (
    lease: string,
    connectionId: ConnectionId,
    environment: Environment,
    stale: Grant,
  ): Promise<NewGrant> => {
    const outcome = await refreshOf(environment)(stale);
    if (outcome.kind === 'refreshed') {
      coolDowns.delete(connectionId);
      return save(connectionId, stale.version, { lease, grant: outcome.grant });
    }
    // A lease that cannot be given up lapses by itself.
    await grants.giveUp(connectionId, lease).catch(() => undefined);
    const patience = outcome.kind === 'refused' ? times.grace : 0;
    const newer = await awaitNewer(connectionId, stale.version, patience);
    if (newer !== null) return newer;
    if (outcome.kind === 'refused') {
      throw failure('unauthorized', 'Lever refused to refresh: the grant was revoked or is too old');
    }
    coolDowns.set(connectionId, { version: stale.version, until: now() + times.coolDown });
    throw failure('unavailable', 'The grant of Lever could not be refreshed', times.coolDown);
  };

  const renew = async (
    connectionId: ConnectionId,
    environment: Environment,
    stale: Grant,
  ): Promise<NewGrant> => {
    const kept = unsaved.get(connectionId);
    if (kept?.version === stale.version) return save(connectionId, stale.version, kept);
    unsaved.delete(connectionId);
    // Somebody who holds the lease and hangs loses it in time; a second one who does so too is not waited for.
    for (let waited = 0; waited <= 2 * times.lease; waited += times.look) {
      const lease = await grants.takeRefresh(connectionId, stale.version, times.lease);
      if (lease !== null) return refreshUnder(lease, connectionId, environment, stale);
      const newer = await readNewer(connectionId, stale.version);
      if (newer !== null) return newer;
      await sleep(times.look);
    }
    throw failure('unavailable', 'Somebody else has been refreshing the grant of Lever for too long');
  };

  const renewOnce = (connectionId: ConnectionId, environment: Environment, stale: Grant) => {
    const key = `${stale.version} ${connectionId}`;
    const shared = underWay.get(key);
    if (shared !== undefined) return shared;
    const coolDown = coolDowns.get(connectionId);
    const left = coolDown?.version === stale.version ? coolDown.until - now() : 0;
    if (left > 0) throw failure('unavailable', 'Refreshing the grant of Lever failed a moment ago', left);
    const renewal = renew(connectionId, environment, stale).finally(() => underWay.delete(key));
    underWay.set(key, renewal);
    return renewal;
  };

  return {
    get: async (connectionId, environment, needs = {}) => {
      const grant = await grants.read(connectionId);
      if (grant === null) throw noGrant();
      if (isUsable(grant, needs, times.margin)) return grant.accessToken;
      try {
        return (await renewOnce(connectionId, environment, grant)).accessToken;
      } catch (error) {
        const isPassing = error instanceof PortError && error.isPassing;
        if (isPassing && isUsable(grant, needs, 0)) return grant.accessToken;
        throw error;
      }
    },
  };
};
