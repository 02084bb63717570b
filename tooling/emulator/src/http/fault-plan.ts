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
  /** Answers 504 at once, and carries the request out so much later. */
  | { kind: 'late'; ms: number }
  /** Carries it out, announces the whole answer, sends half of it and closes. */
  | { kind: 'half-body' }
  /** Carries it out and sends the answer byte by byte. */
  | { kind: 'slow-drip'; intervalMs?: number }
  | { kind: 'html'; commit?: boolean }
  | { kind: 'wrong-json'; commit?: boolean; body?: unknown }
  /** Keeps the connection open and silent until the client gives up. */
  | { kind: 'no-answer'; commit?: boolean };

/**
 * `call` is the n-th matching call from now (1-based, default 1); `times` how many are struck (default 1). `where` narrows
 * the route down: tried on route and path with a blank between. `name` is told by `fired`.
 */
export type FaultOrder = {
  route: string;
  where?: RegExp;
  call?: number;
  times?: number;
  name?: string;
} & (Fault | { kind: Fault });

export interface FiredFault {
  kind: Fault['kind'];
  at: number;
  route: string;
  path: string;
  name?: string;
}

export interface FaultPlan {
  /** `route` is a journal route such as `POST /v1/opportunities/:id/notes`, or `*`. Several due faults strike one call each. */
  add(order: FaultOrder): void;
  clear(): void;
  /** The faults that really struck, oldest first; `clear` empties it. */
  readonly fired: readonly FiredFault[];
  /**
   * What never struck, or not as often as it was to, in words; of `times: Infinity` one strike is enough. What was
   * cleared before it struck counts too. Clears everything.
   */
  finish(): readonly string[];
}

interface Planned {
  route: string;
  where: RegExp | undefined;
  name: string | undefined;
  call: number;
  times: number;
  struck: number;
  seen: number;
  fault: Fault;
}

const isSpent = ({ times, struck }: Planned): boolean => struck >= (times === Infinity ? 1 : times);

const inWords = ({ route, call, times, struck, seen, fault }: Planned): string =>
  `${fault.kind} on ${route}, from call ${call} on: struck ${struck} of ${times} times, ${seen} calls came`;

/** A fault plan, and `take`, which the server asks once for each request. */
export function createFaultPlan(): {
  faults: FaultPlan;
  take: (request: { at: number; route: string; path: string }) => Fault | null;
} {
  let planned: Planned[] = [];
  let missed: string[] = [];
  const fired: FiredFault[] = [];
  const faults: FaultPlan = {
    fired,
    add(order) {
      const fault = typeof order.kind === 'object' ? order.kind : (order as Fault);
      const { route, where, name, call = 1, times = 1 } = order;
      planned.push({ route, where, name, call, times, struck: 0, seen: 0, fault });
    },
    clear() {
      missed.push(...planned.filter((plan) => !isSpent(plan)).map(inWords));
      planned = [];
      fired.length = 0;
    },
    finish() {
      faults.clear();
      const all = missed;
      missed = [];
      return all;
    },
  };
  const take = (request: { at: number; route: string; path: string }) => {
    const text = `${request.route} ${request.path}`;
    const matching = planned.filter(
      ({ route, where }) => (route === '*' || route === request.route) && (where?.test(text) ?? true),
    );
    for (const plan of matching) plan.seen += 1;
    const due = matching.find((plan) => plan.struck < plan.times && plan.seen >= plan.call);
    if (due === undefined) return null;
    due.struck += 1;
    const named = due.name === undefined ? {} : { name: due.name };
    fired.push({ kind: due.fault.kind, ...request, ...named });
    return due.fault;
  };
  return { faults, take };
}
