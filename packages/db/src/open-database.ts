import type { Database } from './database.ts';
import { openEmbedded } from './opening/open-embedded.ts';
import { openServer } from './opening/open-server.ts';

/**
 * Opens our database and brings its schema up to date: the server at `url` (15 or newer), or without one the embedded
 * database in `dataDirectory`. `poolSize` is for the server (10). Throws `DatabaseHeldError` or `DatabaseTooOldError`,
 * whose messages are for people, and what the driver throws.
 */
export const openDatabase = async (options: {
  readonly url: string | null;
  readonly dataDirectory: string;
  readonly poolSize?: number;
}): Promise<Database> =>
  options.url === null
    ? openEmbedded({ dataDirectory: options.dataDirectory })
    : openServer({ url: options.url, poolSize: options.poolSize ?? 10 });
