import type { CheckPhase } from '../../check.ts';
import type { Environment } from '../../connection.ts';
import type { CheckId, ConnectionId, Instant, OpportunityId, PackageId, TurnId } from '../../ids.ts';
import { can } from '../../permission.ts';
import type { Person } from '../../ports/audit-log.ts';
import type { Checks } from '../../ports/checks.ts';
import type { HoldReason } from '../../reason.ts';
import { shownStatus } from '../../status/shown-status.ts';
import type { OwnConnection } from './own-connection.ts';

/** A check as the person may see it. */
export interface CheckView {
  readonly id: CheckId;
  /** Null where the name is not kept (any more). */
  readonly displayName: string | null;
  readonly opportunityId: OpportunityId;
  /** The candidate's page in Lever. */
  readonly leverUrl: string;
  /** The word for how it stands, as far as the person may know; null while Turn was never read. */
  readonly status: string | null;
  readonly phase: CheckPhase;
  readonly holdReason: HoldReason | null;
  readonly turnId: TurnId | null;
  /** Null: Turn's own default. */
  readonly packageId: PackageId | null;
  readonly orderNumber: number;
  readonly orderedAt: Instant | null;
  readonly createdAt: Instant;
  /** Left out where the person may not see it; null while there is no report: Turn's page exists from the order on. */
  readonly reportUrl?: string | null;
}

/** A page of checks. `nextCursor` null: there are no older ones. */
export interface CheckPage {
  readonly checks: readonly CheckView[];
  readonly nextCursor: CheckId | null;
}

/** Lists checks, the newest first. Null: not the account's. Throws `PortError` `unavailable`. */
export const createListChecks =
  (ports: {
    readonly own: OwnConnection;
    readonly checks: Pick<Checks, 'list'>;
    readonly candidateUrl: (environment: Environment, opportunityId: OpportunityId) => string;
  }) =>
  async (
    person: Person,
    connectionId: ConnectionId,
    { cursor, limit }: { readonly cursor: CheckId | null; readonly limit: number },
  ): Promise<CheckPage | null> => {
    const connection = await ports.own(person, connectionId, 'see candidates');
    if (connection === null) return null;
    // One more tells whether there are older ones.
    const found = await ports.checks.list(connectionId, { before: cursor, limit: limit + 1 });
    const page = found.slice(0, limit);
    const maySeeVerdict = can(person.role, 'see verdict');
    const { neutralAdverse } = connection.settings;
    const checks = page.map(
      ({ check, displayName }): CheckView => ({
        id: check.id,
        displayName,
        opportunityId: check.opportunityId,
        leverUrl: ports.candidateUrl(check.environment, check.opportunityId),
        status: shownStatus(check, { maySeeVerdict, neutralAdverse }),
        phase: check.phase,
        holdReason: check.hold?.reason ?? null,
        turnId: check.turnId,
        packageId: check.packageId,
        orderNumber: check.orderNumber,
        orderedAt: check.orderedAt,
        createdAt: check.createdAt,
        ...(can(person.role, 'see report link') && {
          reportUrl: check.status?.status.hasReport === true ? check.reportUrl : null,
        }),
      }),
    );
    return { checks, nextCursor: found.length > limit ? (page.at(-1)?.check.id ?? null) : null };
  };
