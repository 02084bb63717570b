import type { ConnectionId, Instant } from '@turn-lever/core/ids';
import { linkLasts, toEmail } from '@turn-lever/core/people';
import type { AccountCreation, NewAccount } from '@turn-lever/core/ports/connections';
import { violatedConstraint } from '../at-port.ts';
import type { Database } from '../database.ts';
import { newId } from '../new-id.ts';
import { hashLinkToken, newLinkToken } from '../people/link-token.ts';
import { account } from '../schema/account.ts';
import { connection } from '../schema/connection.ts';
import { oneTimeLink } from '../schema/people/one-time-link.ts';
import { signatureToken } from '../schema/signature-token.ts';
import type { Sealing } from '../seal.ts';
import { hashWebhookKey, newWebhookKey } from './webhook-key.ts';

/** Makes an account with its connection and an invitation for its first Super Admin, or nothing. */
export const createAccount = async (
  { db }: Pick<Database, 'db'>,
  sealing: Sealing,
  given: NewAccount,
  now: Instant,
): Promise<AccountCreation> => {
  const connectionId = newId<ConnectionId>();
  const invitation = newLinkToken();
  const keys = { leverKey: newWebhookKey(), turnKey: newWebhookKey() };
  const values = await connectionValues(sealing, connectionId, keys, given, now);
  const signature = await sealing.seal(given.lever.signatureToken, {
    connectionId,
    column: 'signature_token',
  });
  try {
    return await db.transaction(async (tx) => {
      const [row] = await tx.insert(account).values({ name: given.name }).returning({ id: account.id });
      if (row === undefined) throw new Error('The account was not stored.');
      const accountId = row.id;
      await tx.insert(connection).values({ ...values, accountId });
      await tx.insert(signatureToken).values({ connectionId, sealed: signature, origin: 'pasted' });
      // Not a membership at once: whether the address belongs to whoever signs in with it is shown by the link.
      await tx.insert(oneTimeLink).values({
        tokenHash: hashLinkToken(invitation),
        purpose: 'invitation',
        accountId,
        email: toEmail(given.superAdminEmail),
        role: 'super-admin',
        expiresAt: now + linkLasts.invitation,
      });
      return { kind: 'created', accountId, connectionId, ...keys, invitation };
    });
  } catch (error) {
    if (violatedConstraint(error) === 'connection_lever_account_unique')
      return { kind: 'lever-account-taken' };
    throw error;
  }
};

// The first sweep, at once, mends a grant that is older than it says; this is only for one that nobody uses.
const day = 24 * 3_600_000;

const connectionValues = async (
  sealing: Sealing,
  connectionId: ConnectionId,
  { leverKey, turnKey }: { readonly leverKey: string; readonly turnKey: string },
  { lever, turn, settings }: NewAccount,
  now: Instant,
): Promise<Omit<typeof connection.$inferInsert, 'accountId'>> => {
  const seal = (column: string, text: string) => sealing.seal(text, { connectionId, column });
  return {
    id: connectionId,
    environment: lever.environment,
    // Tokens of some grants do not name the account; then nothing else can collide with it.
    leverAccountId: lever.accountId === '' ? connectionId : lever.accountId,
    leverKeyHash: hashWebhookKey(leverKey),
    turnKeyHash: hashWebhookKey(turnKey),
    leverKeySealed: await seal('lever_key', leverKey),
    turnKeySealed: await seal('turn_key', turnKey),
    turnTokenSealed: await seal('turn_token', turn.token),
    turnTokenSavedAt: now,
    accessTokenSealed: await seal('access_token', lever.accessToken),
    refreshTokenSealed: await seal('refresh_token', lever.refreshToken),
    expiresAt: lever.expiresAt,
    version: 1,
    settings,
    triggerStage: { kind: 'unresolved', name: settings.triggerStage },
    orderingSince: now,
    nextKeepAliveAt: now + day,
  };
};
