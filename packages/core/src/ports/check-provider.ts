import type { ConnectionId, TurnId, WorkerId } from '../ids.ts';
import type { OrderRequest } from '../ordering/order-facts.ts';
import type { CheckPackage } from '../ordering/package-tag.ts';
import type { ObservedStatus } from '../status/status-transition.ts';

/** The provider's page of a check, found fit to show or refused with the rule it broke. */
export type ReportUrl =
  | { readonly kind: 'fit'; readonly url: string }
  | {
      readonly kind: 'refused';
      readonly rule: 'not-a-url' | 'not-https' | 'host-not-allowed' | 'has-credentials' | 'too-long';
    }
  | { readonly kind: 'absent' };

/** A check as the provider has it now. */
export interface ObservedCheck {
  readonly workerId: WorkerId;
  /** Null while the provider has not given it one. */
  readonly turnId: TurnId | null;
  readonly status: ObservedStatus;
  readonly reportUrl: ReportUrl;
}

/** How posting an order ended. */
export type OrderOutcome =
  | { readonly kind: 'accepted'; readonly workerId: WorkerId }
  /** Understood and refused for good; `fields` are names of fields, never their values. */
  | { readonly kind: 'refused'; readonly fields: readonly string[] }
  /** Certainly not carried out: safe to post again. `retryAfter` in ms, null where nothing was said. */
  | { readonly kind: 'not-carried-out'; readonly retryAfter: number | null }
  /** The credentials are dead; certainly not carried out. */
  | { readonly kind: 'unauthorized' }
  /** Perhaps carried out: never post again by itself, only look up. */
  | { readonly kind: 'unknown' };

/** The packages an account can order, or that it publishes none. */
export type PackageListing =
  | { readonly kind: 'listed'; readonly packages: readonly CheckPackage[] }
  | { readonly kind: 'not-offered' };

/**
 * The background-check provider. Every method but `order` throws `PortError`: `unauthorized` (the token is dead),
 * `forbidden`, `rejected`, `rate-limited`, `unavailable`.
 */
export interface CheckProvider {
  /** The check that was ordered under a reference of ours; null where the provider knows none. */
  findByReference(connectionId: ConnectionId, referenceId: string): Promise<ObservedCheck | null>;
  /** The check with this id; null where the provider knows none. */
  readCheck(connectionId: ConnectionId, workerId: WorkerId): Promise<ObservedCheck | null>;
  /** Posts one order, once. Never throws: an outcome that is not certain is `unknown`. */
  order(connectionId: ConnectionId, referenceId: string, request: OrderRequest): Promise<OrderOutcome>;
  /** The packages to choose from. */
  listPackages(connectionId: ConnectionId): Promise<PackageListing>;
  /** The name of the account behind the connection's token, or behind another one that is not saved yet. */
  readAccountName(connectionId: ConnectionId, token?: string): Promise<string>;
  /** Sends the candidate's invitation again. `rejected`: accepted already, or never invited; `not-found`: no such check. */
  resendInvitation(connectionId: ConnectionId, turnId: TurnId): Promise<void>;
}
