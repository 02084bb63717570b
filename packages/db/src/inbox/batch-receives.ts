import type { NewDelivery } from '@turn-lever/core/delivery';
import type { Receipt } from '@turn-lever/core/ports/inbox';
import { PortError } from '@turn-lever/core/ports/port-error';
import { type DeliveryInput, identityOf, toDeliveryInput } from './store-deliveries.ts';

/** How `receive` shares statements. */
export interface ReceiveBatching {
  /** Calls that may wait for their statement; one more is `unavailable` at once. */
  readonly maxWaiting: number;
  /** Deliveries in one statement. */
  readonly maxBatch: number;
  /** Statements under way at once. */
  readonly inFlight: number;
  /** After this many ms a call is `unavailable`, whatever became of its statement. */
  readonly answerWithin: number;
}

/** Lever waits longer for an answer than 5 s, and comes again after a 503. */
export const defaultBatchLimits: ReceiveBatching = {
  maxWaiting: 5000,
  maxBatch: 500,
  inFlight: 2,
  answerWithin: 5000,
};

interface Call {
  readonly input: DeliveryInput;
  readonly identity: string;
  isAnswered: boolean;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets concurrent calls share one statement: they collect while `inFlight` statements run, and a lone call leaves in
 * the same turn of the event loop. Each caller has its own answer: equal ones are folded and all but the first are
 * duplicates, and where a statement fails because of one delivery, the others are stored without it.
 */
export const batchReceives = (
  store: (inputs: readonly DeliveryInput[]) => Promise<Receipt[]>,
  limits: ReceiveBatching,
): { receive(delivery: NewDelivery): Promise<Receipt>; close(): Promise<void> } => {
  const waiting = new Set<Call>();
  const running = new Set<Promise<void>>();
  let isScheduled = false;
  let isClosed = false;

  const schedule = (): void => {
    if (isScheduled || waiting.size === 0 || running.size >= limits.inFlight) return;
    isScheduled = true;
    // Not a timer: everything that arrived in this turn of the event loop goes together.
    setImmediate(() => {
      isScheduled = false;
      send();
    });
  };

  const send = (): void => {
    const calls: Call[] = [];
    for (const call of waiting) {
      waiting.delete(call);
      calls.push(call);
      if (calls.length >= limits.maxBatch) break;
    }
    if (calls.length === 0) return;
    const run = storeFolded(store, calls).finally(() => {
      running.delete(run);
      schedule();
    });
    running.add(run);
    schedule();
  };

  return {
    receive: (delivery) =>
      new Promise((resolve, reject) => {
        if (isClosed) throw new PortError('unavailable', 'The inbox is closed.');
        if (waiting.size >= limits.maxWaiting) {
          throw new PortError('unavailable', 'Too many deliveries wait to be stored.');
        }
        const input = toDeliveryInput(delivery);
        const end =
          <T>(answer: (value: T) => void) =>
          (value: T): void => {
            if (call.isAnswered) return;
            call.isAnswered = true;
            waiting.delete(call);
            clearTimeout(deadline);
            answer(value);
          };
        const call: Call = {
          input,
          identity: identityOf(input),
          isAnswered: false,
          resolve: end(resolve),
          reject: end(reject),
        };
        const deadline = setTimeout(
          () => call.reject(new PortError('unavailable', 'The database did not answer in time.')),
          limits.answerWithin,
        );
        waiting.add(call);
        schedule();
      }),
    close: async () => {
      isClosed = true;
      while (waiting.size > 0 || running.size > 0) {
        await Promise.all(running);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
};

/** Never rejects: each call is told. */
const storeFolded = async (
  store: (inputs: readonly DeliveryInput[]) => Promise<Receipt[]>,
  calls: readonly Call[],
): Promise<void> => {
  const groups = [...Map.groupBy(calls, ({ identity }) => identity).values()];
  try {
    const receipts = await store(groups.map(toInput));
    groups.forEach((group, position) => {
      answer(group, receipts[position] ?? 'stored');
    });
  } catch (error) {
    // Where the database is away, trying each by itself would only keep everybody waiting.
    const isAway = error instanceof PortError;
    if (isAway || groups.length === 1) {
      for (const call of calls) call.reject(error);
      return;
    }
    for (const group of groups) await storeFolded(store, group);
  }
};

/** A statement cannot touch a row twice, so equal deliveries become one with a count. */
const toInput = (group: readonly Call[]): DeliveryInput => {
  const [first] = group;
  if (first === undefined) throw new Error('A group has at least one call.');
  return group.length === 1 ? first.input : { ...first.input, count: group.length };
};

const answer = (group: readonly Call[], receipt: Receipt): void => {
  group.forEach((call, position) => {
    call.resolve(position === 0 ? receipt : 'duplicate');
  });
};
