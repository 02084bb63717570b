import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canaryExpression } from '@turn-lever/core/testing/canaries';
import { openEmbedded } from '@turn-lever/db/opening/open-embedded';
import { canaryWatch, searchServerDatabase } from '@turn-lever/db/testing/canary-watch';
import type { LeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createdDatabases } from '@turn-lever/postgres/create-database';

const marked = canaryExpression();

/**
 * Looks for canaries in the database of a world that has ended, embedded or on a server that may end with it. Throws
 * where a person of the emulated Lever could not have been found there.
 */
export const searchWorld = async (
  lever: LeverEmulator,
  {
    dataDirectory,
    databaseUrl,
  }: { readonly dataDirectory: string; readonly databaseUrl: string | undefined },
): Promise<void> => {
  for (const { name, emails, phones } of lever.accounts().flatMap((account) => account.opportunities())) {
    const unmarked = [name, ...emails, ...phones.map(({ value }) => value)].filter(
      (text) => text !== '' && !marked.test(text),
    );
    if (unmarked.length > 0)
      throw new Error(`No canary, take it from core's testing/canaries.ts: ${unmarked}`);
  }
  if (databaseUrl !== undefined) {
    // The way that a test put between may be cut.
    const { pathname } = new URL(databaseUrl);
    const direct = createdDatabases().find((url) => new URL(url).pathname === pathname);
    await searchServerDatabase(canaryWatch, direct ?? databaseUrl);
  } else if (existsSync(join(dataDirectory, 'database'))) {
    const { client, close } = await openEmbedded({ dataDirectory });
    await canaryWatch.search('embedded', async (statement) => (await client.query<never>(statement)).rows);
    await close();
  }
};
