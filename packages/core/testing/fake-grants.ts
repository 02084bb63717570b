import type { ConnectionId, Instant } from '../src/ids.ts';
import type { Grant, Grants, NewGrant } from '../src/ports/grants.ts';

interface Kept {
  grant: Grant | null;
  lease: { readonly token: string; readonly until: Instant } | null;
}

/** Grants in memory. */
export interface FakeGrants extends Grants {
  /** Stores a pair as connecting does; null erases it as disconnecting does. */
  put(connectionId: ConnectionId, grant: NewGrant | null): void;
}

/** Passes the grants contract without a database. Leases lapse by `now`. */
export const createFakeGrants = ({ now }: { readonly now: () => Instant }): FakeGrants => {
  const all = new Map<ConnectionId, Kept>();
  let leases = 0;
  let versions = 0;

  const next = (grant: NewGrant): Grant => {
    versions += 1;
    return { ...grant, version: versions };
  };

  return {
    put(connectionId, grant) {
      all.set(connectionId, { grant: grant === null ? null : next(grant), lease: null });
    },

    async read(connectionId) {
      return all.get(connectionId)?.grant ?? null;
    },

    async takeRefresh(connectionId, version, leaseMs) {
      const kept = all.get(connectionId);
      if (kept?.grant?.version !== version || (kept.lease !== null && kept.lease.until > now())) return null;
      leases += 1;
      kept.lease = { token: `${version}.${leases}`, until: now() + leaseMs };
      return kept.lease.token;
    },

    async store(connectionId, lease, grant) {
      const kept = all.get(connectionId);
      // The lease names the version it was taken for: a late pair is lost only where another one is stored already.
      if (kept === undefined || kept.grant === null || !lease.startsWith(`${kept.grant.version}.`))
        return false;
      kept.grant = next(grant);
      kept.lease = null;
      return true;
    },

    async giveUp(connectionId, lease) {
      const kept = all.get(connectionId);
      if (kept?.lease?.token === lease) kept.lease = null;
    },
  };
};
