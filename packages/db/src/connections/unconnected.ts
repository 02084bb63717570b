import type { Environment } from '@turn-lever/core/connection';
import type { AccountId, ConnectionId, Instant } from '@turn-lever/core/ids';
import type { TriggerStage } from '@turn-lever/core/ordering/stage-rule';
import type { Settings } from '@turn-lever/core/settings';
import { newId } from '../new-id.ts';
import type { connection } from '../schema/connection.ts';
import type { Sealing } from '../seal.ts';
import { hashWebhookKey, newWebhookKey } from './webhook-key.ts';

/** An id for a connection, with new webhook keys, hashed and sealed. */
export type SealedKeys = Pick<
  typeof connection.$inferInsert,
  'leverKeyHash' | 'turnKeyHash' | 'leverKeySealed' | 'turnKeySealed'
> & { readonly id: ConnectionId };

/** Makes keys for a connection to come. */
export const sealNewKeys = async (sealing: Sealing): Promise<SealedKeys> => {
  const id = newId<ConnectionId>();
  const [leverKey, turnKey] = [newWebhookKey(), newWebhookKey()];
  return {
    id,
    leverKeyHash: hashWebhookKey(leverKey),
    turnKeyHash: hashWebhookKey(turnKey),
    leverKeySealed: await sealing.seal(leverKey, { connectionId: id, column: 'lever_key' }),
    turnKeySealed: await sealing.seal(turnKey, { connectionId: id, column: 'turn_key' }),
  };
};

/** The row of a connection that nobody has authorized yet: it takes deliveries in and does nothing by itself. */
export const toUnconnected = (
  keys: SealedKeys,
  given: {
    readonly accountId: AccountId;
    readonly environment: Environment;
    readonly settings: Settings;
    readonly triggerStage: Pick<TriggerStage, 'name'>;
  },
  now: Instant,
): typeof connection.$inferInsert => ({
  ...keys,
  accountId: given.accountId,
  environment: given.environment,
  // Until Lever names one; nothing else can collide with it.
  leverAccountId: keys.id,
  // Whom to write as is a user of the Lever account that was connected before.
  settings: { ...given.settings, performAs: null },
  // Ids are of that account too; the name is looked up once Lever is connected.
  triggerStage: { kind: 'unresolved', name: given.triggerStage.name },
  orderingSince: now,
  leverHealth: 'not-connected',
  turnHealth: 'not-connected',
  nextSweepAt: null,
});
