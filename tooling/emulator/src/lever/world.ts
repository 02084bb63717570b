import type { VendorServer } from '../http/vendor-server.ts';
import type { Grants } from './oauth/grants.ts';
import type { AccountState } from './state/account-state.ts';
import type { Courier } from './webhooks/courier.ts';

/** What every part of the emulated Lever works on. */
export interface LeverWorld {
  readonly now: () => number;
  readonly accounts: Map<string, AccountState>;
  readonly grants: Grants;
  readonly courier: Courier;
  readonly server: VendorServer;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Null: any redirect URI is taken as registered. */
  readonly redirectUris: readonly string[] | null;
  /** The server's origin; empty until it listens. */
  url: () => string;
  /** The API's audience, with its trailing slash. */
  audience: () => string;
}
