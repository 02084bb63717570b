import type { FaultPlan } from '../http/fault-plan.ts';
import type { Journal } from '../http/journal.ts';
import { createVendorServer } from '../http/vendor-server.ts';
import {
  createTurnAccountState,
  type NewTurnAccount,
  type TurnAccountState,
} from './account/account-state.ts';
import { type AutoAdvance, createProgress } from './account/progress.ts';
import { type TurnAccount, turnAccount } from './account/turn-account.ts';
import { addAccountRoutes } from './api/account-routes.ts';
import { addCheckRoutes } from './api/check-routes.ts';
import { addOrderRoute } from './api/order-route.ts';
import { authenticate, refusal, turnRoutes } from './api/turn-route.ts';
import { addTurnPages } from './pages/turn-pages.ts';

export interface TurnEmulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Time of day in ms; default `Date.now`. Steps of `autoAdvance` use the real clock. */
  now?: () => number;
  /** Default false: checks move only when told to. */
  autoAdvance?: AutoAdvance | false;
}

/** An emulated Turn: API, webhooks and dashboard on one origin. */
export interface TurnEmulator {
  readonly url: string;
  /** Root of the API, `{url}/v1`. */
  readonly apiUrl: string;
  /** Host and port of the dashboard's URLs. */
  readonly dashboardHost: string;
  readonly journal: Journal;
  readonly faults: FaultPlan;
  createAccount(input?: NewTurnAccount): TurnAccount;
  account(id: string): TurnAccount;
  accounts(): TurnAccount[];
  /** Resolves once no webhook is under way and no check is going by itself. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an emulated Turn, written from turn-api.md. */
export async function createTurnEmulator(options: TurnEmulatorOptions = {}): Promise<TurnEmulator> {
  const now = options.now ?? Date.now;
  let url = '';
  const states = new Map<string, TurnAccountState>();
  const accounts = new Map<string, TurnAccount>();
  const server = createVendorServer({
    now,
    headers: {},
    errorBody: (_status, message) => ({ message }),
    unknownRoute: (call) => {
      authenticate(call, states.values());
      throw refusal(404, { message: 'The requested URL was not found on the server.' });
    },
  });
  const progress = createProgress({ now, autoAdvance: options.autoAdvance ?? false });
  const add = turnRoutes(server, () => states.values());
  addAccountRoutes(add);
  addOrderRoute(add, { now, url: () => url, progress });
  addCheckRoutes(add, progress);

  const createAccount = (input: NewTurnAccount = {}) => {
    const state = createTurnAccountState(input);
    const account = turnAccount(state, progress);
    states.set(state.id, state);
    accounts.set(state.id, account);
    return account;
  };
  addTurnPages(server, { url: () => url, accounts: () => [...accounts.values()], createAccount });

  url = await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    apiUrl: `${url}/v1`,
    dashboardHost: new URL(url).host,
    journal: server.journal,
    faults: server.faults,
    createAccount,
    account(id) {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`The emulated Turn has no account "${id}".`);
      return account;
    },
    accounts: () => [...accounts.values()],
    idle: () => progress.idle(),
    async close() {
      await progress.close();
      await server.app.close();
    },
  };
}
