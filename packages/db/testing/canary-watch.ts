import { appendFileSync } from 'node:fs';
import { type CanaryKind, findCanary } from '@turn-lever/core/testing/canaries';
import { encodedTexts } from '@turn-lever/core/testing/encoded-forms';
import postgres from 'postgres';
import { type RunStatement, searchDatabase } from './search-database.ts';

/** What was looked at in a test file. */
export interface CanaryCounts {
  readonly texts: number;
  readonly characters: number;
  readonly databases: number;
  readonly tables: number;
  readonly rows: number;
  /** Canaries where they may stand. */
  readonly allowed: number;
  /** How long databases were searched, in ms. */
  readonly searching: number;
}

/** Looks for canaries in what a program says, answers and stores, and remembers where one was found. */
export interface CanaryWatch {
  /** Looks at a log line, an answer, an output. `source` names it in the message; kinds in `may` are let pass. */
  hear(source: string, text: string, may?: readonly CanaryKind[]): void;
  /** A secret that the program made itself: looked for from now on, in databases and in what is said. */
  keepSecret(secret: string): void;
  /** Looks at all of a database. */
  search(name: string, run: RunStatement): Promise<void>;
  leaks(): readonly string[];
  counts(): CanaryCounts;
}

// Enough to find the place by.
const shownOfLeak = 300;

/** A watch of its own; tests use the one of their file, `canaryWatch`. */
export const createCanaryWatch = (): CanaryWatch => {
  /** With their encoded forms. */
  const secrets = new Set<string>();
  const leaks: string[] = [];
  let counts: CanaryCounts = {
    texts: 0,
    characters: 0,
    databases: 0,
    tables: 0,
    rows: 0,
    allowed: 0,
    searching: 0,
  };
  return {
    hear: (source, text, may = []) => {
      counts = { ...counts, texts: counts.texts + 1, characters: counts.characters + text.length };
      const at = findCanary(text, secrets, may);
      if (at < 0) return;
      const from = Math.max(0, at - shownOfLeak / 2);
      leaks.push(`${source}: … ${text.slice(from, from + shownOfLeak)} …`);
    },
    keepSecret: (secret) => {
      if (!/^[\w-]{16,}$/u.test(secret)) throw new Error('Too short, or not of letters and digits alone.');
      for (const text of encodedTexts(secret)) secrets.add(text);
    },
    search: async (name, run) => {
      const begun = performance.now();
      const { tables, rows, allowed, leaks: found } = await searchDatabase(run, secrets);
      leaks.push(...found.map((place) => `${name}: ${place}`));
      counts = {
        ...counts,
        databases: counts.databases + 1,
        tables: counts.tables + tables,
        rows: counts.rows + rows,
        allowed: counts.allowed + allowed,
        searching: counts.searching + Math.round(performance.now() - begun),
      };
    },
    leaks: () => leaks,
    counts: () => counts,
  };
};

/** The watch of this test file. `canary-setup.ts` fails the file where it found something. */
export const canaryWatch: CanaryWatch = createCanaryWatch();

const searched = new Set<string>();

// Postgres' code for a database that does not exist.
const noDatabase = '3D000';

/** Looks at all of a database of a server. One that a test has dropped or renamed is passed over. */
export const searchServerDatabase = async (watch: CanaryWatch, url: string): Promise<void> => {
  searched.add(url);
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await watch.search(new URL(url).pathname, (statement) => client.unsafe(statement));
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || error.code !== noDatabase) throw error;
  } finally {
    await client.end();
  }
};

/** Whether somebody has looked at it already. */
export const isSearched = (url: string): boolean => searched.has(url);

/** Adds the counts of this test file to those of the run. */
export const writeCounts = (file: string, watch: CanaryWatch): void =>
  appendFileSync(file, `${JSON.stringify(watch.counts())}\n`);
