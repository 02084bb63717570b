import { wantedPermissions } from '@turn-lever/core/connecting/lever-permission';
import { type Answer, type ConsoleWorld, resultIn } from './console-world.ts';

const scopes = [
  'offline_access',
  'opportunities:write:admin',
  'stages:read:admin',
  'tags:read:admin',
  'notes:write:admin',
  'webhooks:write:admin',
];

/** An account whose Super Admin has the settings page open. */
export const openSettings = async (
  world: ConsoleWorld,
  given: Parameters<ConsoleWorld['partner']>[0] = {},
) => {
  const partner = await world.partner({
    ...given,
    settings: { waitBeforeOrdering: 3600, ...given?.settings },
  });
  const { browser, id: personId } = await world.join(partner.accountId, 'super-admin');
  const { accountId, connectionId } = partner;
  const ids = { accountId, connectionId };
  const query = (path: string, input: object = {}) => browser.query(`settings.${path}`, { ...ids, ...input });
  const mutate = (path: string, input: object = {}) =>
    browser.mutate(`settings.${path}`, { ...ids, ...input });
  const view = async () => resultIn<Record<string, never>>(await query('read'));
  return {
    ...partner,
    ids,
    browser,
    personId,
    query,
    mutate,
    /** The kind of what a call answered. */
    kindOf: async (answer: Promise<Answer>) => {
      const { status, text } = await answer;
      return status === 200 ? (JSON.parse(text).result.data.kind as string) : `${status} ${text}`;
    },
    view,
    connection: async () => {
      const connection = await world.stores().connections.read(connectionId);
      if (connection === null) throw new Error('no connection');
      return connection;
    },
    /** Authorizes once more, with or without the permission to make webhooks. */
    authorize: async ({ withWebhooks }: { readonly withWebhooks: boolean }) => {
      const granted = withWebhooks ? scopes : scopes.filter((scope) => !scope.startsWith('webhooks'));
      const { accessToken, refreshToken, expiresAt } = partner.lever.createGrant({ scopes: granted });
      const authorization = {
        environment: 'sandbox' as const,
        leverAccountId: partner.lever.id,
        grant: { accessToken, refreshToken, expiresAt, issuedAt: null },
        personId,
        at: Date.now(),
        permissions: wantedPermissions(withWebhooks),
        leverUserId: 'lever-user-1',
        endsAt: Date.now() + 1_000_000,
      };
      const { connections } = world.stores();
      const kind = await connections.connectLever(connectionId, authorization, Date.now());
      if (kind !== 'connected') throw new Error(kind);
    },
    /** What the audit log says was done, the newest first. */
    audited: async () => await world.stores().auditLog.list(connectionId, 50),
  };
};
