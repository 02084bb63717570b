import type { LeverPermission } from '../connection.ts';

const always: readonly LeverPermission[] = ['offline', 'opportunities', 'stages', 'tags', 'notes'];

/** What a Super Admin is asked to allow in Lever; webhooks only where they want us to make one. */
export const wantedPermissions = (withWebhooks: boolean): readonly LeverPermission[] =>
  withWebhooks ? [...always, 'webhooks'] : always;

/** What was asked for and not allowed: ordering would fail for want of it later. */
export const missingPermissions = (
  wanted: readonly LeverPermission[],
  granted: readonly LeverPermission[],
): readonly LeverPermission[] => wanted.filter((permission) => !granted.includes(permission));
