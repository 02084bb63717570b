import type { Environment, LeverPermission } from '../connection.ts';
import type { AccountId, ConnectionId, Instant } from '../ids.ts';

/** Somebody on the way to Lever, to authorize us there. Holds a secret: memory only. */
export interface AuthorizationRequest {
  readonly sessionId: string;
  readonly personId: string;
  readonly accountId: AccountId;
  readonly connectionId: ConnectionId;
  readonly environment: Environment;
  /** What is asked for. */
  readonly permissions: readonly LeverPermission[];
  /** Proves at the exchange that it is us who asked (PKCE). */
  readonly codeVerifier: string;
  /** The page of ours where it began. */
  readonly returnTo: string;
  readonly expiresAt: Instant;
}

/** Who is on the way to Lever, each found by a `state` that is kept as a hash. Throws `PortError` `unavailable`. */
export interface AuthorizationRequests {
  /**
   * Keeps a request. It takes the place of an earlier one of the same session for the same connection. False where the
   * session is over, or the person or connection is not there: nothing is kept.
   */
  begin(state: string, request: AuthorizationRequest, now: Instant): Promise<boolean>;
  /** Takes a request out, once, whoever asks; null where there is none (any more), or it is too old. */
  take(state: string, now: Instant): Promise<AuthorizationRequest | null>;
}
