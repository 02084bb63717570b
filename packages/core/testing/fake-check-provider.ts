import type { ConnectionId, PackageId, TurnId, WorkerId } from '../src/ids.ts';
import type { OrderRequest } from '../src/ordering/order-facts.ts';
import type { CheckPackage } from '../src/ordering/package-tag.ts';
import type { CheckProvider, ObservedCheck, OrderOutcome, ReportUrl } from '../src/ports/check-provider.ts';
import { PortError } from '../src/ports/port-error.ts';
import { type CheckStatus, type StatusName, statuses } from '../src/status/check-status.ts';

/** One call that was made, whether or not it succeeded. `id` is the reference, worker or Turn ID it was about. */
export interface FakeProviderCall {
  readonly method: keyof CheckProvider;
  readonly connectionId: ConnectionId;
  readonly id: string | null;
}

/** An order the provider carried out. */
export interface FakeOrder {
  readonly connectionId: ConnectionId;
  readonly referenceId: string;
  readonly request: OrderRequest;
  readonly workerId: WorkerId;
}

/** A background-check provider in memory, and what a test needs to drive it. */
export interface FakeCheckProvider extends CheckProvider {
  /** Every call so far, oldest first. */
  readonly journal: readonly FakeProviderCall[];
  /** Every order carried out, oldest first: what was paid for. */
  readonly orders: readonly FakeOrder[];
  /** What a connection's account can order; null: it offers no list. */
  setPackages(connectionId: ConnectionId, packages: readonly CheckPackage[] | null): void;
  /** Adds a check that was not ordered by a call to this fake, as a restored backup would find. */
  addCheck(connectionId: ConnectionId, referenceId: string): WorkerId;
  /** Moves a check on. A changed `recheckDate` is a recheck inside Turn. */
  advance(
    workerId: WorkerId,
    status: StatusName | CheckStatus,
    given?: { readonly raw?: string; readonly recheckDate?: string },
  ): void;
  setReportUrl(workerId: WorkerId, reportUrl: ReportUrl): void;
  /** From now on every call of this connection is `unauthorized`. */
  revoke(connectionId: ConnectionId): void;
  /** Ends what `revoke` began. */
  reconnect(connectionId: ConnectionId): void;
  /** Makes the next call of one method throw this. Several wait their turn. */
  failNext(method: Exclude<keyof CheckProvider, 'order'>, error: PortError): void;
  /** Makes the next order end so; `committed` says whether the check is there nevertheless. Several wait their turn. */
  orderOutcomeNext(outcome: OrderOutcome, options: { readonly committed: boolean }): void;
}

interface Kept {
  readonly connectionId: ConnectionId;
  readonly referenceId: string;
  check: ObservedCheck & { readonly turnId: TurnId };
}

const usualPackages: readonly CheckPackage[] = [
  { id: 'P0000000001' as PackageId, name: 'Standard' },
  { id: 'P0000000002' as PackageId, name: 'Driver: MVR' },
];

/** A token that no account has. */
export const unknownToken = 'no-such-token';

