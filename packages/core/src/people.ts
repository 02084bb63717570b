import type { AccountId, Instant } from './ids.ts';
import type { Role } from './permission.ts';

/** Somebody who belongs to an account. */
export interface Member {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** One of the accounts that a person belongs to. */
export interface Membership {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly role: Role;
}

/** Whether an account keeps a Super Admin when a member gets another role; null: when the member is removed. */
export const keepsSuperAdmin = (
  members: readonly Pick<Member, 'personId' | 'role'>[],
  personId: string,
  role: Role | null,
): boolean => members.some((member) => (member.personId === personId ? role : member.role) === 'super-admin');

/** An e-mail address as it is kept and compared. */
export const toEmail = (text: string): string => text.trim().toLowerCase();

/** How long a password may be, in characters. */
export const passwordLength = { min: 12, max: 128 } as const;

/** What a one-time link is for. `recovery` is a new password, too, made by whoever runs the program. */
export type LinkPurpose = 'set-up' | 'invitation' | 'password' | 'recovery';

const hour = 3_600_000;

/** How long a one-time link works, in ms. */
export const linkLasts: Readonly<Record<LinkPurpose, number>> = {
  'set-up': 24 * hour,
  invitation: 7 * 24 * hour,
  password: 24 * hour,
  recovery: 24 * hour,
};

/** Whether a link still works at an instant. It works once. */
export const isLinkOpen = (
  link: { readonly expiresAt: Instant; readonly usedAt: Instant | null },
  now: Instant,
): boolean => link.usedAt === null && now < link.expiresAt;

/** How long somebody counts as recently authenticated, in ms: enough to change roles, secrets and connections. */
const recentFor = 15 * 60_000;

/** Whether a password was given recently enough for what needs it. */
export const isRecent = (authenticatedAt: Instant, now: Instant): boolean =>
  now - authenticatedAt < recentFor;

/** A session lasts no longer than that however much it is used, in ms. */
const sessionLasts = 7 * 24 * hour;

/** Whether a session is over: used for too long, or not used any more until `lastsUntil`. */
export const isSessionOver = (
  session: { readonly startedAt: Instant; readonly lastsUntil: Instant },
  now: Instant,
): boolean => now - session.startedAt >= sessionLasts || now >= session.lastsUntil;
