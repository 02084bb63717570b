import { PortError } from '@turn-lever/core/ports/port-error';
import type { ComposeOptions } from '../../src/compose.ts';

/** A fault of our own database; those of the vendors are the emulators'. */
export type DatabaseFault = 'database-unavailable' | 'database-answer-lost';

/** What happened in a program under test, told at once: a program that dies says nothing afterwards. */
export type ModelEvent =
  /** `subject`: the check, where the outcome of its order was not stored, or its claim not answered. */
  | { readonly kind: 'struck'; readonly fault: DatabaseFault; readonly subject: string | null }
  /**
   * `point`: such as `after checks.claim`. `wasRefreshing`: a pair of Lever's tokens was under way, and may be lost with
   * the program (`architecture.md`).
   */
  | { readonly kind: 'died'; readonly point: string; readonly wasRefreshing: boolean };

/** Where a program dies: at a coming call to any port, or to the one named `at`, the first being 0. */
export interface Death {
  readonly at: string | null;
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** The ports of one program, at which it dies and its database fails. */
export interface ModelPorts {
  readonly replacePort: NonNullable<ComposeOptions['replacePort']>;
  dieAt(death: Death): void;
  plan(fault: DatabaseFault, options: { readonly skip: number; readonly times: number }): void;
  /** No death, and no more faults. */
  live(): void;
}

const database = /^(checks|inbox|connections|incidents|auditLog)\./u;
const outcomes = /^checks\.(recordOrdered|release|refuse|recordUnknown)$/u;
const refreshBegins = 'grants.takeRefresh';
const refreshEnds = /^grants\.(store|giveUp)$/u;
// The account is made before the story begins.
const setUp = /^connections\.createAccount$/u;

/** `die` ends the program, for good: it never resolves. Asked again at every further call, where that is possible. */
export const createModelPorts = (
  tell: (event: ModelEvent) => void,
  die: () => Promise<never>,
): ModelPorts => {
  let death: { readonly at: string | null; call: number; readonly moment: Death['moment'] } | null = null;
  let isDead = false;
  let refreshing = 0;
  let plans: { readonly fault: DatabaseFault; skip: number; left: number }[] = [];

  const isLastCall = (call: string): boolean => {
    if (death === null || (death.at ?? call) !== call) return false;
    death.call -= 1;
    return death.call < 0;
  };
  const takeFault = (call: string): DatabaseFault | null => {
    if (!database.test(call)) return null;
    for (const plan of plans) {
      plan.skip -= 1;
      if (plan.skip >= 0) continue;
      plan.left -= 1;
      if (plan.left === 0) plans = plans.filter((one) => one !== plan);
      return plan.fault;
    }
    return null;
  };
  const dieHere = (point: string): Promise<never> => {
    isDead = true;
    tell({ kind: 'died', point, wasRefreshing: refreshing > 0 });
    return die();
  };
  const unavailable = (fault: DatabaseFault, call: string, [, subject]: readonly unknown[]): PortError => {
    const isDoubtful = outcomes.test(call) || (call === 'checks.claim' && fault === 'database-answer-lost');
    tell({ kind: 'struck', fault, subject: isDoubtful ? String(subject) : null });
    return new PortError('unavailable', 'A planned fault.');
  };

  return {
    dieAt: ({ at, call, moment }) => {
      death = { at, call, moment };
    },
    plan: (fault, { skip, times }) => {
      plans.push({ fault, skip, left: times });
    },
    live: () => {
      death = null;
      plans = [];
    },
    replacePort: (name, port) =>
      new Proxy(port, {
        get: (target, property) => {
          const member: unknown = Reflect.get(target, property);
          const call = `${name}.${String(property)}`;
          if (typeof member !== 'function' || setUp.test(call) || property === 'close') return member;
          return async (...given: unknown[]): Promise<unknown> => {
            if (isDead) return die();
            const moment = isLastCall(call) ? death?.moment : undefined;
            if (moment === 'before') return dieHere(`before ${call}`);
            const fault = takeFault(call);
            if (fault === 'database-unavailable') throw unavailable(fault, call, given);
            // From before it is known whether we may: a death of another job takes the pair with it.
            if (call === refreshBegins) refreshing += 1;
            let isRefreshing = false;
            let answer: unknown;
            try {
              answer = await Reflect.apply(member, target, given);
              isRefreshing = call === refreshBegins && answer !== null;
            } finally {
              const isOver = refreshEnds.test(call) || (call === refreshBegins && !isRefreshing);
              if (isOver) refreshing = Math.max(0, refreshing - 1);
            }
            if (isDead) return die();
            if (moment === 'after') return dieHere(`after ${call}`);
            if (fault !== null) throw unavailable(fault, call, given);
            return answer;
          };
        },
      }),
  };
};
