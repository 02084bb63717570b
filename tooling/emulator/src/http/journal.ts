import { createHash } from 'node:crypto';

/** One request the emulator received. It is there from the first byte on; the answer's fields are filled in later. */
export interface JournalEntry {
  /** Arrival, in ms since the epoch. */
  at: number;
  method: string;
  /** With the query. */
  path: string;
  /** Method and pattern, such as `POST /v1/opportunities/:id/notes`; `GET (unknown)` for a path nobody serves. */
  route: string;
  /** `null`: no answer was given, or none yet. */
  status: number | null;
  accountId: string | null;
  /** First 12 hex digits of the bearer token's SHA-256; never the token. */
  tokenFingerprint: string | null;
  /** Secrets of OAuth requests are replaced by fingerprints. */
  body: unknown;
  /** The kind of fault that struck this request. */
  fault: string | null;
  /** True when a write was carried out, whether or not its answer arrived. */
  committed: boolean;
}

export interface JournalFilter {
  route?: string;
  method?: string;
  /** Entries that arrived at this time (ms) or later. */
  since?: number;
}

export interface Journal {
  entries(filter?: JournalFilter): JournalEntry[];
  count(route?: string): number;
  clear(): void;
}

/** A journal and the one function that appends to it. */
export function createJournal(): { journal: Journal; append: (entry: JournalEntry) => void } {
  let all: JournalEntry[] = [];
  const entries = (filter: JournalFilter = {}) =>
    all.filter(
      (entry) =>
        (filter.route === undefined || entry.route === filter.route) &&
        (filter.method === undefined || entry.method === filter.method) &&
        (filter.since === undefined || entry.at >= filter.since),
    );
  const journal: Journal = {
    entries,
    count: (route) => entries(route === undefined ? {} : { route }).length,
    clear: () => {
      all = [];
    },
  };
  return { journal, append: (entry) => void all.push(entry) };
}

/** Names a secret without giving it away. */
export function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex').slice(0, 12);
}
