import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { Database } from '../database.ts';
import { rowsOf } from '../rows-of.ts';
import { markDueRows, type QueueLimits } from './due-rows.ts';
import type { QueueName } from './queues.ts';

/**
 * Turns due rows into jobs, mark and job in one transaction: either both are there or none. Answers how many. The queue
 * must be known to `boss`, which otherwise looks it up outside the transaction.
 */
export const queueDueRows = (
  { db }: Pick<Database, 'db'>,
  boss: PgBoss,
  queue: QueueName,
  options: { readonly jobLease: number; readonly limits: QueueLimits },
): Promise<number> =>
  db.transaction(async (tx) => {
    const marked = await tx.execute(markDueRows(queue, options.jobLease, options.limits));
    const rows = rowsOf<{ id: string; connection_id: string }>(marked);
    if (rows.length === 0) return 0;
    const jobs = rows.map(({ id, connection_id }) => ({
      data: { id },
      singletonKey: id,
      group: { id: connection_id },
    }));
    // Where a job for the row is waiting already, pg-boss leaves it at that one.
    await boss.insert(queue, jobs, { db: fromDrizzle(toExecutor(tx), sql) });
    return rows.length;
  });

type Executor = Parameters<typeof fromDrizzle>[0];

/** Both drivers answer in a shape that pg-boss knows, which drizzle's common type does not say. */
const toExecutor = (tx: { execute(query: never): Promise<unknown> }): Executor => ({
  execute: (query) => tx.execute(query as never) as ReturnType<Executor['execute']>,
});
