import { performance } from 'node:perf_hooks';
import type { Instant } from '@turn-lever/core/ids';
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { rowsOf } from './rows-of.ts';

/** The time of day as the database has it. */
export interface DatabaseClock {
  /** In ms since 1970; costs no query. */
  readonly now: () => Instant;
  stop(): void;
}

// ms. Two clocks drift apart by a few ms in this time.
const askEvery = 60_000;

/**
 * What is due is compared with the database's clock, so what makes something due must not be reckoned by another: a
 * machine an hour fast would order an hour late. Counts on from the database's time with a clock that nobody sets, and
 * asks it again every minute. The embedded database has this process's own clock. Throws what the driver throws, at the
 * start only.
 */
export const startDatabaseClock = async ({
  kind,
  db,
}: Pick<Database, 'kind' | 'db'>): Promise<DatabaseClock> => {
  if (kind === 'embedded') return { now: Date.now, stop: () => {} };
  let origin = 0;
  const ask = async (): Promise<void> => {
    const asked = performance.now();
    const answer = await db.execute(sql`select (extract(epoch from clock_timestamp()) * 1000)::text as ms`);
    const [row] = rowsOf<{ ms: string }>(answer);
    origin = Number(row?.ms) - (asked + performance.now()) / 2;
  };
  await ask();
  // While the database is away the last answer does.
  const timer = setInterval(() => void ask().catch(() => {}), askEvery);
  timer.unref();
  return { now: () => Math.round(origin + performance.now()), stop: () => clearInterval(timer) };
};
