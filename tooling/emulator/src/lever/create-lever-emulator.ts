import { performance } from 'node:perf_hooks';
import type { FaultPlan } from '../http/fault-plan.ts';
import type { Journal } from '../http/journal.ts';
import { createVendorServer } from '../http/vendor-server.ts';
import { type LeverAccount, leverAccount } from './account/lever-account.ts';
import { addAccountRoutes } from './api/account-routes.ts';
import { leverErrorBody, notFound } from './api/errors.ts';
import { authenticate, leverRoutes } from './api/lever-route.ts';
import { addNoteRoutes } from './api/note-routes.ts';
import { addOpportunityRoutes } from './api/opportunity-routes.ts';
import { createTokenBuckets, leverRateLimit, type RateLimit } from './api/token-bucket.ts';
import { addWebhookRoutes } from './api/webhook-routes.ts';
import { createAuthorizationCodes } from './oauth/authorization-codes.ts';
import { addAuthorizeRoutes, clickThrough } from './oauth/authorize-routes.ts';
import { createGrants } from './oauth/grants.ts';
import { addTokenRoutes, withoutSecrets } from './oauth/token-routes.ts';
import { addLeverPages } from './pages/lever-pages.ts';
import { createAccountState, type NewAccount } from './state/account-state.ts';
import { createCourier } from './webhooks/courier.ts';
import type { LeverWorld } from './world.ts';

export interface LeverEmulatorOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Time of day in ms; default `Date.now`. Rate limiting and retry delays use the real clock. */
  now?: () => number;
  /** Default 3600. */
  accessTokenSeconds?: number;
  /** The pause before each delivery attempt, the first one included; default five: 0, 1 s, 5 s, 15 s, 30 s. */
  retryDelaysMs?: number[];
  /** Default 10 a second, bursts to 20, for each client and account; `'off'` lets everything through. */
  rateLimit?: RateLimit | 'off';
  /** The registered redirect URIs; by default any is taken. */
  redirectUris?: string[];
}

/** An emulated Lever: API, authorization server, webhooks and pages on one origin. */
export interface LeverEmulator {
  readonly url: string;
  /** Root of the API, `{url}/v1`. */
  readonly apiUrl: string;
  /** Origin with `/authorize` and `/oauth/token`. */
  readonly authUrl: string;
  /** `{url}/v1/`, with its trailing slash. */
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly journal: Journal;
  readonly faults: FaultPlan;
  createAccount(input?: NewAccount): LeverAccount;
  account(id: string): LeverAccount;
  accounts(): LeverAccount[];
  /**
   * Does what a Super Admin does in the browser with an authorization URL: signs in to the account (default: its
   * first Super Admin) and approves or denies. Gives the address the browser is sent back to.
   */
  authorize(
    authorizeUrl: string,
    choice: { accountId: string; userId?: string; decision?: 'approve' | 'deny' },
  ): Promise<string>;
  /** Resolves once no webhook delivery is under way or waiting for its next attempt. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Starts an emulated Lever, written from lever-api.md. */
export async function createLeverEmulator(options: LeverEmulatorOptions = {}): Promise<LeverEmulator> {
  const now = options.now ?? Date.now;
  let url = '';
  const server = createVendorServer({
    now,
    headers: { server: 'lever-data-api', 'x-lever-region': 'global' },
    errorBody: leverErrorBody,
    journaledBody: withoutSecrets,
    unknownRoute: (call) => {
      authenticate(world, call);
      throw notFound('The requested path was not found');
    },
  });
  const audience = () => `${url}/v1/`;
  const world: LeverWorld = {
    now,
    accounts: new Map(),
    grants: createGrants({
      now,
      accessTokenSeconds: options.accessTokenSeconds ?? 3600,
      audience,
      issuer: () => `${url}/`,
    }),
    courier: createCourier({ now, retryDelaysMs: options.retryDelaysMs ?? [0, 1000, 5000, 15_000, 30_000] }),
    server,
    clientId: 'emulated-client-id',
    clientSecret: 'emulated-client-secret',
    redirectUris: options.redirectUris ?? null,
    url: () => url,
    audience,
  };

  const limit = options.rateLimit ?? leverRateLimit;
  const admit = limit === 'off' ? () => true : createTokenBuckets(limit, () => performance.now());
  const add = leverRoutes(world, admit);
  addOpportunityRoutes(add, world.courier);
  addNoteRoutes(add);
  addWebhookRoutes(add, world.courier);
  addAccountRoutes(add);
  const codes = createAuthorizationCodes(now);
  addAuthorizeRoutes(world, codes);
  addTokenRoutes(world, codes);

  const accounts = new Map<string, LeverAccount>();
  const createAccount = (input: NewAccount = {}) => {
    const state = createAccountState(input, now(), url);
    const account = leverAccount(world, state);
    world.accounts.set(state.id, state);
    accounts.set(state.id, account);
    return account;
  };
  addLeverPages(world, { accounts: () => [...accounts.values()], createAccount });

  url = await server.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });

  const emulator: LeverEmulator = {
    url,
    apiUrl: `${url}/v1`,
    authUrl: url,
    audience: audience(),
    clientId: world.clientId,
    clientSecret: world.clientSecret,
    journal: server.journal,
    faults: server.faults,
    createAccount,
    account(id) {
      const account = accounts.get(id);
      if (account === undefined) throw new Error(`The emulated Lever has no account "${id}".`);
      return account;
    },
    accounts: () => [...accounts.values()],
    async authorize(authorizeUrl, { accountId, userId, decision = 'approve' }) {
      const users = emulator.account(accountId).users();
      const admin = users.find((user) => user.accessRole === 'super admin' && user.deactivatedAt === null);
      return clickThrough(authorizeUrl, { userId: userId ?? admin?.id ?? '', decision });
    },
    idle: () => world.courier.idle(),
    async close() {
      await world.courier.close();
      await server.app.close();
    },
  };
  return emulator;
}
