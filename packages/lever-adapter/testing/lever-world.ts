import type { ConnectionId } from '@turn-lever/core/ids';
import { createFakeGrants, type FakeGrants } from '@turn-lever/core/testing/fake-grants';
import type { LeverAccount } from '@turn-lever/emulator/lever/account/lever-account';
import { createLeverEmulator, type LeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createLeverAts, type LeverAts, type LeverAtsConfig } from '../src/create-lever-ats.ts';

/** An emulated Lever with one connected account, and the adapter aimed at it. */
export interface LeverWorld {
  readonly lever: LeverEmulator;
  readonly account: LeverAccount;
  readonly grants: FakeGrants;
  readonly connectionId: ConnectionId;
  readonly ats: LeverAts;
  /** Connects an account as the OAuth flow does. */
  connect(account: LeverAccount, scopes?: readonly string[]): ConnectionId;
  /** An adapter with the same grants whose API is somewhere else. */
  createAtsAt(apiUrl: string, given?: Partial<LeverAtsConfig>): LeverAts;
  /** Another process: shares nothing with the first but the stored grants. */
  createAts(given?: Partial<LeverAtsConfig>): LeverAts;
  close(): Promise<void>;
}

/** Starts a Lever without rate limit, and an adapter with waits of some ms. `performAs` holds for all connections. */
export const createLeverWorld = async (
  given: Partial<LeverAtsConfig> & { readonly performAs?: string } = {},
): Promise<LeverWorld> => {
  const { performAs = null, ...config } = given;
  const lever = await createLeverEmulator({ rateLimit: 'off', retryDelaysMs: [0] });
  const grants = createFakeGrants({ now: Date.now });
  let connections = 0;

  const createAts = (own: Partial<LeverAtsConfig> = {}): LeverAts => {
    const { apiUrl, authUrl, audience, clientId, clientSecret } = lever;
    return createLeverAts({
      environments: { sandbox: { apiUrl, authUrl, audience, clientId, clientSecret } },
      grants,
      connectionOf: async () => ({ environment: 'sandbox', performAs }),
      pace: { perSecond: 10_000, burst: 1000 },
      ...config,
      ...own,
      times: { look: 5, grace: 20, lease: 2000, refresh: 1000, request: 2000, ...config.times, ...own.times },
    });
  };

  const createAtsAt: LeverWorld['createAtsAt'] = (apiUrl, own = {}) => {
    const { authUrl, audience, clientId, clientSecret } = lever;
    return createAts({
      environments: { sandbox: { apiUrl, authUrl, audience, clientId, clientSecret } },
      ...own,
    });
  };

  const connect: LeverWorld['connect'] = (account, scopes) => {
    connections += 1;
    const connectionId = `connection-${connections}` as ConnectionId;
    const { accessToken, refreshToken, expiresAt } = account.createGrant(
      scopes === undefined ? {} : { scopes },
    );
    grants.put(connectionId, { accessToken, refreshToken, expiresAt, issuedAt: Date.now() });
    return connectionId;
  };

  const account = lever.createAccount();
  const connectionId = connect(account);
  return {
    lever,
    account,
    grants,
    connectionId,
    ats: createAts(),
    connect,
    createAts,
    createAtsAt,
    close: () => lever.close(),
  };
};
