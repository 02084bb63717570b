import { missingPermissions, wantedPermissions } from '../../connecting/lever-permission.ts';
import { setupChecklist } from '../../connecting/setup-checklist.ts';
import type { Connection } from '../../connection.ts';
import type { ConnectionId } from '../../ids.ts';
import type { Connections } from '../../ports/connections.ts';
import type { Setup, SetupState } from '../../ports/setup.ts';
import type { OwnConnection } from './own-connection.ts';

/** How the addresses are made that vendors post to, of a connection's keys. */
export interface WebhookUrls {
  readonly lever: (key: string) => string;
  readonly turn: (key: string) => string;
}

/** Reads everything that the settings page shows; no secret is among it. Null: not the account's. Throws `PortError`. */
export const createReadSettings =
  (ports: {
    readonly own: OwnConnection;
    readonly connections: Pick<Connections, 'read'>;
    readonly setup: Pick<Setup, 'read'>;
    readonly webhookUrls: WebhookUrls;
  }) =>
  async (...given: Parameters<OwnConnection>) => {
    const connection = await ports.own(...given);
    if (connection === null) return null;
    return viewOf(ports.webhookUrls, connection, await readState(ports.setup, connection.id));
  };

/** The state of a connection that is there. */
export const readState = async (
  setup: Pick<Setup, 'read'>,
  connectionId: ConnectionId,
): Promise<SetupState> => {
  const state = await setup.read(connectionId);
  if (state === null) throw new Error(`There is no connection ${connectionId}.`);
  return state;
};

const named = (name: string | null) => (name === null ? null : { name });

const viewOf = (urls: WebhookUrls, connection: Connection, state: SetupState) => ({
  connectionId: connection.id,
  environment: connection.environment,
  disconnectedAt: connection.disconnectedAt,
  revision: connection.settingsRevision,
  changedBy: named(state.settingsChangedBy),
  changedAt: state.settingsChangedAt,
  settings: connection.settings,
  triggerStage: connection.triggerStage,
  orderingSince: connection.orderingSince,
  lever: leverOf(connection, state),
  webhook: {
    url: urls.lever(state.leverKey),
    created: state.createdWebhookIds.length > 0,
    mayCreate: mayCreateWebhook(connection),
    secret:
      state.pastedSecret === null
        ? null
        : { ...state.pastedSecret, savedBy: named(state.pastedSecret.savedBy) },
  },
  turn: {
    state: connection.turn,
    accountName: state.turnAccountName,
    token: state.turnToken === null ? null : { ...state.turnToken, savedBy: named(state.turnToken.savedBy) },
    webhookUrl: urls.turn(state.turnKey),
    webhookSeenAt: connection.turnWebhookSeenAt,
  },
  checklist: setupChecklist(connection, state),
});

const leverOf = (connection: Connection, { authorizedBy }: SetupState) => {
  const { lever, authorization, id, leverAccountId, leverRefreshedAt } = connection;
  const granted = authorization?.permissions ?? [];
  return {
    state: lever,
    /** Null where Lever did not name it: then it cannot be told whether another account of ours has the same. */
    leverAccountId: leverAccountId === id ? null : leverAccountId,
    connectedBy: named(authorizedBy),
    connectedAt: authorization?.at ?? null,
    grantedScopes: granted,
    missingScopes: authorization === null ? [] : missingPermissions(wantedPermissions(false), granted),
    /** Lever's id of the user who consented, to write as. */
    authorizedAs: authorization?.leverUserId ?? null,
    lastUsedAt: leverRefreshedAt,
    endsAt: authorization?.endsAt ?? null,
  };
};

/** Whether we may make webhooks in Lever, as far as we know: of tokens that were handed in Lever alone knows it. */
export const mayCreateWebhook = ({
  lever,
  authorization,
}: Pick<Connection, 'lever' | 'authorization'>): boolean =>
  lever === 'working' && (authorization === null || authorization.permissions.includes('webhooks'));
