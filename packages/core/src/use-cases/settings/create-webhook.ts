import type { ConnectionId } from '../../ids.ts';
import type { AtsWebhooks, CreatedAtsWebhook } from '../../ports/ats-webhooks.ts';
import type { Person } from '../../ports/audit-log.ts';
import { PortError } from '../../ports/port-error.ts';
import type { Setup } from '../../ports/setup.ts';
import type { Act, Outcome, Perform } from '../by-person/perform.ts';
import { mayCreateWebhook, readState, type WebhookUrls } from './read-settings.ts';

/**
 * How making a webhook in Lever ended. `exists`: ours is there already. `not-allowed`: Lever was not asked for, or does
 * not give, the permission. `in-progress`: another one is being made. Only `created` left anything behind.
 */
export type WebhookCreation = {
  readonly kind:
    | 'created'
    | 'exists'
    | 'not-allowed'
    | 'not-connected'
    | 'reconnect-needed'
    | 'in-progress'
    | 'unavailable';
};

interface CreatePorts {
  readonly perform: Perform;
  readonly atsWebhooks: AtsWebhooks;
  readonly setup: Pick<Setup, 'read' | 'beginWebhook' | 'giveUpWebhook' | 'saveWebhook'>;
  readonly webhookUrls: Pick<WebhookUrls, 'lever'>;
}

const event = 'candidateStageChange';
// ms. Longer than both tries may take with all their calls.
const lease = 3 * 60_000;

/**
 * Makes the webhook in Lever for a person. Never two: what is there is listed first (`lever-api.md` §3.5). Its token is
 * told once and stored with its id; where it was lost the webhook is deleted and made again, once. Throws `PortError` of
 * our own store, after the webhook is deleted as far as Lever lets us.
 */
export const createCreateWebhook =
  (ports: CreatePorts) =>
  (person: Person, connectionId: ConnectionId): Promise<Outcome<WebhookCreation>> =>
    ports.perform(person, connectionId, 'change secrets', connectionId, async (connection) => ({
      before: {},
      after: { secret: 'webhook created in Lever' },
      act: async (): Promise<Act<WebhookCreation>> => {
        const kind =
          connection.lever === 'working'
            ? mayCreateWebhook(connection)
              ? await createAtMostOne(ports, connectionId, person.id)
              : 'not-allowed'
            : connection.lever;
        return { kind: 'done', result: { kind }, ...(kind !== 'created' && { hadEffect: false as const }) };
      },
    }));

const createAtMostOne = async (
  ports: CreatePorts,
  connectionId: ConnectionId,
  personId: string,
): Promise<WebhookCreation['kind']> => {
  const { atsWebhooks, setup } = ports;
  const state = await readState(setup, connectionId);
  const url = ports.webhookUrls.lever(state.leverKey);
  if (!(await setup.beginWebhook(connectionId, lease))) return 'in-progress';
  let created: CreatedAtsWebhook | null = null;
  let isKept = false;
  try {
    const listed = await atsWebhooks.listWebhooks(connectionId);
    const isVerified = listed.some(
      (webhook) =>
        webhook.url === url && webhook.event === event && state.createdWebhookIds.includes(webhook.id),
    );
    if (isVerified) return 'exists';
    created = await createOrAgain(atsWebhooks, connectionId, url);
    isKept = await setup.saveWebhook(connectionId, created, personId);
    return isKept ? 'created' : 'unavailable';
  } catch (error) {
    if (!(error instanceof PortError) || error.vendor !== 'lever') throw error;
    await deleteOrphans(atsWebhooks, connectionId, url, state.createdWebhookIds);
    if (error.code === 'unauthorized') return 'reconnect-needed';
    return error.code === 'forbidden' ? 'not-allowed' : 'unavailable';
  } finally {
    if (created !== null && !isKept)
      await atsWebhooks.deleteWebhook(connectionId, created.id).catch(() => {});
    // Lapses by itself where this cannot be written either.
    if (!isKept) await setup.giveUpWebhook(connectionId).catch(() => {});
  }
};

/** Once more where the outcome is not known: the second try takes the place of what the first may have made. */
const createOrAgain = async (
  atsWebhooks: AtsWebhooks,
  connectionId: ConnectionId,
  url: string,
): Promise<CreatedAtsWebhook> => {
  try {
    return await atsWebhooks.createWebhook(connectionId, { event, url });
  } catch (error) {
    if (!(error instanceof PortError) || error.code !== 'unavailable') throw error;
    return atsWebhooks.createWebhook(connectionId, { event, url });
  }
};

/** What nobody can verify would only be refused at the door, for ever. As far as Lever lets us. */
const deleteOrphans = async (
  atsWebhooks: AtsWebhooks,
  connectionId: ConnectionId,
  url: string,
  known: readonly string[],
): Promise<void> => {
  try {
    for (const webhook of await atsWebhooks.listWebhooks(connectionId)) {
      const isOrphan = webhook.url === url && webhook.event === event && !known.includes(webhook.id);
      if (isOrphan) await atsWebhooks.deleteWebhook(connectionId, webhook.id);
    }
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
  }
};
