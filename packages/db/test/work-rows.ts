import type { CheckId, ConnectionId, DeliveryId, OpportunityId } from '@turn-lever/core/ids';
import { aCheck } from '@turn-lever/core/testing/a-check';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../src/database.ts';
import { backgroundCheck } from '../src/schema/background-check.ts';
import { connection } from '../src/schema/connection.ts';
import { delivery } from '../src/schema/delivery.ts';

type DeliveryColumns = Partial<typeof delivery.$inferInsert>;

const ago = (ms: number) => Date.now() - ms;

/** Stores deliveries that are due since a second, each with a key of its own; their ids in order. */
export const storeDue = async (
  { db }: Database,
  count: number,
  given: DeliveryColumns = {},
): Promise<DeliveryId[]> => {
  const rows = await db
    .insert(delivery)
    .values(
      Array.from({ length: count }, () => ({
        connectionId: 'connection-1' as ConnectionId,
        source: 'webhook' as const,
        key: crypto.randomUUID(),
        contentDigest: 'digest',
        event: 'candidateStageChange',
        triggeredAt: ago(1000),
        receivedAt: ago(1000),
        correlationId: 'correlation-1' as never,
        state: 'due' as const,
        dueAt: ago(1000),
        ...given,
      })),
    )
    .returning({ id: delivery.id });
  return rows.map(({ id }) => id);
};

/** Settles a delivery as deciding does. */
export const settle = async ({ db }: Database, id: DeliveryId): Promise<void> => {
  await db.update(delivery).set({ state: 'settled', reason: 'ordered' }).where(eq(delivery.id, id));
};

/** Stores a check of a stored connection. */
export const storeCheck = async (
  { db }: Database,
  connectionId: ConnectionId,
  given: Partial<typeof backgroundCheck.$inferInsert>,
): Promise<CheckId> => {
  const [owner] = await db.select().from(connection).where(eq(connection.id, connectionId));
  if (owner === undefined) throw new Error('Store the connection first.');
  const { correlationId, shown, orderNumber, referenceId, phase } = aCheck();
  const [row] = await db
    .insert(backgroundCheck)
    .values({
      ...{ correlationId, shown, orderNumber, referenceId, phase, connectionId },
      accountId: owner.accountId,
      environment: owner.environment,
      leverAccountId: owner.leverAccountId,
      opportunityId: crypto.randomUUID() as OpportunityId,
      ...given,
    })
    .returning({ id: backgroundCheck.id });
  if (row === undefined) throw new Error('The check was not stored.');
  return row.id;
};

/** Leaves nothing due behind. */
export const removeRows = async ({ db }: Database): Promise<void> => {
  await db.delete(delivery);
  await db.delete(backgroundCheck);
  await db.update(connection).set({ nextSweepAt: null });
  await db.execute(sql`do $$ begin
    if to_regclass('pgboss.job') is not null then delete from pgboss.job; end if;
  end $$`);
};
