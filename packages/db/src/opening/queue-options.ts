import type { ConstructorOptions } from 'pg-boss';

/** What every pg-boss of ours is made with, on either database. */
export const queueOptions = {
  // Workers start within tens of ms of the commit; polling stays as the floor.
  useListenNotify: true,
  // Nothing of ours is scheduled by cron: what is due stands in rows.
  schedule: false,
  // Finds jobs whose process died. With a heartbeat of 30 s such a job is gone within a minute, and so before its row
  // is queued again.
  supervise: true,
  superviseIntervalSeconds: 15,
  monitorIntervalSeconds: 15,
  // Finished jobs are of no use: the rows tell what became of everything. Ten minutes instead of a day.
  maintenanceIntervalSeconds: 600,
  // The queues never change while we run; reading them once a minute is the default.
  queueCacheIntervalSeconds: 60,
  // pg-boss keeps its own tables up to date, under a lock of its own.
  migrate: true,
  createSchema: true,
  // Nobody reads these; each costs writes.
  registerInstance: false,
  persistQueueStats: false,
  persistWarnings: false,
  openTelemetry: { enabled: false },
  // The job table stays at a few thousand rows; vacuum and bloat are the operator's to watch.
  monitorVacuum: false,
  reindex: false,
} as const satisfies ConstructorOptions;

/** What is added on a server, where pg-boss has connections of its own. */
export const serverQueueOptions = {
  application_name: 'turn-lever-queue',
  // Fetches, completions and supervision only; jobs are inserted in our own transactions.
  max: 4,
  // The driver's default is to wait for ever.
  connectionTimeoutMillis: 10_000,
} as const satisfies ConstructorOptions;
