import { type Check, type CheckPhase, nothingShown } from '../src/check.ts';
import type { CheckId, ConnectionId, Instant } from '../src/ids.ts';
import { type CheckSubject, type Decider, type LeasedCheck, LeaseLostError } from '../src/ports/checks.ts';
import type { Connections } from '../src/ports/connections.ts';
import { PortError } from '../src/ports/port-error.ts';
import { shownAfterReading } from '../src/write-back/plan-write-back.ts';
import { aCheck } from './a-check.ts';
import type { FakeInbox } from './fake-inbox.ts';

/** A check as the fake keeps it. */
export interface CheckRow {
  check: Check;
  readonly leverAccountId: string;
  displayName: string | null;
  readyAt: Instant | null;
  wakeCount: number;
  lease: { readonly token: string; readonly until: Instant; readonly wakeCount: number } | null;
}

/** Phases from which an order may still be made ready or given up. */
export const beforeClaim: readonly CheckPhase[] = ['held', 'ready', 'dismissed'];

/** Not yet claimed, and not dismissed since the decider read it. */
export const isOpenTo = (
  { check: { phase, dismissedAt } }: CheckRow,
  decider: Decider | undefined,
): boolean => {
  const isKnown = dismissedAt === null || decider === undefined || decider.dismissedAt === dismissedAt;
  return beforeClaim.includes(phase) && isKnown;
};

/** The table of the fake: finds rows, makes them and makes them due. */
export const createFakeCheckRows = ({
  now,
  connections,
  inbox,
}: {
  readonly now: () => Instant;
  readonly connections: Pick<Connections, 'read'>;
  readonly inbox: Pick<FakeInbox, 'isLeased'>;
}) => {
  const rows = new Map<CheckId, CheckRow>();

  const isSameOpportunity = (one: CheckRow, other: CheckRow): boolean =>
    one.check.environment === other.check.environment &&
    one.leverAccountId === other.leverAccountId &&
    one.check.opportunityId === other.check.opportunityId;

  const toCheck = (row: CheckRow): Check => ({
    ...row.check,
    isNewest: ![...rows.values()].some(
      (other) => isSameOpportunity(row, other) && other.check.orderNumber > row.check.orderNumber,
    ),
  });

  const ofConnection = (connectionId: ConnectionId): CheckRow[] =>
    [...rows.values()].filter(({ check }) => check.connectionId === connectionId);

  const find = (
    connectionId: ConnectionId,
    checkId: CheckId,
    phases: readonly CheckPhase[],
  ): CheckRow | null => {
    const row = rows.get(checkId);
    return row?.check.connectionId === connectionId && phases.includes(row.check.phase) ? row : null;
  };

  const change = (row: CheckRow, given: Partial<Check>): void => {
    row.check = { ...row.check, ...given };
  };

  const makeDue = (row: CheckRow): void => {
    row.wakeCount += 1;
    change(row, { nextSyncAt: now() });
  };

  const isDue = ({ check, lease }: CheckRow): boolean =>
    check.nextSyncAt !== null && check.nextSyncAt <= now() && (lease === null || lease.until < now());

  const leasedBy = ({ check, lease }: LeasedCheck): CheckRow | null => {
    const row = rows.get(check.id);
    return row?.lease?.token === lease ? row : null;
  };

  /** The row for an order, made where there is none, brought up to what was just seen where it is not further along. */
  const rowFor = async (
    connectionId: ConnectionId,
    subject: CheckSubject,
    decider: Decider | undefined,
  ): Promise<CheckRow> => {
    const connection = await connections.read(connectionId);
    if (decider !== undefined && !inbox.isLeased(decider.leased)) throw new LeaseLostError();
    if (connection === null) throw new Error('No such connection.');
    const { accountId, environment, leverAccountId } = connection;
    const { opportunityId, orderNumber, contactId, deliveryId, correlationId, statusTags } = subject;
    const existing = [...rows.values()].find(
      ({ check, leverAccountId: account }) =>
        check.environment === environment &&
        account === leverAccountId &&
        check.opportunityId === opportunityId &&
        check.orderNumber === orderNumber,
    );
    if (existing !== undefined) {
      if (existing.check.connectionId !== connectionId) {
        throw new PortError('rejected', 'This order belongs to another connection.');
      }
      if (!isOpenTo(existing, decider)) return existing;
      existing.displayName = subject.displayName ?? existing.displayName;
      change(existing, {
        contactId: contactId ?? existing.check.contactId,
        deliveryId: deliveryId ?? existing.check.deliveryId,
        correlationId,
        shown:
          statusTags === null ? existing.check.shown : shownAfterReading(existing.check.shown, statusTags),
      });
      return existing;
    }
    const id = `check-${rows.size + 1}` as CheckId;
    const row: CheckRow = {
      check: aCheck({
        id,
        accountId,
        connectionId,
        environment,
        opportunityId,
        contactId,
        orderNumber,
        deliveryId,
        correlationId,
        phase: 'dismissed',
        dismissedAt: null,
        shown: { ...nothingShown, tags: statusTags ?? [] },
        nextSyncAt: null,
        createdAt: now(),
      }),
      leverAccountId,
      displayName: subject.displayName,
      readyAt: null,
      wakeCount: 0,
      lease: null,
    };
    rows.set(id, row);
    return row;
  };

  return { rows, toCheck, ofConnection, find, change, makeDue, isDue, leasedBy, rowFor };
};
