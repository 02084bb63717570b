import type { Instant } from '../../ids.ts';
import { linkLasts, type Member } from '../../people.ts';
import type { Role } from '../../permission.ts';
import { can } from '../../permission.ts';
import type { AuditLog, Person } from '../../ports/audit-log.ts';
import type { Invitation, LinkGrant, LinkRefusal, MemberChange, People } from '../../ports/people.ts';
import { createPerformInAccount } from './perform-in-account.ts';

/** A link just made, to be shown once. */
export interface NewLink {
  readonly linkId: string;
  readonly token: string;
  readonly expiresAt: Instant;
}

type Forbidden = { readonly kind: 'forbidden' };
type NotFound = { readonly kind: 'not-found' };
type LinkEnd =
  | { readonly kind: 'done'; readonly result: NewLink }
  | { readonly kind: 'refused'; readonly why: LinkRefusal };
type ChangeEnd =
  | { readonly kind: 'done'; readonly result: null }
  | NotFound
  | { readonly kind: 'last-super-admin' };

const endOf = (change: MemberChange): ChangeEnd =>
  change === 'changed' ? { kind: 'done', result: null } : { kind: change };

/**
 * What a Super Admin does with the people of their account. Addresses never reach the audit log. Throws `PortError`
 * `unavailable`.
 */
export const createManagePeople = (ports: {
  readonly people: People;
  readonly auditLog: Pick<AuditLog, 'appendOfAccount'>;
  readonly now: () => Instant;
}) => {
  const { people, now } = ports;
  const perform = createPerformInAccount(ports);

  const makeLink = async ({ id }: Person, grant: LinkGrant): Promise<LinkEnd> => {
    const at = now();
    const expiresAt = at + linkLasts[grant.purpose];
    const made = await people.makeLink(grant, expiresAt, at, id);
    if (made.kind === 'refused') return made;
    return { kind: 'done', result: { linkId: made.linkId, token: made.token, expiresAt } };
  };
  const change = async (
    person: Person,
    memberId: string,
    role: Role | null,
    act: () => Promise<MemberChange>,
  ): Promise<ChangeEnd | Forbidden> =>
    perform<ChangeEnd>(person, {
      subject: memberId,
      before: { role: await roleBefore(person, memberId) },
      after: { role },
      withoutEffect: ['not-found', 'last-super-admin'],
      act: async () => endOf(await act()),
    });
  const roleBefore = async ({ accountId, role }: Person, memberId: string): Promise<Role | null> =>
    can(role, 'manage people') ? people.role(accountId, memberId) : null;

  return {
    /** The members and the invitations that wait. */
    list: async ({
      accountId,
      role,
    }: Person): Promise<
      | Forbidden
      | {
          readonly kind: 'done';
          readonly result: {
            readonly members: readonly Member[];
            readonly invitations: readonly Invitation[];
          };
        }
    > => {
      if (!can(role, 'manage people')) return { kind: 'forbidden' };
      const [members, invitations] = [
        await people.list(accountId),
        await people.invitations(accountId, now()),
      ];
      return { kind: 'done', result: { members, invitations } };
    },

    /** Invites somebody in a role; the link takes the place of an earlier one for the address. */
    invite: (person: Person, given: { readonly email: string; readonly role: Role }) =>
      perform<LinkEnd>(person, {
        subject: 'invitation',
        before: {},
        after: { role: given.role },
        withoutEffect: ['refused'],
        act: (accountId) => makeLink(person, { purpose: 'invitation', accountId, ...given }),
      }),

    /** Ends an invitation that nobody has accepted. */
    withdrawInvitation: (person: Person, linkId: string) =>
      perform<{ readonly kind: 'done'; readonly result: null } | NotFound>(person, {
        subject: linkId,
        before: {},
        after: { withdrawn: true },
        withoutEffect: ['not-found'],
        act: async (accountId) =>
          (await people.withdraw(accountId, linkId)) ? { kind: 'done', result: null } : { kind: 'not-found' },
      }),

    /** Gives a member another role, their own included, as long as a Super Admin remains. */
    changeRole: (person: Person, memberId: string, role: Role) =>
      change(person, memberId, role, () => people.changeRole(person.accountId, memberId, role)),

    /** Ends a membership, as long as a Super Admin remains. */
    remove: (person: Person, memberId: string) =>
      change(person, memberId, null, () => people.remove(person.accountId, memberId)),

    /** Signs a member out everywhere; how many sessions. */
    endSessions: (person: Person, memberId: string) =>
      perform<{ readonly kind: 'done'; readonly result: number } | NotFound>(person, {
        subject: memberId,
        before: {},
        after: { sessions: 'ended' },
        withoutEffect: ['not-found'],
        act: async (accountId) => {
          const result = await people.endSessions(accountId, memberId);
          return result === null ? { kind: 'not-found' } : { kind: 'done', result };
        },
      }),

    /** Makes a link by which a member who belongs to no other account sets a new password. */
    makePasswordLink: (person: Person, memberId: string) =>
      perform<LinkEnd>(person, {
        subject: memberId,
        before: {},
        after: { passwordLink: 'made' },
        withoutEffect: ['refused'],
        act: (accountId) => makeLink(person, { purpose: 'password', accountId, personId: memberId }),
      }),
  };
};

/** What a Super Admin does with people. Each takes the Super Admin first. */
export type ManagePeople = ReturnType<typeof createManagePeople>;
