import type { AccountId } from '@turn-lever/core/ids';
import type { Role } from '@turn-lever/core/permission';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { inject } from 'vitest';
import { timesWithoutPolls } from '../quick-times.ts';
import { createWorld, type WorldOptions } from '../world.ts';

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** Invented, and long enough. */
export const goodPassword = 'correct horse battery';

/** A browser with the console open: sends what its pages send, and keeps the cookie. */
export const createBrowser = (url: string) => {
  let cookie: string | null = null;
  const send = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string | null>> = {},
  ): Promise<Answer> => {
    const all: Record<string, string | null> = {
      origin: url,
      'x-turn-lever': 'console',
      'sec-fetch-site': 'same-origin',
      cookie,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const given = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: Object.fromEntries(given) as Record<string, string>,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    for (const line of answer.headers.getSetCookie()) cookie = line.split(';')[0] ?? null;
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  return {
    send,
    cookie: () => cookie,
    setCookie: (given: string | null) => {
      cookie = given;
    },
    query: (path: string, input: unknown = {}) =>
      send('GET', `/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`),
    mutate: (path: string, input: unknown = {}) => send('POST', `/api/trpc/${path}`, input),
    signIn: (email: string, password = goodPassword, headers: Readonly<Record<string, string>> = {}) =>
      send('POST', '/api/auth/sign-in/email', { email, password }, headers),
    signOut: () => send('POST', '/api/auth/sign-out', {}),
  };
};

export type Browser = ReturnType<typeof createBrowser>;

/** The result of a procedure that answered. */
export const resultIn = <Result>({ text }: Answer): Result =>
  (JSON.parse(text) as { result: { data: Result } }).result.data;

/** The program with accounts whose people sign in over HTTP. */
export const createConsoleWorld = async (
  variables: Readonly<Record<string, string>> = {},
  options: Pick<WorldOptions, 'now'> = {},
) => {
  const world = await createWorld({
    databaseUrl: variables.DATABASE_URL ?? (await createDatabase(inject('postgresUrl'))),
    times: timesWithoutPolls,
    variables,
    ...options,
  });
  let people = 0;
  const inviteBy = async (accountId: AccountId, email: string, role: Role): Promise<string> => {
    const now = Date.now();
    const grant = { purpose: 'invitation', accountId, email, role } as const;
    const made = await world.stores().people.makeLink(grant, now + 60_000, now);
    if (made.kind !== 'made') throw new Error(made.why);
    return made.token;
  };
  const join = async (accountId: AccountId, role: Role) => {
    people += 1;
    const email = `person-${people}@example.com`;
    const token = await inviteBy(accountId, email, role);
    const browser = createBrowser(world.url);
    const newcomer = { name: 'Ada Example', password: goodPassword };
    const joined = await browser.mutate('link.acceptInvitation', { token, newcomer });
    if (joined.status !== 200) throw new Error(joined.text);
    const signedIn = await browser.signIn(email);
    if (signedIn.status !== 200) throw new Error(signedIn.text);
    const [row] = await world.ask`select id from person where email = ${email}`;
    return { email, browser, id: String(row?.id) };
  };
  return {
    ...world,
    inviteBy,
    /** Somebody new in an account, signed in. */
    join,
    browser: () => createBrowser(world.url),
    /** A partner's account, connected. */
    partner: async (given: Parameters<typeof world.account>[0] = {}) => {
      const account = await world.account(given);
      const connection = await world.stores().connections.read(account.connectionId);
      if (connection === null) throw new Error('no connection');
      return { ...account, accountId: connection.accountId };
    },
  };
};

export type ConsoleWorld = Awaited<ReturnType<typeof createConsoleWorld>>;
