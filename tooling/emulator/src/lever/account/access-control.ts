import { neededScopes } from '../oauth/scopes.ts';
import type { AccountState } from '../state/account-state.ts';
import type { User } from '../state/user.ts';
import type { LeverWorld } from '../world.ts';

/** An authorization as it stands after the browser has been through the OAuth flow. */
export interface GrantedAccess {
  accessToken: string;
  /** Empty when `offline_access` was not among the scopes. */
  refreshToken: string;
  /** ms since the epoch. */
  expiresAt: number;
  userId: string;
  scopes: string[];
}

/** One authorization as Settings lists it. */
export interface AuthorizedApp {
  clientId: string;
  userId: string;
  scopes: string[];
  /** ms since the epoch. */
  createdAt: number;
  /** False once revoked, or once its refresh tokens are spent. */
  isActive: boolean;
}

/** What a Super Admin does on Settings > Integrations and API > Authorized Apps. */
export interface AccessControl {
  /** Seeds an authorization. Default: what lever-api.md §2.2 calls needed, for the emulator's own client and API. */
  createGrant(options?: {
    scopes?: readonly string[];
    clientId?: string;
    userId?: string;
    audience?: string;
  }): GrantedAccess;
  /** Revoke Access: refresh answers 403 `invalid_grant`; the API answers 401 at once unless the tokens are left to expire. */
  revokeAccess(options?: { accessTokensStayValid?: boolean }): void;
  /** The API answers 401 to every access token given out so far; refreshing still works. */
  expireAccessTokens(): void;
  authorizedApps(): AuthorizedApp[];
  users(): User[];
  /** From now on `perform_as` with this user is refused. */
  deactivateUser(userId: string): void;
}

export function accessControl(world: LeverWorld, state: AccountState): AccessControl {
  const admin = () =>
    state.users.find((user) => user.accessRole === 'super admin' && user.deactivatedAt === null);
  return {
    createGrant(options = {}) {
      const userId = options.userId ?? admin()?.id;
      if (userId === undefined) throw new Error('The emulated account has no active Super Admin.');
      const { grant, tokens } = world.grants.create({
        accountId: state.id,
        userId,
        clientId: options.clientId ?? world.clientId,
        scopes: [...(options.scopes ?? neededScopes)],
        audience: options.audience ?? world.audience(),
      });
      return { ...tokens, refreshToken: tokens.refreshToken ?? '', userId, scopes: [...grant.scopes] };
    },
    revokeAccess: (options = {}) =>
      world.grants.revokeAccount(state.id, { accessTokensStayValid: options.accessTokensStayValid ?? false }),
    expireAccessTokens: () => world.grants.expireAccessTokens(state.id),
    authorizedApps: () =>
      world.grants.ofAccount(state.id).map(({ clientId, userId, scopes, createdAt, refreshable }) => ({
        clientId,
        userId,
        scopes: [...scopes],
        createdAt,
        isActive: refreshable,
      })),
    users: () => state.users.map((user) => ({ ...user })),
    deactivateUser(userId) {
      const user = state.users.find(({ id }) => id === userId);
      if (user === undefined) throw new Error(`The emulated account has no user "${userId}".`);
      user.deactivatedAt = world.now();
    },
  };
}
