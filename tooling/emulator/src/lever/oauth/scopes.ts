/** What Lever's "Use cases" page prescribes for integrations like ours (lever-api.md §2.2). */
export const neededScopes: readonly string[] = [
  'offline_access',
  'opportunities:write:admin',
  'notes:write:admin',
  'stages:read:admin',
  'tags:read:admin',
  'webhooks:write:admin',
];

/** Whether the granted scopes allow it; write includes read (lever-api.md §2.2). */
export function allows(granted: readonly string[], scope: string): boolean {
  return granted.includes(scope) || granted.includes(scope.replace(':read:', ':write:'));
}
