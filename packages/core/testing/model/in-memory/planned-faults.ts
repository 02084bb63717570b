import type { OrderOutcome } from '../../../src/ports/check-provider.ts';
import { PortError, type PortErrorCode } from '../../../src/ports/port-error.ts';
import { type FaultCounts, type PlannedFault, plannedFaults } from '../fault-kinds.ts';

/** What a fault does to a call: it fails before or after it took effect, or an order ends so. */
export type Strike =
  | { readonly kind: 'fail'; readonly moment: 'before' | 'after'; readonly error: PortError }
  | {
      readonly kind: 'order';
      /** When Turn carries it out all the same. */
      readonly isCommitted: 'now' | 'later' | 'never';
      readonly outcome: OrderOutcome;
    };

interface Rule {
  /** Fits calls written as `port.method`. */
  readonly calls: RegExp;
  readonly strike: () => Strike;
}

const minute = 60_000;

const failing =
  (moment: 'before' | 'after', code: PortErrorCode, vendor?: 'lever' | 'turn', retryAfter?: number) =>
  (): Strike => ({
    kind: 'fail',
    moment,
    error: new PortError(code, 'A planned fault.', {
      ...(vendor === undefined ? {} : { vendor }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    }),
  });

const ordering =
  (outcome: OrderOutcome, isCommitted: 'now' | 'later' | 'never' = 'never') =>
  (): Strike => ({ kind: 'order', isCommitted, outcome });

const order = /^checkProvider\.order$/u;
const lookUp = /^checkProvider\.findByReference$/u;
const tag = /^ats\.(addTag|removeTags)$/u;
const note = /^ats\.(writeNote|deleteNote)$/u;
const database = /^(checks|inbox|connections|incidents|auditLog)\./u;

const rules: Readonly<Record<PlannedFault, Rule>> = {
  'turn-order-lost-committed': { calls: order, strike: ordering({ kind: 'unknown' }, 'now') },
  'turn-order-lost-not-committed': { calls: order, strike: ordering({ kind: 'unknown' }) },
  'turn-order-lost-late': { calls: order, strike: ordering({ kind: 'unknown' }, 'later') },
  'turn-order-busy': { calls: order, strike: ordering({ kind: 'not-carried-out', retryAfter: null }) },
  'turn-order-busy-retry-after': {
    calls: order,
    strike: ordering({ kind: 'not-carried-out', retryAfter: 5 * minute }),
  },
  'turn-order-refused': { calls: order, strike: ordering({ kind: 'refused', fields: ['email'] }) },
  'turn-order-unauthorized': { calls: order, strike: ordering({ kind: 'unauthorized' }) },
  'turn-look-up-unavailable': { calls: lookUp, strike: failing('before', 'unavailable', 'turn') },
  'turn-look-up-unauthorized': { calls: lookUp, strike: failing('before', 'unauthorized', 'turn') },
  'turn-status-unavailable': {
    calls: /^checkProvider\.readCheck$/u,
    strike: failing('before', 'unavailable', 'turn'),
  },
  'turn-rate-limited': {
    calls: /^checkProvider\.(findByReference|readCheck|listPackages|resendInvitation)$/u,
    strike: failing('before', 'rate-limited', 'turn', minute),
  },
  'turn-packages-unavailable': {
    calls: /^checkProvider\.listPackages$/u,
    strike: failing('before', 'unavailable', 'turn'),
  },
  'lever-rate-limited': { calls: /^ats\./u, strike: failing('before', 'rate-limited', 'lever', minute / 6) },
  'lever-unavailable': { calls: /^ats\./u, strike: failing('before', 'unavailable', 'lever') },
  'lever-unauthorized': { calls: /^ats\./u, strike: failing('before', 'unauthorized', 'lever') },
  'lever-not-found': {
    calls: /^ats\.(addTag|removeTags|writeNote)$/u,
    strike: failing('before', 'not-found', 'lever'),
  },
  'lever-forbidden': {
    calls: /^ats\.(addTag|removeTags|writeNote)$/u,
    strike: failing('before', 'forbidden', 'lever'),
  },
  'lever-note-lost-committed': { calls: note, strike: failing('after', 'unavailable', 'lever') },
  'lever-note-lost-not-committed': { calls: note, strike: failing('before', 'unavailable', 'lever') },
  'lever-tag-lost-committed': { calls: tag, strike: failing('after', 'unavailable', 'lever') },
  'lever-tag-lost-not-committed': { calls: tag, strike: failing('before', 'unavailable', 'lever') },
  'lever-list-unavailable': {
    calls: /^ats\.(listStages|listEntered|listTagged)$/u,
    strike: failing('before', 'unavailable', 'lever'),
  },
  'database-unavailable': { calls: database, strike: failing('before', 'unavailable') },
  'database-answer-lost': { calls: database, strike: failing('after', 'unavailable') },
};

/** Faults that wait for the calls they fit. */
export interface PlannedFaults {
  add(fault: PlannedFault, options: { readonly skip: number; readonly times: number }): void;
  /** What strikes this call, written as `port.method`; null: nothing. One fault a call. */
  take(call: string): Strike | null;
  clear(): void;
  /** Whether a fault that struck is this very error. */
  wasThrown(error: unknown): boolean;
  readonly struck: Partial<FaultCounts>;
}

/** Nothing is planned at first. */
export const createPlannedFaults = (): PlannedFaults => {
  let plans: { readonly fault: PlannedFault; skip: number; left: number }[] = [];
  const thrown = new WeakSet<object>();
  const struck: Partial<FaultCounts> = Object.fromEntries(plannedFaults.map((fault) => [fault, 0]));
  return {
    struck,
    add: (fault, { skip, times }) => {
      plans.push({ fault, skip, left: times });
    },
    take: (call) => {
      for (const plan of plans) {
        if (!rules[plan.fault].calls.test(call)) continue;
        plan.skip -= 1;
        if (plan.skip >= 0) continue;
        plan.left -= 1;
        if (plan.left === 0) plans = plans.filter((one) => one !== plan);
        struck[plan.fault] = (struck[plan.fault] ?? 0) + 1;
        const strike = rules[plan.fault].strike();
        if (strike.kind === 'fail') thrown.add(strike.error);
        return strike;
      }
      return null;
    },
    wasThrown: (error) => typeof error === 'object' && error !== null && thrown.has(error),
    clear: () => {
      plans = [];
    },
  };
};
