import { type Check, nothingShown } from '@turn-lever/core/check';
import type { ConnectionId } from '@turn-lever/core/ids';
import { referenceId } from '@turn-lever/core/ordering/reference-id';
import { type CheckSubject, type Checks, type Decider, LeaseLostError } from '@turn-lever/core/ports/checks';
import { PortError } from '@turn-lever/core/ports/port-error';
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { PgInsertValue, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { wakeRelay } from '../inbox/wake-relay.ts';
import { backgroundCheck } from '../schema/background-check.ts';
import { dueNow, unheld } from './check-marks.ts';
import { type CheckRow, checkColumns, toCheck } from './from-check-row.ts';
import { stillLeased } from './still-leased.ts';

/**
 * The decisions about an order before it is claimed. Each is one `insert … on conflict`, so that the unique index
 * settles every race; account, environment and Lever account are taken from the connection inside it. Where it is a
 * delivery's decision, that row is locked around it.
 */
export const createDecideCheck = (db: Drizzle): Pick<Checks, 'hold' | 'makeReady'> => {
  /** Writes the row unless it is past deciding; null then. */
  const write = async (
    tx: Pick<Drizzle, 'insert'>,
    connectionId: ConnectionId,
    subject: CheckSubject,
    given: {
      readonly onInsert: Pick<PgInsertValue<typeof backgroundCheck>, 'phase'> &
        Partial<PgInsertValue<typeof backgroundCheck>>;
      readonly onUpdate: PgUpdateSetSource<typeof backgroundCheck>;
      readonly wakes: boolean;
    },
    decider: Decider | undefined,
  ): Promise<CheckRow | null> => {
    const { opportunityId, orderNumber, contactId, deliveryId, correlationId, displayName } = subject;
    const ofConnection = (column: string): SQL =>
      sql`(select ${sql.identifier(column)} from connection where id = ${connectionId})`;
    const reference = (environment: 'sandbox' | 'production') =>
      referenceId(environment, opportunityId, orderNumber);
    const [row] = await tx
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
          ...(subject.statusTags === null ? {} : { shown: shownAfterReading }),
          ...given.onUpdate,
        },
        setWhere: sql`background_check.connection_id = excluded.connection_id
          and background_check.phase in ('held', 'ready', 'dismissed') ${notDismissedSince(decider)}`,
      })
      .returning({ ...checkColumns, woken: given.wakes ? wakeRelay : sql`null` });
    return row ?? null;
  };

  const readBack = async (
    tx: Pick<Drizzle, 'select'>,
    connectionId: ConnectionId,
    subject: CheckSubject,
  ): Promise<CheckRow> => {
    const [row] = await tx
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

  const decide = (
    connectionId: ConnectionId,
    subject: CheckSubject,
    given: Parameters<typeof write>[3],
    decider: Decider | undefined,
  ): Promise<Check> =>
    atPort(async () => {
      const act = async (tx: Pick<Drizzle, 'insert' | 'select'>): Promise<Check> => {
        const row = await write(tx, connectionId, subject, given, decider);
        return toCheck(row ?? (await readBack(tx, connectionId, subject)));
      };
      if (decider === undefined) return act(db);
      return db.transaction(async (tx) => {
        const [mine] = await stillLeased(tx, decider.leased);
        if (mine === undefined) throw new LeaseLostError();
        return act(tx);
      });
    });

  return {
    hold: (connectionId, subject, reason, details, decider) => {
      const decided = { phase: 'held', holdReason: reason, holdDetails: details } as const;
      const given = {
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
      };
      return decide(connectionId, subject, given, decider);
    },

    makeReady: (connectionId, subject, { packageId, invalidTags }, decider) => {
      const decided = { phase: 'ready', packageId, invalidTags } as const;
      const given = {
        onInsert: { ...decided, readyAt: sql`now()` },
        onUpdate: {
          ...decided,
          ...unheld,
          dismissedAt: null,
          readyAt: sql`now()`,
        },
        wakes: false,
      };
      return decide(connectionId, subject, given, decider);
    },
  };
};

/** As `shownAfterReading` of core: a known tag that the reading lacks may have been added since. */
const shownAfterReading = sql`jsonb_set(
  jsonb_set(background_check.shown, '{tags}', excluded.shown -> 'tags'),
  '{stubborn}',
  coalesce(
    (select jsonb_object_agg(known.tag, 0)
      from jsonb_array_elements_text(background_check.shown -> 'tags') as known (tag)
      where not (excluded.shown -> 'tags') @> to_jsonb(known.tag)),
    '{}') || (background_check.shown -> 'stubborn'))`;

/** Instants are whole milliseconds, the column is finer. */
const notDismissedSince = (decider: Decider | undefined): SQL => {
  if (decider === undefined) return sql``;
  const seen = decider.dismissedAt;
  if (seen === null) return sql`and background_check.dismissed_at is null`;
  const after = new Date(seen + 1).toISOString();
  return sql`and (background_check.dismissed_at is null or background_check.dismissed_at < ${after}::timestamptz)`;
};
