import type { Environment, LeverPermission } from '../connection.ts';
import type { Instant } from '../ids.ts';
import type { NewGrant } from './grants.ts';

/** What an authorization is begun with and finished with. */
export interface AuthorizationAttempt {
  readonly environment: Environment;
  readonly permissions: readonly LeverPermission[];
  /** Comes back with the person; at least 128 random bits. */
  readonly state: string;
  /** Kept by us; 43 to 128 letters that need no escaping (RFC 7636). */
  readonly codeVerifier: string;
}

/** How a return from Lever ended. Holds secrets: memory only. */
export type AuthorizationAnswer =
  | {
      readonly kind: 'authorized';
      /** Null where the answer holds no refresh token: then `offline` is not among the permissions. */
      readonly grant: NewGrant | null;
      readonly permissions: readonly LeverPermission[];
      /** Empty where the token does not name the account. */
      readonly leverAccountId: string;
      readonly leverUserId: string | null;
      readonly endsAt: Instant;
    }
  /** The person said no, or may not say yes for their organization. */
  | { readonly kind: 'denied' }
  /** The return is not of this attempt, or its code does not work (any more). */
  | { readonly kind: 'refused' }
  /** Lever could not be asked; whether the code is spent is not known. */
  | { readonly kind: 'unavailable' };

/** Authorizations at Lever, given by a person in a browser. */
export interface AtsAuthorization {
  /** Those of Lever's worlds where this installation has an OAuth app, in the order in which they are offered. */
  readonly environments: readonly Environment[];
  /** The address at which a person allows us in. Throws `PortError` `unavailable` where the environment is not offered. */
  begin(attempt: AuthorizationAttempt): Promise<string>;
  /** Turns what Lever sent the person back with into tokens. Never throws. */
  finish(
    attempt: AuthorizationAttempt,
    returned: Readonly<Record<string, string>>,
  ): Promise<AuthorizationAnswer>;
}
