import { randomUUID } from 'node:crypto';

/** Somebody who works in Lever (lever-api.md §4.10). */
export interface User {
  id: string;
  name: string;
  email: string;
  accessRole: string;
  createdAt: number;
  /** ms; null while the user may sign in. */
  deactivatedAt: number | null;
}

export interface NewUser {
  id?: string;
  name: string;
  email?: string;
  /** `super admin` (default), `admin`, `team member`, `limited team member`, `interviewer` or a custom role's id. */
  accessRole?: string;
  deactivatedAt?: number | null;
}

export function createUser(input: NewUser, now: number): User {
  const mailbox = input.name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '.');
  return {
    id: input.id ?? randomUUID(),
    name: input.name,
    email: input.email ?? `${mailbox}@example.com`,
    accessRole: input.accessRole ?? 'super admin',
    createdAt: now,
    deactivatedAt: input.deactivatedAt ?? null,
  };
}

/** A Super Admin, a Team Member and somebody who has left. */
export const defaultUsers: readonly NewUser[] = [
  { name: 'Selma Superadmin', accessRole: 'super admin' },
  { name: 'Tim Teammember', accessRole: 'team member' },
  { name: 'Gone Formerly', accessRole: 'admin', deactivatedAt: 1_700_000_000_000 },
];
