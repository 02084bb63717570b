import type { Setup } from '@turn-lever/core/ports/setup';
import type { Database } from '../database.ts';
import type { Sealing } from '../seal.ts';
import { createReadSetup } from './read-setup.ts';
import { createSaveSecrets } from './save-secrets.ts';
import { createSaveSettings } from './save-settings.ts';

/** Settings and secrets in the connection's row and the table of signature tokens; secrets sealed. */
export const createSetup = (
  { db }: Pick<Database, 'db'>,
  { sealing }: { readonly sealing: Sealing },
): Setup => ({
  ...createReadSetup(db, sealing),
  ...createSaveSettings(db),
  ...createSaveSecrets(db, sealing),
});
