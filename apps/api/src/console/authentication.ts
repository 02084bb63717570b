import { isSessionOver, passwordLength } from '@turn-lever/core/people';
import { PortError } from '@turn-lever/core/ports/port-error';
import { newId } from '@turn-lever/db/new-id';
import type { createAuthStorage } from '@turn-lever/db/sign-in/auth-storage';
import type { Sessions } from '@turn-lever/db/sign-in/sessions';
import { betterAuth } from 'better-auth/minimal';

/** Who is signed in, and since when. */
export interface SignedIn {
  readonly personId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  /** When the password was last given, in ms since 1970. */
  readonly authenticatedAt: number;
}

/** Cookies to be set in the answer, as they stand in its headers. */
type Cookies = readonly string[];

/** Sign-in, sign-out, and who a cookie belongs to. Tokens never leave it but in a cookie. Throws `PortError` `unavailable`. */
export interface Authentication {
  /** Null: the address or the password is not right. The session of `cookie`, if any, ends. */
  signIn(
    given: { readonly email: string; readonly password: string },
    cookie: string | undefined,
  ): Promise<Cookies | null>;
  /** Ends the session in the database, too. */
  signOut(cookie: string | undefined): Promise<Cookies>;
  /** Who it is, read from the database each time. A session in use gets more time, and its cookie with it. */
  read(
    cookie: string | undefined,
  ): Promise<{ readonly signedIn: SignedIn | null; readonly cookies: Cookies }>;
}

// Seconds: without any use, and how exactly that is kept.
const idleFor = 8 * 3600;
const prolongedEvery = 300;

/** better-auth's core for passwords and sessions, and nothing else of it: no route of its own can be reached. */
export const createAuthentication = (config: {
  readonly publicUrl: string;
  readonly secret: string;
  readonly storage: ReturnType<typeof createAuthStorage>;
  readonly sessions: Pick<Sessions, 'end' | 'forgetOver'>;
  readonly now: () => number;
}): Authentication => {
  const { publicUrl, secret, storage, sessions, now } = config;
  const auth = betterAuth({
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: storage,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    user: { modelName: 'person' },
    // Its word for what we call a credential; an account is something else here.
    account: {
      modelName: 'credential',
      fields: { userId: 'personId' },
      accountLinking: { enabled: false },
    },
    session: {
      fields: { userId: 'personId' },
      additionalFields: { confirmedAt: { type: 'date', required: false, input: false } },
      expiresIn: idleFor,
      updateAge: prolongedEvery,
      // A session that was ended must be over at once.
      cookieCache: { enabled: false },
    },
    advanced: {
      // Would put `__Secure-` before the name. The attribute below stands in its place, on every address.
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: '__Host-turn-lever',
          attributes: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' },
        },
      },
      database: { generateId: () => newId() },
      ipAddress: { disableIpTracking: true },
    },
    // Ours counts by address and by the real peer, whoever calls.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // It would write addresses.
    logger: { disabled: true },
  });
  const headersOf = (cookie: string | undefined): Headers =>
    new Headers(cookie === undefined ? {} : { cookie });

  const read: Authentication['read'] = async (cookie) => {
    if (cookie === undefined) return { signedIn: null, cookies: [] };
    const { response, headers } = await auth.api
      .getSession({ headers: headersOf(cookie), returnHeaders: true })
      .catch(throwOwn);
    const cookies = headers.getSetCookie();
    if (response === null) return { signedIn: null, cookies };
    const { id: sessionId, createdAt, expiresAt, confirmedAt } = response.session;
    const { id: personId, name, email } = response.user;
    // Whoever is idle is refused by better-auth already, but by this machine's clock.
    if (isSessionOver({ startedAt: createdAt.getTime(), lastsUntil: expiresAt.getTime() }, now())) {
      await sessions.end(personId, sessionId);
      return { signedIn: null, cookies: [] };
    }
    const authenticatedAt = (confirmedAt ?? createdAt).getTime();
    return { signedIn: { personId, sessionId, name, email, authenticatedAt }, cookies };
  };

  return {
    read,
    signIn: async (body, cookie) => {
      const answer = await auth.api
        .signInEmail({ body, headers: new Headers(), returnHeaders: true })
        .catch((error: unknown) => (isRefusal(error) ? null : throwOwn(error)));
      if (answer === null) return null;
      const { signedIn: before } = await read(cookie);
      if (before !== null) await sessions.end(before.personId, before.sessionId);
      await sessions.forgetOver();
      return answer.headers.getSetCookie();
    },
    signOut: async (cookie) => {
      // better-auth would say that it is done, whether or not the row could be deleted.
      const { signedIn } = await read(cookie);
      if (signedIn !== null) await sessions.end(signedIn.personId, signedIn.sessionId);
      const answer = await auth.api.signOut({ headers: headersOf(cookie), asResponse: true });
      return answer.headers.getSetCookie();
    },
  };
};

const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  'statusCode' in error &&
  typeof error.statusCode === 'number' &&
  error.statusCode < 500;

/** better-auth wraps what its storage throws. */
const throwOwn = (error: unknown): never => {
  const cause = error instanceof Error && error.cause instanceof PortError ? error.cause : error;
  throw cause;
};
