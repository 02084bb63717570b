import type { ConnectionId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import { createPace, type PaceLimits } from './pace.ts';

/** One call to Turn. `route` names it in errors: the path without ids. `timeout` in ms, for the whole answer. */
export interface TurnCall {
  readonly method: 'GET' | 'POST';
  readonly route: string;
  readonly path: string;
  readonly body?: Readonly<Record<string, string>>;
  readonly timeout: number;
  /** In the place of the connection's own. */
  readonly token?: string;
}

/**
 * How a call ended. `answered`: the whole answer is here; `body` is undefined and `isJson` false where it was empty or
 * no JSON. `not-sent`: nothing left this machine. `lost`: Turn may have acted, its answer did not come in full.
 */
export type TurnReply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: unknown;
      readonly isJson: boolean;
      /** In ms; null where Turn said nothing. */
      readonly retryAfter: number | null;
    }
  | { readonly kind: 'not-sent'; readonly cause: unknown }
  | { readonly kind: 'lost'; readonly cause: unknown };

/** Makes one call. Throws only what getting the token or keeping the pace throws: before anything is sent. */
export type SendToTurn = (connectionId: ConnectionId, call: TurnCall) => Promise<TurnReply>;

/** Where and as whom to call. */
export interface TurnAccess {
  readonly apiUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly tokenOf: (connectionId: ConnectionId) => Promise<string>;
  readonly pace: PaceLimits;
}

// The longest honest answer, an account's package list, is some kilobytes.
const largestAnswer = 1024 * 1024;

/** The one place that talks to Turn: token, pace, timeout, size limit, no redirects. */
export const createSender = ({ apiUrl, fetch, tokenOf, pace }: TurnAccess): SendToTurn => {
  const base = apiUrl.replace(/\/+$/u, '');
  const takeTurn = createPace(pace);

  return async (connectionId, { method, path, body, timeout, token: given }) => {
    const token = given ?? (await tokenOf(connectionId));
    // fetch would quote anything else in its error.
    if (!/^[\x21-\x7e]+$/u.test(token)) {
      throw new PortError('unauthorized', "Turn's token cannot stand in a header.", { vendor: 'turn' });
    }
    await takeTurn(connectionId);
    try {
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // A followed redirect would hand token and candidate to another host.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      });
      const text = await readLimited(response);
      const retryAfter = readRetryAfter(response.headers.get('retry-after'), Date.now());
      return { kind: 'answered', status: response.status, ...parseJson(text), retryAfter };
    } catch (cause) {
      return { kind: isBeforeSending(cause) ? 'not-sent' : 'lost', cause };
    }
  };
};

const readLimited = async (response: Response): Promise<string> => {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > largestAnswer) throw new Error('The answer is larger than 1 MiB.');
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

// The parser's error is dropped: it quotes the text, which may be about a person.
const parseJson = (text: string): { body: unknown; isJson: boolean } => {
  try {
    return { body: JSON.parse(text), isJson: true };
  } catch {
    return { body: undefined, isJson: false };
  }
};

// fetch wraps twice. A chain without an end must not throw from where sending has begun.
const deepestCause = 10;

/** Whether fetch failed while looking up or dialling the host. A timeout of ours may also be later, so it does not count. */
const isBeforeSending = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Error) || depth > deepestCause) return false;
  if (error instanceof AggregateError) {
    return error.errors.length > 0 && error.errors.every((one) => isBeforeSending(one, depth + 1));
  }
  const { code, syscall } = error as Error & { code?: unknown; syscall?: unknown };
  if (syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT') return true;
  return isBeforeSending(error.cause, depth + 1);
};

// Nobody means more than a day; a date in the wrong year must not park a check.
const longestRetryAfter = 24 * 3_600_000;

/** The header `Retry-After` in ms from `now`: seconds or a date. Null where it is missing or unreadable. */
const readRetryAfter = (header: string | null, now: number): number | null => {
  if (header === null || header.trim() === '') return null;
  const wait = /^\s*\d+\s*$/u.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestRetryAfter);
};
