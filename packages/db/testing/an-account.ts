import type { ConnectionId } from '@turn-lever/core/ids';
import type { NewAccount } from '@turn-lever/core/ports/connections';
import { defaultSettings } from '@turn-lever/core/settings';
import { canary } from '@turn-lever/core/testing/canaries';
import { createAccount } from '../src/connections/create-account.ts';
import type { Database } from '../src/database.ts';
import { newId } from '../src/new-id.ts';
import { aSealing } from './a-sealing.ts';

/** A production account with a Lever account of its own. */
export const anAccount = (lever: Partial<NewAccount['lever']> = {}): NewAccount => ({
  name: 'Example Ltd',
  superAdminEmail: canary.adminEmail,
  lever: {
    environment: 'production',
    accountId: `lever-account-${newId()}`,
    accessToken: canary.secret('access-token'),
    refreshToken: canary.secret('refresh-token'),
    expiresAt: Date.now() + 3_600_000,
    signatureToken: canary.secret('signature-token'),
    ...lever,
  },
  turn: { token: canary.secret('turn-token') },
  settings: defaultSettings,
});

/** Stores a fresh account; the id of its connection. */
export const storeAccount = async (
  database: Database,
  lever: Partial<NewAccount['lever']> = {},
): Promise<ConnectionId> => {
  const creation = await createAccount(database, aSealing(), anAccount(lever), Date.now());
  if (creation.kind !== 'created') throw new Error('The Lever account is taken.');
  return creation.connectionId;
};
