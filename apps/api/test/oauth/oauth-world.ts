import type { Connection } from '@turn-lever/core/connection';
import type { AccountId } from '@turn-lever/core/ids';
import type { LeverAccount } from '@turn-lever/emulator/lever/account/lever-account';
import { type Browser, createConsoleWorld, resultIn } from '../console/console-world.ts';

/** Where somebody stands after Lever sent them back. */
export interface Landing {
  readonly status: number;
  /** The path of the page. */
  readonly page: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
}

/** The program with people who go to Lever and come back, over HTTP all the way. */
export const createOAuthWorld = async (...given: Parameters<typeof createConsoleWorld>) => {
  const world = await createConsoleWorld(...given);
  /** The one connection of an account that is not disconnected. */
  const connectionOf = async (accountId: AccountId): Promise<Connection> => {
    const all = await world.stores().connections.ofAccount(accountId);
    const open = all.filter(({ disconnectedAt }) => disconnectedAt === null);
    const [connection] = open;
    if (connection === undefined || open.length > 1) throw new Error(`${open.length} open connections`);
    return connection;
  };
  /** An account that is connected, and a Super Admin of it. */
  const connected = async () => {
    const partner = await world.partner();
    return { ...partner, superAdmin: await world.join(partner.accountId, 'super-admin') };
  };
  /** An account that is not connected (any more), a Super Admin of it, and a Lever account that is free. */
  const unconnected = async () => {
    const account = await connected();
    await world.stores().connections.disconnect(account.connectionId, Date.now());
    return { ...account, connectionId: (await connectionOf(account.accountId)).id };
  };

  const authorize = async (
    browser: Browser,
    accountId: AccountId,
    given: Readonly<Record<string, unknown>> = {},
  ) =>
    browser.mutate('connection.authorize', {
      accountId,
      connectionId: (await connectionOf(accountId)).id,
      environment: 'sandbox',
      withWebhooks: false,
      returnTo: '/settings',
      ...given,
    });
  /** The address at Lever to which a browser is sent. */
  const start = async (...given: Parameters<typeof authorize>): Promise<string> => {
    const answer = await authorize(...given);
    if (answer.status !== 200) throw new Error(answer.text);
    return resultIn<{ url: string }>(answer).url;
  };
  /** Signs in at Lever and decides; the address that Lever sends the browser to. */
  const decide = (url: string, lever: LeverAccount, decision: 'approve' | 'deny' = 'approve') =>
    world.lever.authorize(url, { accountId: lever.id, decision });
  /** Opens an address as a browser does that comes from another site. */
  const land = async (browser: Browser, address: string): Promise<Landing> => {
    const cookie = browser.cookie();
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'cross-site', ...(cookie === null ? {} : { cookie }) },
    });
    await answer.body?.cancel();
    const location = new URL(answer.headers.get('location') ?? '/none', world.url);
    return {
      status: answer.status,
      page: location.origin === world.url ? location.pathname : location.href,
      query: Object.fromEntries(location.searchParams),
      headers: answer.headers,
    };
  };
  /** All of it: start, Lever, back. */
  const goThrough = async (
    browser: Browser,
    accountId: AccountId,
    lever: LeverAccount,
    given: Readonly<Record<string, unknown>> = {},
  ): Promise<Landing> => land(browser, await decide(await start(browser, accountId, given), lever));

  return { ...world, connected, unconnected, connectionOf, authorize, start, decide, land, goThrough };
};

export type OAuthWorld = Awaited<ReturnType<typeof createOAuthWorld>>;
