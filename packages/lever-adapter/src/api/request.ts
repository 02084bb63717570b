import type { Environment } from '@turn-lever/core/connection';
import type { ConnectionId, Instant } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import type { AccessTokens } from '../oauth/access-token.ts';
import type { LeverEnvironmentConfig } from '../oauth/environments.ts';
import type { Fetch } from '../redirect.ts';
import { type Answer, readAnswer, readRetryAfter, readText } from './answer.ts';
import type { Pace } from './pace.ts';

/** One call to Lever's API. */
export interface LeverCall {
  /** Method and pattern such as `POST /opportunities/:id/notes`; what errors are named after. */
  readonly route: string;
  /** What stands for `:id` and the like. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Carries a call out for one connection; gives the parsed JSON, null where there is none. Throws `PortError`. */
export type Call = (call: LeverCall) => Promise<unknown>;

/** What requests are made with. */
export interface RequestOptions {
  readonly fetch: Fetch;
  readonly tokens: AccessTokens;
  readonly pace: Pace;
  readonly now: () => Instant;
  /** How long one exchange may take from connecting to the last byte, in ms. */
  readonly timeout: number;
  /** Bytes of an answer beyond which it is given up. */
  readonly largestAnswer: number;
}

/**
 * The path of a call. An id that a URL would take for "this folder" or "the one above" leads to another route, so it is
 * answered as Lever would answer an id it does not know.
 */
const pathOf = ({ route, params = {} }: LeverCall): string =>
  route.slice(route.indexOf(' ') + 1).replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name] ?? '';
    if (value === '' || value === '.' || value === '..' || !value.isWellFormed()) {
      throw new PortError('not-found', `No id that Lever could know, for ${route}`, { vendor: 'lever' });
    }
    return encodeURIComponent(value);
  });

const initOf = (call: LeverCall, accessToken: string): RequestInit => {
  const headers = { accept: 'application/json', authorization: `Bearer ${accessToken}` };
  const method = call.route.slice(0, call.route.indexOf(' '));
  return call.body === undefined
    ? { method, headers }
    : {
        method,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(call.body),
      };
};

/**
 * Makes calls to Lever: paced, each bounded in time and size. On 401, where certainly nothing was carried out, once more
 * with a fresh token; nothing else is repeated.
 */
export const createRequests = (options: RequestOptions) => {
  const { fetch, tokens, pace, now } = options;

  /** The answer, or null where none came. The text is needed of a good answer only. */
  const exchange = async (url: string, init: RequestInit): Promise<Answer | null> => {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(options.timeout) });
      const retryAfter = readRetryAfter(response.headers.get('retry-after'), now());
      const text = await readText(response, options.largestAnswer).catch(() => null);
      return { status: response.status, text, retryAfter };
    } catch {
      // Neither the address nor anything of the request may end up in a log, so the cause goes nowhere.
      return null;
    }
  };

  const sendOnce = async (
    connectionId: ConnectionId,
    config: LeverEnvironmentConfig,
    call: LeverCall,
    accessToken: string,
  ): Promise<Answer> => {
    const path = pathOf(call);
    const query = new URLSearchParams();
    for (const [name, value] of call.query ?? []) query.append(name, value);
    const url = `${config.apiUrl}${path}${query.size === 0 ? '' : `?${query}`}`;
    const init = initOf(call, accessToken);
    await pace.take(connectionId);
    const answer = await exchange(url, init);
    if (answer === null) {
      throw new PortError('unavailable', `Lever gave no answer to ${call.route}`, { vendor: 'lever' });
    }
    if (answer.status === 429) pace.slowDown(connectionId, answer.retryAfter);
    else pace.carryOn(connectionId);
    return answer;
  };

  return {
    /** Carries out one call of a connection. Throws `PortError`. */
    send: async (
      connectionId: ConnectionId,
      environment: Environment,
      config: LeverEnvironmentConfig,
      call: LeverCall,
    ): Promise<unknown> => {
      const accessToken = await tokens.get(connectionId, environment);
      let answer = await sendOnce(connectionId, config, call, accessToken);
      if (answer.status === 401) {
        const fresh = await tokens.get(connectionId, environment, { refused: accessToken });
        answer = await sendOnce(connectionId, config, call, fresh);
      }
      return readAnswer(call.route, answer);
    },
  };
};
