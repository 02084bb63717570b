import type { CheckId, ConnectionId, DeliveryId } from '@turn-lever/core/ids';
import type { PgBoss } from 'pg-boss';
import type { Database } from '../database.ts';
import { isRoundDue, type Round, scheduleRound } from './connection-due.ts';
import { queueDueRows } from './queue-due-rows.ts';
import { type JobData, type QueueName, queueNames, toQueueOptions, toWorkOptions } from './queues.ts';
import { startRelay } from './relay.ts';

/** Waits of the relay, in ms. */
export interface WorkTimes {
  /** How often due rows are looked for; usually a kick comes first. */
  readonly relayEvery: number;
  /** After this long a queued row that is still due has lost its job and gets another. Not shorter than any lease. */
  readonly jobLease: number;
  /** From the end of one sweep of a connection to the next. */
  readonly sweepEvery: number;
  /** From one look at whether a connection's grant was used to the next. */
  readonly keepAliveEvery: number;
}

/** The product's own times. */
export const defaultWorkTimes: WorkTimes = {
  relayEvery: 1_000,
  jobLease: 120_000,
  sweepEvery: 15 * 60_000,
  keepAliveEvery: 24 * 3_600_000,
};

/** How many jobs this process works on at the same time, about. */
export interface WorkConcurrency {
  readonly deliveries: number;
  readonly checks: number;
  readonly sweeps: number;
  /** Jobs of each kind that one connection may have, in all processes together. */
  readonly perConnection: number;
}

/** Calls to vendors take seconds and wait for their rate limits, so more at once would mostly wait. */
export const defaultWorkConcurrency: WorkConcurrency = {
  deliveries: 20,
  checks: 20,
  sweeps: 4,
  perConnection: 10,
};

/** What is done for each kind of job. One that rejects is reported; its row comes due again by itself. */
export interface WorkHandlers {
  processDelivery(id: DeliveryId): Promise<unknown>;
  syncCheck(id: CheckId): Promise<unknown>;
  sweepConnection(id: ConnectionId): Promise<unknown>;
  keepGrantAlive(id: ConnectionId): Promise<unknown>;
}

/** Where an error came from; both null: from the queue itself. */
export interface WorkErrorPlace {
  readonly queue: QueueName | null;
  readonly id: string | null;
}

/** Work under way. */
export interface Work {
  /** Looks for due rows now: something was just made due. */
  kick(): void;
  /** Takes no more jobs and waits for those under way, at most `timeoutMs` (at least a second). */
  stop(timeoutMs: number): Promise<void>;
}

/**
 * Starts the relay and the workers. Notifications on the channel `work` kick it too. `onError` hears everything that
 * goes wrong and must not throw. Rejects where the queues cannot be made.
 */
export const startWork = async (
  database: Database,
  options: {
    readonly times?: Partial<WorkTimes>;
    readonly concurrency?: Partial<WorkConcurrency>;
    readonly handlers: WorkHandlers;
    readonly onError: (error: unknown, place: WorkErrorPlace) => void;
  },
): Promise<Work> => {
  const { handlers, onError } = options;
  const times = { ...defaultWorkTimes, ...options.times };
  const concurrency = { ...defaultWorkConcurrency, ...options.concurrency };
  const onQueueError = (error: unknown) => onError(error, { queue: null, id: null });
  const boss = database.createQueueClient(onQueueError);
  await boss.start();
  try {
    await createQueues(boss, times.jobLease);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }

  const atOnce: Record<QueueName, number> = {
    'process-delivery': concurrency.deliveries,
    'sync-check': concurrency.checks,
    'sweep-connection': concurrency.sweeps,
    'keep-grant-alive': concurrency.sweeps,
  };
  const relay = startRelay(async () => {
    for (const queue of queueNames) {
      // Twice what is worked on: nobody runs dry, and a row that comes later waits behind few.
      const limits = { jobs: 2 * atOnce[queue], jobsPerConnection: concurrency.perConnection };
      await queueDueRows(database, boss, queue, { jobLease: times.jobLease, limits }).catch((error) =>
        onError(error, { queue, id: null }),
      );
    }
  }, times.relayEvery);

  const comeRound = async (
    round: Round,
    id: ConnectionId,
    work: (id: ConnectionId) => Promise<unknown>,
    every: number,
  ): Promise<void> => {
    if (!(await isRoundDue(database, round, id))) return;
    try {
      await work(id);
    } finally {
      await scheduleRound(database, round, id, every);
    }
  };
  const tasks: Record<QueueName, (id: string) => Promise<unknown>> = {
    'process-delivery': (id) => handlers.processDelivery(id as DeliveryId),
    'sync-check': (id) => handlers.syncCheck(id as CheckId),
    'sweep-connection': (id) =>
      comeRound('sweep', id as ConnectionId, handlers.sweepConnection, times.sweepEvery),
    'keep-grant-alive': (id) =>
      comeRound('keep alive', id as ConnectionId, handlers.keepGrantAlive, times.keepAliveEvery),
  };
  const work = (queue: QueueName) =>
    boss.work<JobData, unknown, ReturnType<typeof toWorkOptions>>(
      queue,
      toWorkOptions(atOnce[queue]),
      async (jobs) => {
        const results = await Promise.all(
          jobs.map(async ({ id, data }) => {
            try {
              await tasks[queue](data.id);
              return { id, status: 'completed' as const };
            } catch (error) {
              onError(error, { queue, id: data.id });
              return { id, status: 'failed' as const };
            }
          }),
        );
        relay.kick();
        return results;
      },
    );
  for (const queue of queueNames) await work(queue);
  const endListening = await database.listen('work', relay.kick, relay.kick);

  return {
    kick: relay.kick,
    stop: async (timeoutMs) => {
      await relay.stop();
      await endListening().catch(onQueueError);
      await boss.stop({ graceful: true, close: true, timeout: timeoutMs });
    },
  };
};

/** All before the first job: a queue that pg-boss does not know yet it would look up outside our transaction. */
const createQueues = async (boss: PgBoss, jobLease: number): Promise<void> => {
  const { policy, ...changeable } = toQueueOptions(jobLease);
  for (const queue of queueNames) {
    await boss.createQueue(queue, { policy, ...changeable });
    // One that is there already keeps its options otherwise, through every release.
    await boss.updateQueue(queue, changeable);
  }
};
