import { type SQL, sql } from 'drizzle-orm';
import type { QueueName } from './queues.ts';

/** How many rows may have a job at a time. */
export interface QueueLimits {
  readonly jobs: number;
  /** Of one connection, so that a bulk move of one account does not keep all others waiting. */
  readonly jobsPerConnection: number;
}

interface DueTable {
  readonly table: SQL;
  readonly dueAt: SQL;
  readonly queuedAt: SQL;
  readonly connectionId: SQL;
  /** Matches a partial index, so that only what is open is looked at. */
  readonly isOpen: SQL;
  readonly isFree: SQL;
}

const isFree = sql`(lease_until is null or lease_until <= now())`;

const dueTables: { readonly [Queue in QueueName]: DueTable } = {
  'process-delivery': {
    table: sql`delivery`,
    dueAt: sql`due_at`,
    queuedAt: sql`queued_at`,
    connectionId: sql`connection_id`,
    isOpen: sql`state = 'due'`,
    isFree,
  },
  'sync-check': {
    table: sql`background_check`,
    dueAt: sql`next_sync_at`,
    queuedAt: sql`queued_at`,
    connectionId: sql`connection_id`,
    isOpen: sql`next_sync_at is not null`,
    isFree,
  },
  'sweep-connection': {
    table: sql`connection`,
    dueAt: sql`next_sweep_at`,
    queuedAt: sql`sweep_queued_at`,
    connectionId: sql`id`,
    isOpen: sql`next_sweep_at is not null`,
    isFree: sql`disconnected_at is null`,
  },
  'keep-grant-alive': {
    table: sql`connection`,
    dueAt: sql`next_keep_alive_at`,
    queuedAt: sql`keep_alive_queued_at`,
    connectionId: sql`id`,
    isOpen: sql`next_keep_alive_at is not null`,
    isFree: sql`disconnected_at is null`,
  },
};

/**
 * Marks due rows as queued and answers `id` and `connection_id` of each: the oldest first, connections in turn. A mark
 * counts until the row's due time passes it or it is `jobLease` ms old: then the job has died. Two relays never mark
 * the same row.
 */
export const markDueRows = (queue: QueueName, jobLease: number, limits: QueueLimits): SQL => {
  const { table, dueAt, queuedAt, connectionId, isOpen, isFree } = dueTables[queue];
  const lapsed = sql`now() - ${jobLease}::double precision * interval '1 millisecond'`;
  const isMarked = sql`(${queuedAt} >= ${dueAt} and ${queuedAt} > ${lapsed})`;
  const isDue = sql`${isOpen} and ${dueAt} <= now() and ${isFree} and ${isMarked} is not true`;
  return sql`
    with queued as (
      select ${connectionId} as owner, count(*) as jobs from ${table} where ${isOpen} and ${isMarked} group by 1
    ), due as (
      select id, ${dueAt} as since, ${connectionId} as owner,
        row_number() over (partition by ${connectionId} order by ${dueAt}, id) as turn
      from ${table} where ${isDue}
    ), chosen as (
      select due.id from due left join queued on queued.owner = due.owner
      where due.turn + coalesce(queued.jobs, 0) <= ${limits.jobsPerConnection}::int
      order by due.turn, due.since
      limit greatest(0, ${limits.jobs}::int - (select coalesce(sum(jobs), 0) from queued))
    )
    update ${table} set ${queuedAt} = now()
    where id in (
      -- Asked again under the lock: another relay may have been faster.
      select id from ${table} where id in (select id from chosen) and ${isDue} for update skip locked
    )
    returning id, ${connectionId} as connection_id`;
};
