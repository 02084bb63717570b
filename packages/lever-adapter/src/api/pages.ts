import { PortError } from '@turn-lever/core/ports/port-error';
import { type ZodType, z } from 'zod';
import { readShape } from './answer.ts';
import type { Call, LeverCall } from './request.ts';

/** How a list is read. */
export interface PageLimits {
  /** Entries per page, 1 to 100. */
  readonly perPage: number;
  readonly pages: number;
  /** Whether a list that goes on after the last page may be cut there; otherwise `unavailable` is thrown. */
  readonly mayBeCut: boolean;
}

const everything: PageLimits = { perPage: 100, pages: 50, mayBeCut: false };

/**
 * Reads a list page by page. The token for the next page comes percent-encoded and is encoded again on the way, as all
 * working clients do (`lever-api.md` §4.0); a missing `hasNext` means no. Where Lever refuses a token, as it does when
 * the list has changed under it, the list is read from its start, once. A record that does not fit is left out, so that
 * one odd record cannot hide all others for ever; where none of several fits, `unavailable` is thrown.
 */
export const readPages = async <Entry>(
  call: Call,
  list: LeverCall,
  entry: ZodType<Entry>,
  limits: PageLimits = everything,
): Promise<readonly Entry[]> => {
  const schema = z.object({
    data: z.array(z.unknown()),
    hasNext: z.boolean().nullish(),
    next: z.string().nullish(),
  });

  const readPage = async (offset: string | null) => {
    const query = [...(list.query ?? []), ['limit', String(limits.perPage)] as const];
    if (offset !== null) query.push(['offset', offset]);
    const { data, ...rest } = readShape(list.route, schema, await call({ ...list, query }));
    const entries = data
      .map((one) => entry.safeParse(one))
      .flatMap((read) => (read.success ? [read.data] : []));
    if (entries.length === 0 && data.length > 1) readShape(list.route, z.array(entry), data);
    return { entries, ...rest };
  };

  const readAll = async (mayRestart: boolean): Promise<readonly Entry[]> => {
    const entries: Entry[] = [];
    let offset: string | null = null;
    for (let read = 0; read < limits.pages; read += 1) {
      try {
        const page = await readPage(offset);
        const { hasNext, next } = page;
        entries.push(...page.entries);
        if (hasNext !== true) return entries;
        if (typeof next !== 'string' || next === '' || next === offset) {
          throw failure(`Lever says that ${list.route} goes on but not where`);
        }
        offset = next;
      } catch (error) {
        const isTokenRefused = error instanceof PortError && error.code === 'rejected' && offset !== null;
        if (!isTokenRefused) throw error;
        if (!mayRestart) throw failure(`Lever refused its own page token for ${list.route} twice`);
        return readAll(false);
      }
    }
    if (limits.mayBeCut) return entries;
    throw failure(`${list.route} has more than ${limits.pages} pages`);
  };

  return readAll(true);
};

const failure = (message: string): PortError => new PortError('unavailable', message, { vendor: 'lever' });
