import { nothingShown } from '@turn-lever/core/check';
import type { ConnectionId } from '@turn-lever/core/ids';
import { referenceId } from '@turn-lever/core/ordering/reference-id';
import type { CheckSubject, Checks } from '@turn-lever/core/ports/checks';
import { PortError } from '@turn-lever/core/ports/port-error';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { wakeRelay } from '../inbox/wake-relay.ts';
import { backgroundCheck } from '../schema/background-check.ts';
import { dueNow, unheld } from './check-marks.ts';
import { type CheckRow, checkColumns, toCheck } from './from-check-row.ts';

/**
 * The decisions about an order before it is claimed. Each is one `insert … on conflict`, so that the unique index
 * settles every race; account, environment and Lever account are taken from the connection inside it.
 */
export const createDecideCheck = (db: Drizzle): Pick<Checks, 'hold' | 'makeReady'> => {
  /** Writes the row unless it is past deciding; null then. */
  const write = async (
    connectionId: ConnectionId,
    subject: CheckSubject,
    given: {
      readonly onInsert: Pick<PgInsertValue<typeof backgroundCheck>, 'phase'> &
        Partial<PgInsertValue<typeof backgroundCheck>>;
      readonly onUpdate: PgUpdateSetSource<typeof backgroundCheck>;
      readonly wakes: boolean;
    },
  ): Promise<CheckRow | null> => {
    const { opportunityId, orderNumber, contactId, deliveryId, correlationId, displayName } = subject;
    const ofConnection = (column: string): SQL =>
      sql`(select ${sql.identifier(column)} from connection where id = ${connectionId})`;
    const reference = (environment: 'sandbox' | 'production') =>
      referenceId(environment, opportunityId, orderNumber);
    const [row] = await db
      .insert(backgroundCheck)
      .values({
        accountId: ofConnection('account_id'),
        connectionId,
        environment: ofConnection('environment'),
        leverAccountId: ofConnection('lever_account_id'),
        opportunityId,
        orderNumber,
        referenceId: sql`case ${ofConnection('environment')}
          when 'sandbox' then ${reference('sandbox')}::text else ${reference('production')}::text end`,
        contactId,
        deliveryId,
        correlationId,
        displayName,
        shown: { ...nothingShown, tags: subject.statusTags ?? [] },
        ...given.onInsert,
      })
      .onConflictDoUpdate({
        target: [
          backgroundCheck.environment,
          backgroundCheck.leverAccountId,
          backgroundCheck.opportunityId,
          backgroundCheck.orderNumber,
        ],
        set: {
          contactId: sql`coalesce(excluded.contact_id, background_check.contact_id)`,
          displayName: sql`coalesce(excluded.display_name, background_check.display_name)`,
          deliveryId: sql`coalesce(excluded.delivery_id, background_check.delivery_id)`,
          correlationId: sql`excluded.correlation_id`,
          ...(subject.statusTags === null
            ? {}
            : { shown: sql`jsonb_set(background_check.shown, '{tags}', excluded.shown -> 'tags')` }),
          dismissedAt: null,
          ...given.onUpdate,
        },
        setWhere: sql`background_check.connection_id = excluded.connection_id
          and background_check.phase in ('held', 'ready', 'dismissed')`,
      })
      .returning({ ...checkColumns, woken: given.wakes ? wakeRelay : sql`null` });
    return row ?? null;
  };

  const readBack = async (connectionId: ConnectionId, subject: CheckSubject): Promise<CheckRow> => {
    const [row] = await db
      .select(checkColumns)
      .from(backgroundCheck)
      .where(
        and(
          eq(backgroundCheck.connectionId, connectionId),
          eq(backgroundCheck.opportunityId, subject.opportunityId),
          eq(backgroundCheck.orderNumber, subject.orderNumber),
        ),
      );
    if (row === undefined) throw new PortError('rejected', 'This order belongs to another connection.');
    return row;
  };

  return {
    hold: (connectionId, subject, reason, details) =>
      atPort(async () => {
        const decided = { phase: 'held', holdReason: reason, holdDetails: details } as const;
        const row = await write(connectionId, subject, {
          onInsert: { ...decided, heldSince: sql`now()`, nextSyncAt: sql`now()` },
          onUpdate: {
            ...decided,
            // Not ordered after all, so not counted against the hourly limit.
            readyAt: null,
            heldSince: sql`case
              when background_check.phase = 'held' and background_check.hold_reason = excluded.hold_reason
              then background_check.held_since else now() end`,
            ...dueNow,
          },
          wakes: true,
        });
        return toCheck(row ?? (await readBack(connectionId, subject)));
      }),

    makeReady: (connectionId, subject, { packageId, invalidTags }) =>
      atPort(async () => {
        const decided = { phase: 'ready', packageId, invalidTags } as const;
        const row = await write(connectionId, subject, {
          onInsert: { ...decided, readyAt: sql`now()` },
          onUpdate: {
            ...decided,
            ...unheld,
            readyAt: sql`now()`,
          },
          wakes: false,
        });
        return toCheck(row ?? (await readBack(connectionId, subject)));
      }),
  };
};
