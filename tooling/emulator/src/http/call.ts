import type { Answer } from './answer.ts';
import type { JournalEntry } from './journal.ts';

/** One request as a route sees it. */
export interface Call {
  method: string;
  /** Path parameters, percent-decoded once. */
  params: Record<string, string>;
  /** Query parameters, percent-decoded once; repeated ones are kept. */
  query: URLSearchParams;
  /** Parsed JSON or form fields; `undefined` when there was no body. */
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
  /** The journal entry of this request; routes write the account id into it once they know it. */
  entry: JournalEntry;
}

/** A route: changes the state and answers, or throws a `Refusal` having changed nothing. */
export type Handle = (call: Call) => Answer | Promise<Answer>;

/** True for a JSON object, the only kind of body the vendors take. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A path parameter that the route's pattern guarantees. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** The credential of an `Authorization: Bearer …` header, or null. */
export function bearerOf(headers: Call['headers']): string | null {
  const header = headers.authorization;
  const match = typeof header === 'string' ? /^Bearer +(\S+)$/i.exec(header) : null;
  return match?.[1] ?? null;
}
