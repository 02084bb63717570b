import type { Instant } from '@turn-lever/core/ids';
import { PortError, type PortErrorCode } from '@turn-lever/core/ports/port-error';
import { type ZodType, z } from 'zod';

/** An answer that arrived. */
export interface Answer {
  readonly status: number;
  /** Null where the body could not be read to its end, or is longer than allowed. */
  readonly text: string | null;
  /** What `Retry-After` asks for, in ms; null where it is absent or unreadable. */
  readonly retryAfter: number | null;
}

/** Reads a body of at most `largest` bytes; null where it is longer. Throws where the connection breaks. */
export const readText = async (response: Response, largest: number): Promise<string | null> => {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const bytes of response.body) {
    size += bytes.byteLength;
    if (size > largest) return null;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
};

// An hour at most: whoever asks for more is wrong, or means harm.
const longestWait = 3_600_000;

/** Reads `Retry-After`: whole seconds, or an HTTP date. */
export const readRetryAfter = (header: string | null, now: Instant): number | null => {
  const text = header?.trim() ?? '';
  // `Date.parse` alone would take "-5" for a year.
  const at = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : at - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestWait);
};

const codes: Readonly<Record<number, PortErrorCode>> = {
  400: 'rejected',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  422: 'rejected',
  429: 'rate-limited',
};

// "Gone" and "no access" settle things, so they must be Lever's own word and not that of something in front of it.
const believedByCodeOnly: readonly number[] = [403, 404];

/** Lever's errors are flat: `{ "code": "ResourceNotFound", "message": … }`, `code` from an open set (`lever-api.md` §4.0). */
const leverError = z.object({ code: z.string().min(1) });

const codeOf = ({ status, text }: Answer): PortErrorCode => {
  if (believedByCodeOnly.includes(status) && !leverError.safeParse(parseJson(text)).success)
    return 'unavailable';
  return codes[status] ?? 'unavailable';
};

/** Undefined where the text is no JSON. The parser's own error quotes the text, so it goes nowhere. */
const parseJson = (text: string | null): unknown => {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The JSON of a good answer; null for one without content. Throws `PortError`: what the status says, `unavailable` for
 * any status Lever does not document, for 403 and 404 without an error of Lever's shape, and for a good status whose
 * body is no JSON. A write may have been carried out then.
 */
export const readAnswer = (route: string, answer: Answer): unknown => {
  const { status, text, retryAfter } = answer;
  if (status === 204) return null;
  if (status !== 200 && status !== 201) {
    throw new PortError(codeOf(answer), `Lever answered ${route} with ${status}`, {
      vendor: 'lever',
      retryAfter,
    });
  }
  const json = parseJson(text);
  if (json !== undefined) return json;
  throw new PortError('unavailable', `Lever answered ${route} with ${status} but no readable JSON`, {
    vendor: 'lever',
  });
};

/**
 * Reads an answer by a schema. Throws `PortError` `unavailable` where it does not fit, naming the route and the fields
 * but no value.
 */
export const readShape = <Output>(route: string, schema: ZodType<Output>, json: unknown): Output => {
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const fields = [...new Set(read.error.issues.map(({ path }) => path.filter(isName).join('.')))];
  throw new PortError('unavailable', `Lever answered ${route} in an unknown shape: ${fields.join(', ')}`, {
    vendor: 'lever',
  });
};

const isName = (step: PropertyKey): boolean => typeof step === 'string';

/** Lever wraps what it gives in `data` (`lever-api.md` §4.0). */
export const enveloped = <Schema extends ZodType>(schema: Schema) => z.object({ data: schema });
