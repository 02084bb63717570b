import type { QueueOptions, QueuePolicy, WorkOptions } from 'pg-boss';

/** The kinds of jobs. Their data is an id of a row, nothing else. */
export const queueNames = ['process-delivery', 'sync-check', 'sweep-connection', 'keep-grant-alive'] as const;

/** Name of a queue. */
export type QueueName = (typeof queueNames)[number];

/** What a job carries. */
export interface JobData {
  readonly id: string;
}

/** How each queue is made. Jobs may die, rows may not: whatever pg-boss forgets comes due again from its row. */
export const toQueueOptions = (
  jobLease: number,
): QueueOptions & { readonly policy: QueuePolicy; readonly notify: boolean } => ({
  // With the row's id as `singletonKey`: one job waiting and one running for each row. A row that comes due while it is
  // worked on gets its next job, and no second one at the same time. `exclusive` would drop that wake-up, `short` would
  // let two run, `singleton` would pile jobs up.
  policy: 'stately',
  // A retry of pg-boss beside a waiting job fails at once, silently; retries come from the row's due time.
  retryLimit: 0,
  retryDelay: 0,
  retryBackoff: false,
  // A job that runs longer than its row is kept for it has lost its lease, and with it its say.
  expireInSeconds: Math.max(1, Math.ceil(jobLease / 1000)),
  // A dead process is noticed after 30 s and one look of the supervisor. 10 is the least allowed; two beats may be late.
  heartbeatSeconds: 30,
  // A job that nobody fetched for an hour: its row has been queued again long since.
  retentionSeconds: 3600,
  // Finished jobs only fill the table.
  deleteAfterSeconds: 600,
  // Wakes the workers at the commit.
  notify: true,
});

// A worker waits for its whole batch before it fetches again, so a slow job holds up to four neighbours' places; but a
// batch of one would leave all but the first job of one insert to the next poll.
const jobsPerFetch = 5;

/** How a queue is worked on: about `atOnce` jobs at the same time in this process. */
export const toWorkOptions = (atOnce: number) =>
  ({
    batchSize: Math.max(2, Math.min(jobsPerFetch, atOnce)),
    localConcurrency: Math.ceil(atOnce / jobsPerFetch),
    // A full batch means more is there: no wait before the next fetch.
    burstWhenBatchFull: true,
    // One failing job does not fail its batch.
    perJobResults: true,
    includeMetadata: false,
    // While notifications work, this is only for one that was lost; without them it is the pace.
    notifyPollingIntervalSeconds: 10,
    pollingIntervalSeconds: 1,
    // No limit for each group here: a fetch that meets one comes back short and then waits for the next poll. The relay
    // limits how many jobs a connection has instead; the group only names the connection.
  }) as const satisfies WorkOptions;
