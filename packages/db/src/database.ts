import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { PgBoss } from 'pg-boss';
import type { Tables } from './schema/tables.ts';

/** Drizzle on either driver. */
export type Drizzle = PgDatabase<PgQueryResultHKT, Tables>;

/** Our database: embedded in this process, or a server. Up to date when it is handed out. */
export interface Database {
  /** `embedded`: this process alone has it. */
  readonly kind: 'embedded' | 'server';
  /** Throws `OuterHandleError` when used inside a transaction: there the `tx` must be used. */
  readonly db: Drizzle;
  /**
   * Runs one statement outside any transaction, past drizzle: for what runs so often that a server should keep it
   * planned. Its text must be one of few, its plan good whatever the table's size; `$1` is a text. Throws as `db` does.
   */
  runPrepared<Row>(statement: string, parameters: readonly (string | null)[]): Promise<readonly Row[]>;
  /**
   * Hears notifications of a channel; senders call `pg_notify` in SQL, so a notification comes once its transaction is
   * committed. `onGap` is called after each (re)connection: what was sent before it may have been missed. Answers what
   * ends it.
   */
  listen(
    channel: string,
    onNotify: (payload: string) => void,
    onGap?: () => void,
  ): Promise<() => Promise<void>>;
  /** A pg-boss that is not started yet. Its errors are listened to already: an unheard one would end the process. */
  createQueueClient(onError: (error: unknown) => void): PgBoss;
  /** Whether the database answers and has the schema this program expects. Never throws. */
  isReady(): Promise<boolean>;
  /** Gives everything back. Nothing may be under way. */
  close(): Promise<void>;
}
