import { expect, onTestFinished } from 'vitest';

/** Thrown where the process dies. Until `survive` ends every further call at a port throws it too. */
export class CrashError extends Error {
  constructor() {
    super('The process died here.');
    this.name = 'CrashError';
  }
}

/** One moment in the stream of calls to ports. */
export interface CallPoint {
  /** `port.method`, such as `checks.claim`; without it every call counts. */
  readonly method?: string;
  /** 1, which holds where it is left out, is the next such call. */
  readonly call?: number;
  /** `after`: the call takes effect, and only its answer is interrupted. */
  readonly moment: 'before' | 'after';
  /** For what may be over before such a call: then nobody minds. */
  readonly mayBeMissed?: true;
}

/** Lets a test act between a use case and its ports. Whatever is planned must strike, else the test has shown nothing. */
export interface Interruptions {
  /** Every call so far as `port.method`, oldest first, interrupted ones included. */
  readonly calls: readonly string[];
  /** The same port, with its calls counted and interrupted. Members that are no functions stay as they are. */
  watch<Port extends object>(name: string, port: Port): Port;
  /** Does something once at that point; what it throws is what the caller of the port sees. */
  at(point: CallPoint, act: () => void | Promise<void>): void;
  /** Does something at that point and at every later one like it. */
  atEach(point: CallPoint, act: () => void | Promise<void>): void;
  /** The process dies at that point. */
  crash(point: CallPoint): void;
  /** The port fails at that point, once. */
  fail(point: CallPoint, error: Error): void;
  /** Does something that a crash or a planned fault may end. Null where one did; the process is up again then. */
  survive<Result>(act: () => Promise<Result>): Promise<Result | null>;
}

interface Planned {
  readonly point: CallPoint;
  readonly act: () => void | Promise<void>;
  left: number;
}

/**
 * `pace` is awaited before each call, so that a test can decide how concurrent work interleaves. Made inside a test, which
 * fails where a planned interruption never struck.
 */
export const createInterruptions = (pace?: (call: string) => Promise<void>): Interruptions => {
  const calls: string[] = [];
  const planned = new Set<Planned>();
  const faults = new Set<unknown>();
  let isDown = false;
  onTestFinished(() => {
    const unstruck = [...planned].filter(({ point }) => point.mayBeMissed !== true).map(({ point }) => point);
    expect(unstruck, 'Planned interruptions that never struck').toEqual([]);
  });

  /** The plans that strike at this call. */
  const strike = (call: string): readonly Planned[] => {
    const due: Planned[] = [];
    for (const plan of planned) {
      if (plan.point.method !== undefined && plan.point.method !== call) continue;
      plan.left -= 1;
      if (plan.left > 0) continue;
      planned.delete(plan);
      due.push(plan);
    }
    return due;
  };

  const act = async (plans: readonly Planned[], moment: CallPoint['moment']): Promise<void> => {
    for (const plan of plans) if (plan.point.moment === moment) await plan.act();
  };

  const assertUp = (): void => {
    if (isDown) throw new CrashError();
  };

  const at: Interruptions['at'] = (point, does) => {
    planned.add({ point, act: does, left: point.call ?? 1 });
  };

  const atEach: Interruptions['atEach'] = (point, does) =>
    at(point, () => {
      atEach({ ...point, call: 1, mayBeMissed: true }, does);
      return does();
    });

  return {
    calls,
    watch: (name, port) =>
      new Proxy(port, {
        get: (target, key) => {
          const member: unknown = Reflect.get(target, key);
          if (typeof member !== 'function') return member;
          const call = `${name}.${String(key)}`;
          return async (...given: unknown[]): Promise<unknown> => {
            if (pace !== undefined) await pace(call);
            assertUp();
            calls.push(call);
            const plans = strike(call);
            if (plans.length > 0) await act(plans, 'before');
            const answer: unknown = await Reflect.apply(member, target, given);
            if (plans.length > 0) await act(plans, 'after');
            assertUp();
            return answer;
          };
        },
      }),
    at,
    atEach,
    crash: (point) =>
      at(point, () => {
        isDown = true;
        throw new CrashError();
      }),
    fail: (point, error) => {
      faults.add(error);
      at(point, () => {
        throw error;
      });
    },
    survive: async (does) => {
      try {
        const answer = await does();
        if (!isDown) return answer;
      } catch (error) {
        if (!(error instanceof CrashError) && !faults.has(error)) throw error;
      }
      isDown = false;
      return null;
    },
  };
};
