/**
 * What can go wrong with one request. `commit` says whether the request is carried out before things go wrong
 * (default: it is not).
 */
export type Fault =
  | { kind: 'delay'; ms: number }
  /** The connection is reset before the body is read; the state is untouched. */
  | { kind: 'reset-before-reading' }
  /** The request is carried out, then the connection is reset. */
  | { kind: 'reset-after-committing' }
  /** Answers so without carrying anything out. */
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Carries the request out, then answers so. */
  | { kind: 'status-after-committing'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Carries it out, announces the whole answer, sends half of it and closes. */
  | { kind: 'half-body' }
  /** Carries it out and sends the answer byte by byte. */
  | { kind: 'slow-drip'; intervalMs?: number }
  | { kind: 'html'; commit?: boolean }
  | { kind: 'wrong-json'; commit?: boolean; body?: unknown }
  /** Keeps the connection open and silent until the client gives up. */
  | { kind: 'no-answer'; commit?: boolean };

/** `call` is the n-th matching call from now (1-based, default 1); `times` how many are struck (default 1). */
export type FaultOrder = { route: string; call?: number; times?: number } & (Fault | { kind: Fault });

export interface FiredFault {
  kind: Fault['kind'];
  at: number;
  route: string;
  path: string;
}

export interface FaultPlan {
  /** `route` is a journal route such as `POST /v1/opportunities/:id/notes`, or `*`. Several due faults strike one call each. */
  add(order: FaultOrder): void;
  clear(): void;
  /** The faults that really struck, oldest first; `clear` empties it. */
  readonly fired: readonly FiredFault[];
}

interface Planned {
  route: string;
  call: number;
  left: number;
  seen: number;
  fault: Fault;
}

/** A fault plan, and `take`, which the server asks once for each request. */
export function createFaultPlan(): {
  faults: FaultPlan;
  take: (request: { at: number; route: string; path: string }) => Fault | null;
} {
  let planned: Planned[] = [];
  const fired: FiredFault[] = [];
  const faults: FaultPlan = {
    fired,
    add(order) {
      const fault = typeof order.kind === 'object' ? order.kind : (order as Fault);
      planned.push({ route: order.route, call: order.call ?? 1, left: order.times ?? 1, seen: 0, fault });
    },
    clear() {
      planned = [];
      fired.length = 0;
    },
  };
  const take = (request: { at: number; route: string; path: string }) => {
    const matching = planned.filter((plan) => plan.route === '*' || plan.route === request.route);
    for (const plan of matching) plan.seen += 1;
    const due = matching.find((plan) => plan.left > 0 && plan.seen >= plan.call);
    if (due === undefined) return null;
    due.left -= 1;
    fired.push({ kind: due.fault.kind, ...request });
    return due.fault;
  };
  return { faults, take };
}