/** Makes a fake where every connection has its own account with two packages. */
export const createFakeCheckProvider = (): FakeCheckProvider => {
  const kept: Kept[] = [];
  const packagesOf = new Map<ConnectionId, readonly CheckPackage[] | null>();
  const revoked = new Set<ConnectionId>();
  const journal: FakeProviderCall[] = [];
  const orders: FakeOrder[] = [];
  const failures: { method: keyof CheckProvider; error: PortError }[] = [];
  const outcomes: { outcome: OrderOutcome; committed: boolean }[] = [];

  const packages = (connectionId: ConnectionId): readonly CheckPackage[] | null => {
    const known = packagesOf.get(connectionId);
    return known === undefined ? usualPackages : known;
  };

  const called = async <Result>(
    method: keyof CheckProvider,
    connectionId: ConnectionId,
    id: string | null,
    carryOut: () => Result,
    token?: string,
  ): Promise<Result> => {
    journal.push({ method, connectionId, id });
    const due = failures.findIndex((failure) => failure.method === method);
    const failure = due === -1 ? undefined : failures.splice(due, 1)[0];
    if (failure !== undefined) throw failure.error;
    if (token === undefined ? revoked.has(connectionId) : token === unknownToken) {
      throw new PortError('unauthorized', 'The fake token is dead.', { vendor: 'turn' });
    }
    return carryOut();
  };

  /** Of several under one reference the newest (`turn-api.md` §1.3). */
  const find = (connectionId: ConnectionId, id: string): Kept | undefined =>
    kept.findLast(
      ({ check, ...one }) =>
        one.connectionId === connectionId && [one.referenceId, check.workerId, check.turnId].includes(id),
    );

  const keptOf = (workerId: WorkerId): Kept => {
    const found = kept.find(({ check }) => check.workerId === workerId);
    if (found === undefined) throw new Error(`The fake has no check ${workerId}.`);
    return found;
  };

  const addCheck = (connectionId: ConnectionId, referenceId: string): WorkerId => {
    const number = kept.length + 1;
    const workerId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as WorkerId;
    kept.push({
      connectionId,
      referenceId,
      check: {
        workerId,
        turnId: `C${String(number).padStart(10, '0')}` as TurnId,
        status: { status: statuses.emailed, raw: 'emailed', recheckDate: null },
        reportUrl: { kind: 'fit', url: `https://partners.turn.ai/workers/${workerId}` },
      },
    });
    return workerId;
  };

  const carryOutOrder = (
    connectionId: ConnectionId,
    referenceId: string,
    request: OrderRequest,
  ): WorkerId => {
    const workerId = addCheck(connectionId, referenceId);
    orders.push({ connectionId, referenceId, request, workerId });
    return workerId;
  };

  const order: CheckProvider['order'] = async (connectionId, referenceId, request) => {
    journal.push({ method: 'order', connectionId, id: referenceId });
    const planned = outcomes.shift();
    if (planned !== undefined) {
      if (planned.committed) carryOutOrder(connectionId, referenceId, request);
      return planned.outcome;
    }
    if (revoked.has(connectionId)) return { kind: 'unauthorized' };
    const { packageId } = request;
    const offered = packages(connectionId);
    if (packageId !== null && offered !== null && !offered.some(({ id }) => id === packageId)) {
      return { kind: 'refused', fields: ['package_id'] };
    }
    return { kind: 'accepted', workerId: carryOutOrder(connectionId, referenceId, request) };
  };

  return {
    findByReference: (connectionId, referenceId) =>
      called(
        'findByReference',
        connectionId,
        referenceId,
        () => find(connectionId, referenceId)?.check ?? null,
      ),
    readCheck: (connectionId, workerId) =>
      called('readCheck', connectionId, workerId, () => find(connectionId, workerId)?.check ?? null),
    order,
    listPackages: (connectionId) =>
      called('listPackages', connectionId, null, () => {
        const offered = packages(connectionId);
        return offered === null ? { kind: 'not-offered' } : { kind: 'listed', packages: offered };
      }),
    readAccountName: async (connectionId, token) => {
      const name = await called(
        'readAccountName',
        connectionId,
        null,
        () => `Account of ${connectionId}`,
        token,
      );
      return token === undefined ? name : `Account of ${token}`;
    },
    resendInvitation: (connectionId, turnId) =>
      called('resendInvitation', connectionId, turnId, () => {
        const found = find(connectionId, turnId);
        if (found === undefined) throw new PortError('not-found', 'No such check.', { vendor: 'turn' });
        if (found.check.status.status.name !== 'emailed') {
          throw new PortError('rejected', 'Accepted already.', { vendor: 'turn' });
        }
      }),

    journal,
    orders,
    setPackages: (connectionId, given) => {
      packagesOf.set(connectionId, given);
    },
    addCheck,
    advance: (workerId, to, given = {}) => {
      const one = keptOf(workerId);
      const status = typeof to === 'string' ? statuses[to] : to;
      const recheckDate = given.recheckDate ?? one.check.status.recheckDate;
      one.check = { ...one.check, status: { status, raw: given.raw ?? status.name, recheckDate } };
    },
    setReportUrl: (workerId, reportUrl) => {
      const one = keptOf(workerId);
      one.check = { ...one.check, reportUrl };
    },
    revoke: (connectionId) => {
      revoked.add(connectionId);
    },
    reconnect: (connectionId) => {
      revoked.delete(connectionId);
    },
    failNext: (method, error) => {
      failures.push({ method, error });
    },
    orderOutcomeNext: (outcome, { committed }) => {
      outcomes.push({ outcome, committed });
    },
  };
};
