import type { Role } from '@turn-lever/core/permission';

/** Lever's names of the roles. */
export const roleWords: Readonly<Record<Role, string>> = {
  'super-admin': 'Super Admin',
  admin: 'Admin',
  'team-member': 'Team Member',
  'limited-team-member': 'Limited Team Member',
};
