import type { Connection, VendorHealth } from '../../connection.ts';
import type { ConnectionId, Instant, StageId } from '../../ids.ts';
import { formatPackageTag } from '../../ordering/package-tag.ts';
import type { Stage } from '../../ordering/stage-rule.ts';
import type { Ats } from '../../ports/ats.ts';
import type { Person } from '../../ports/audit-log.ts';
import type { CheckProvider } from '../../ports/check-provider.ts';
import type { Connections } from '../../ports/connections.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Setup } from '../../ports/setup.ts';
import type { OwnConnection } from './own-connection.ts';

/** Why a vendor cannot be asked. */
export type Unasked = { readonly kind: 'not-connected' | 'reconnect-needed' | 'unavailable' };

const unasked = (health: VendorHealth): Unasked | null => (health === 'working' ? null : { kind: health });

/** Asks a vendor; what it answers instead of a result is one of few words. */
const asking = async <Result>(
  health: VendorHealth,
  ask: () => Promise<Result>,
): Promise<Result | Unasked> => {
  const why = unasked(health);
  if (why !== null) return why;
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { kind: error.code === 'unauthorized' ? 'reconnect-needed' : 'unavailable' };
  }
};

interface LookUpPorts {
  readonly own: OwnConnection;
  readonly ats: Pick<Ats, 'listStages' | 'countInStage'>;
  readonly checkProvider: Pick<CheckProvider, 'listPackages'>;
  readonly connections: Pick<Connections, 'savePackages' | 'ofAccount'>;
  readonly setup: Pick<Setup, 'lastHeard'>;
  readonly now: () => Instant;
}

/** What the settings page asks for while somebody looks at it. Null: not the account's. Throws `PortError` of our own store. */
export const createLookUps = (ports: LookUpPorts) => ({
  listening: async (person: Person, connectionId: ConnectionId) => {
    const connection = await ports.own(person, connectionId);
    return connection === null ? null : ports.setup.lastHeard(connectionId);
  },
  /** In pipeline order. */
  stages: async (person: Person, connectionId: ConnectionId) => {
    const connection = await ports.own(person, connectionId);
    if (connection === null) return null;
    return asking(connection.lever, async () => ({
      kind: 'listed' as const,
      stages: (await ports.ats.listStages(connectionId)) satisfies readonly Stage[],
    }));
  },
  candidatesInStage: async (person: Person, connectionId: ConnectionId, stageId: StageId) => {
    const connection = await ports.own(person, connectionId);
    if (connection === null) return null;
    return asking(connection.lever, async () => ({
      kind: 'counted' as const,
      ...(await ports.ats.countInStage(connectionId, stageId)),
    }));
  },
  /** Of the account's connection; as kept while that is fresh, or where Turn cannot be asked. */
  packages: async (person: Person) => {
    const all = await ports.connections.ofAccount(person.accountId);
    const connection = all.find(({ disconnectedAt }) => disconnectedAt === null);
    if (connection === undefined) return { kind: 'not-connected' as const };
    return readPackages(ports, connection);
  },
});

// ms. A page that is opened again and again asks Turn once a minute.
const fresh = 60_000;

/** The packages of Turn's account with their tags, read afresh where they are older than a minute. */
export const readPackages = async (
  ports: Pick<LookUpPorts, 'checkProvider' | 'connections' | 'now'>,
  connection: Connection,
) => {
  const { id, packages: kept } = connection;
  const isFresh = kept !== null && ports.now() - kept.readAt < fresh;
  const read = isFresh
    ? kept
    : await asking(connection.turn, async () => {
        const listing = await ports.checkProvider.listPackages(id);
        const packages = listing.kind === 'listed' ? listing.packages : null;
        const found = { packages, readAt: ports.now() };
        await ports.connections.savePackages(id, found);
        return found;
      });
  const known = 'kind' in read ? kept : read;
  if (known === null)
    return { kind: 'kind' in read && read.kind === 'not-connected' ? read.kind : ('unavailable' as const) };
  if (known.packages === null) return { kind: 'not-offered' as const };
  return {
    kind: 'listed' as const,
    packages: known.packages.map((one) => ({ ...one, tag: formatPackageTag(one) })),
    readAt: known.readAt,
  };
};
