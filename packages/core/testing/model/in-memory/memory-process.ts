import type { CorrelationId, Instant } from '../../../src/ids.ts';
import type { Times } from '../../../src/times.ts';
import { createAdmitDelivery } from '../../../src/use-cases/admit-delivery.ts';
import { createActions } from '../../../src/use-cases/by-person/create-actions.ts';
import { createCarryOutWriteBack } from '../../../src/use-cases/carry-out-write-back.ts';
import { createPlaceOrder } from '../../../src/use-cases/place-order.ts';
import { createProcessDelivery } from '../../../src/use-cases/process-delivery.ts';
import { createReadStatus } from '../../../src/use-cases/read-status.ts';
import { createSweepConnection } from '../../../src/use-cases/sweep-connection.ts';
import { createSyncCheck } from '../../../src/use-cases/sync-check.ts';
import { createWakeCheck } from '../../../src/use-cases/wake-check.ts';
import type { MemoryWorld } from './memory-world.ts';

/** Thrown at every call to a port of a process that has died. */
export class ProcessDiedError extends Error {
  constructor() {
    super('The process died here.');
    this.name = 'ProcessDiedError';
  }
}

/** How a piece of work in a process ended: with an answer, with a fault of the world outside, or with the process. */
export type Ended<Result> =
  | { readonly kind: 'answered'; readonly answer: Result }
  | { readonly kind: 'failed' }
  | { readonly kind: 'died' };

/** One process of the program: all use cases over the ports that every process has in common. */
export type MemoryProcess = ReturnType<typeof createMemoryProcess>;

// Where an order was claimed and its outcome is not stored: nobody else can know whether it was posted.
const whileOrdering =
  /^(after checks\.claim|(before|after) checkProvider\.order|before checks\.(recordOrdered|release|refuse|recordUnknown))$/u;

const outcomes = /^checks\.(recordOrdered|release|refuse|recordUnknown)$/u;

/** Starts a process. Everything it knows is in the ports, so that nothing is lost with it. */
export const createMemoryProcess = (world: MemoryWorld, times: Times) => {
  const { fakes, faults, interleaving, now } = world;
  let isUp = true;
  let death: { call: number; readonly moment: 'before' | 'after' } | null = null;

  /** Checks that this process claimed and has not stored the outcome of. */
  const claimed = new Set<unknown>();

  const assertUp = (): void => {
    if (!isUp) throw new ProcessDiedError();
  };

  /** Counts down to the planned death at this call; true where it is this one. */
  const isLastCall = (): boolean => {
    if (death === null) return false;
    death.call -= 1;
    return death.call < 0;
  };

  const die = (point: string): never => {
    isUp = false;
    claimed.forEach(world.doubt);
    world.countDeath(
      whileOrdering.test(point) && fakes.checks.all().some(({ phase }) => phase === 'sending'),
    );
    throw new ProcessDiedError();
  };

  const carryOut = async (
    call: string,
    given: readonly unknown[],
    act: () => Promise<unknown>,
  ): Promise<unknown> => {
    const strike = faults.take(call);
    const [, checkId] = given;
    const isOutcome = outcomes.test(call) && claimed.has(checkId);
    if (strike?.kind === 'fail' && isOutcome) world.doubt(checkId);
    if (strike?.kind === 'fail' && strike.moment === 'before') throw strike.error;
    if (strike?.kind === 'order' && strike.isCommitted !== 'now') {
      if (strike.isCommitted === 'later') world.carryOutLater(act);
      world.notePost(given, strike.outcome);
      return strike.outcome;
    }
    const answer = await act();
    if (call === 'checks.claim' && answer === true) {
      claimed.add(checkId);
      if (strike !== null) world.doubt(checkId);
    }
    if (isOutcome) claimed.delete(checkId);
    if (call === 'checkProvider.order')
      world.notePost(given, strike?.kind === 'order' ? strike.outcome : answer);
    if (strike?.kind === 'fail') throw strike.error;
    return strike?.kind === 'order' ? strike.outcome : answer;
  };

  /** The same port, at which faults strike and the process dies. */
  const watch = <Port extends object>(name: string, port: Port): Port =>
    new Proxy(port, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        const call = `${name}.${String(key)}`;
        return async (...given: unknown[]): Promise<unknown> => {
          await interleaving.pace();
          assertUp();
          const moment = isLastCall() ? death?.moment : undefined;
          if (moment === 'before') die(`before ${call}`);
          const answer = await carryOut(call, given, () => Reflect.apply(member, target, given));
          if (moment === 'after') die(`after ${call}`);
          assertUp();
          return answer;
        };
      },
    });

  const ports = {
    ats: watch('ats', fakes.ats),
    atsWebhooks: watch('atsWebhooks', fakes.atsWebhooks),
    auditLog: watch('auditLog', fakes.auditLog),
    checkProvider: watch('checkProvider', fakes.checkProvider),
    checks: watch('checks', fakes.checks),
    connections: watch('connections', fakes.connections),
    inbox: watch('inbox', fakes.inbox),
    incidents: watch('incidents', fakes.incidents),
    turnIsLocal: false,
    times,
    now: now as () => Instant,
    jitter: () => 0.5,
    newCorrelationId: world.newCorrelationId as () => CorrelationId,
  };

  return {
    isUp: () => isUp,
    /** The process dies at a coming call, the first being 0. */
    dieAt: (call: number, moment: 'before' | 'after'): void => {
      death = { call, moment };
    },
    live: (): void => {
      death = null;
    },
    /** Does something in the process. Throws what neither the world outside nor a death explains. */
    run: async <Result>(work: () => Promise<Result>): Promise<Ended<Result>> => {
      try {
        return { kind: 'answered', answer: await work() };
      } catch (error) {
        if (error instanceof ProcessDiedError) return { kind: 'died' };
        if (world.explains(error)) return { kind: 'failed' };
        throw error;
      }
    },
    actions: createActions(ports),
    admitDelivery: createAdmitDelivery(ports),
    wakeCheck: createWakeCheck(ports),
    sweepConnection: createSweepConnection(ports),
    processDelivery: createProcessDelivery({ ...ports, placeOrder: createPlaceOrder(ports) }),
    syncCheck: createSyncCheck({
      ...ports,
      readStatus: createReadStatus(ports),
      carryOutWriteBack: createCarryOutWriteBack(ports),
    }),
  };
};
