import type { FaultCounts, PlannedFault } from '@turn-lever/core/testing/model/fault-kinds';
import type { FaultOrder, FaultPlan } from '@turn-lever/emulator/http/fault-plan';
import type { DatabaseFault } from './model-ports.ts';

/** A fault that an emulator causes. */
export type VendorFault = Exclude<PlannedFault, DatabaseFault>;

interface Rule {
  readonly vendor: 'lever' | 'turn';
  readonly route?: string;
  readonly where?: RegExp;
  readonly kind: 'status' | 'reset-after-committing' | 'late';
  readonly ms?: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

// ms. After the first look-ups and before the last one.
const lateBy = 150;

const order = { vendor: 'turn', route: 'POST /v1/person/search_async' } as const;
const status = { vendor: 'turn', route: 'GET /v1/person/:id/status' } as const;
// Our reference begins so; a check that is known is asked for by Turn's own id.
const lookUp = { ...status, where: /\/person\/lever-/u } as const;
const statusRead = { ...status, where: /\/person\/(?!lever-)/u } as const;
const note = { vendor: 'lever', where: /^(POST|DELETE) \/v1\/opportunities\/:id\/notes/u } as const;
const tag = { vendor: 'lever', where: /^POST \/v1\/opportunities\/:id\/(add|remove)Tags/u } as const;
const written = {
  vendor: 'lever',
  where: /^POST \/v1\/opportunities\/:id\/(notes|addTags|removeTags)/u,
} as const;
const leverApi = { vendor: 'lever', where: /^\w+ \/v1\//u } as const;
const answer = (code: number, more: Pick<Rule, 'body' | 'headers'> = {}) =>
  ({ kind: 'status', status: code, ...more }) as const;
const lost = { kind: 'reset-after-committing' } as const;
const flat = (code: string) => ({ body: { code, message: 'A planned fault.' } });

const rules: Readonly<Record<VendorFault, Rule>> = {
  'turn-order-lost-committed': { ...order, ...lost },
  'turn-order-lost-not-committed': { ...order, ...answer(500) },
  'turn-order-lost-late': { ...order, kind: 'late', ms: lateBy },
  'turn-order-busy': { ...order, ...answer(429) },
  'turn-order-busy-retry-after': { ...order, ...answer(429, { headers: { 'retry-after': '1' } }) },
  'turn-order-refused': {
    ...order,
    ...answer(422, { body: { 'json.email': ['Not a valid email address.'] } }),
  },
  'turn-order-unauthorized': { ...order, ...answer(401, flat('unauthorized')) },
  'turn-look-up-unavailable': { ...lookUp, ...answer(503) },
  'turn-look-up-unauthorized': { ...lookUp, ...answer(401, flat('unauthorized')) },
  'turn-status-unavailable': { ...statusRead, ...answer(503) },
  'turn-rate-limited': {
    vendor: 'turn',
    where: /(status|packages|resend)/u,
    ...answer(429, { headers: { 'retry-after': '0' } }),
  },
  'turn-packages-unavailable': { vendor: 'turn', route: 'GET /v1/public_api/me/packages', ...answer(503) },
  'lever-rate-limited': {
    ...leverApi,
    ...answer(429, { ...flat('TooManyRequests'), headers: { 'retry-after': '0' } }),
  },
  'lever-unavailable': { ...leverApi, ...answer(503) },
  'lever-unauthorized': { ...leverApi, ...answer(401, flat('Unauthorized')) },
  'lever-not-found': { ...written, ...answer(404, flat('ResourceNotFound')) },
  'lever-forbidden': { ...written, ...answer(403, flat('Forbidden')) },
  'lever-note-lost-committed': { ...note, ...lost },
  'lever-note-lost-not-committed': { ...note, ...answer(502) },
  'lever-tag-lost-committed': { ...tag, ...lost },
  'lever-tag-lost-not-committed': { ...tag, ...answer(502) },
  'lever-list-unavailable': {
    vendor: 'lever',
    where: /^GET \/v1\/(stages|opportunities) /u,
    ...answer(503),
  },
};

/** The vendors' faults of the run that goes on. */
export interface VendorFaults {
  plan(fault: VendorFault, options: { readonly skip: number; readonly times: number }): void;
  /** Takes back what has not struck. */
  clear(): void;
  /** How often each struck since the run began. */
  struck(): Partial<FaultCounts>;
}

/** Plans faults with both emulators, and counts by name what really struck. */
export const createVendorFaults = (emulators: {
  readonly lever: { readonly faults: FaultPlan };
  readonly turn: { readonly faults: FaultPlan };
}): VendorFaults => {
  const plans = [emulators.lever.faults, emulators.turn.faults];
  const earlier: Partial<FaultCounts> = {};
  const count = (into: Partial<FaultCounts>): Partial<FaultCounts> => {
    for (const { name } of plans.flatMap(({ fired }) => fired)) {
      const fault = name as VendorFault | undefined;
      if (fault !== undefined) into[fault] = (into[fault] ?? 0) + 1;
    }
    return into;
  };
  return {
    plan: (name, { skip, times }) => {
      const { vendor, route = '*', where, ...fault } = rules[name];
      const narrowed = where === undefined ? {} : { where };
      emulators[vendor].faults.add({
        route,
        ...narrowed,
        name,
        call: skip + 1,
        times,
        kind: fault as Exclude<FaultOrder['kind'], string>,
      });
    },
    clear: () => {
      count(earlier);
      for (const plan of plans) plan.finish();
    },
    struck: () => count({ ...earlier }),
  };
};
