import type { LeverPermission } from '@turn-lever/core/connection';

/** What each permission is called at Lever; write includes read (`lever-api.md` §2.2). */
const scopes: Readonly<Record<LeverPermission, string>> = {
  offline: 'offline_access',
  opportunities: 'opportunities:write:admin',
  stages: 'stages:read:admin',
  tags: 'tags:read:admin',
  notes: 'notes:write:admin',
  webhooks: 'webhooks:write:admin',
};

/** The `scope` that asks for permissions. */
export const toScope = (permissions: readonly LeverPermission[]): string =>
  permissions.map((permission) => scopes[permission]).join(' ');

/** The permissions of ours that a granted `scope` holds. */
export const fromScope = (scope: string): readonly LeverPermission[] => {
  const granted = new Set(scope.split(' '));
  return (Object.keys(scopes) as LeverPermission[]).filter((permission) => granted.has(scopes[permission]));
};
