import type { AccountId } from '@turn-lever/core/ids';
import { keepsSuperAdmin } from '@turn-lever/core/people';
import type { Role } from '@turn-lever/core/permission';
import type { MemberChange, People } from '@turn-lever/core/ports/people';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { account } from '../schema/account.ts';
import { membership } from '../schema/people/membership.ts';
import { oneTimeLink } from '../schema/people/one-time-link.ts';
import { person } from '../schema/people/person.ts';
import { session } from '../schema/people/session.ts';

const ofMember = (accountId: AccountId, personId: string) =>
  and(eq(membership.accountId, accountId), eq(membership.personId, personId));

/** Of the account, as far as members made them. Whose they are is not kept, so it is all of them. */
const endLinks = (tx: Drizzle, accountId: AccountId) =>
  tx
    .delete(oneTimeLink)
    .where(
      and(
        eq(oneTimeLink.accountId, accountId),
        inArray(oneTimeLink.purpose, ['invitation', 'password']),
        isNull(oneTimeLink.usedAt),
      ),
    );

/** The part of `People` about who belongs to an account. */
export const createMemberships = (
  db: Drizzle,
): Pick<People, 'accounts' | 'memberships' | 'role' | 'list' | 'changeRole' | 'remove' | 'endSessions'> => {
  const readRole = async (accountId: AccountId, personId: string): Promise<Role | null> => {
    const where = ofMember(accountId, personId);
    const [row] = await db.select({ role: membership.role }).from(membership).where(where);
    return row?.role ?? null;
  };

  const change = (accountId: AccountId, personId: string, role: Role | null): Promise<MemberChange> =>
    atPort(() =>
      db.transaction(async (tx): Promise<MemberChange> => {
        // Two Super Admins who remove each other wait for each other here. Whoever joins meanwhile holds a
        // link and comes for the account's key: for that alone they need not wait.
        await tx
          .select({ id: account.id })
          .from(account)
          .where(eq(account.id, accountId))
          .for('no key update');
        const members = await tx
          .select({ personId: membership.personId, role: membership.role })
          .from(membership)
          .where(eq(membership.accountId, accountId));
        const member = members.find((one) => one.personId === personId);
        if (member === undefined) return 'not-found';
        if (!keepsSuperAdmin(members, personId, role)) return 'last-super-admin';
        if (member.role === 'super-admin' && role !== 'super-admin') await endLinks(tx, accountId);
        if (role === null) await tx.delete(membership).where(ofMember(accountId, personId));
        else if (role !== member.role) {
          await tx.update(membership).set({ role }).where(ofMember(accountId, personId));
          await tx.delete(session).where(eq(session.personId, personId));
        }
        return 'changed';
      }),
    );

  return {
    accounts: () =>
      atPort(() =>
        db
          .select({ id: account.id, name: account.name })
          .from(account)
          .orderBy(asc(account.name), asc(account.id)),
      ),
    memberships: (personId) =>
      atPort(() =>
        db
          .select({ accountId: account.id, accountName: account.name, role: membership.role })
          .from(membership)
          .innerJoin(account, eq(account.id, membership.accountId))
          .where(eq(membership.personId, personId))
          .orderBy(asc(account.name), asc(account.id)),
      ),
    role: (accountId, personId) => atPort(() => readRole(accountId, personId)),
    list: (accountId) =>
      atPort(() =>
        db
          .select({ personId: person.id, name: person.name, email: person.email, role: membership.role })
          .from(membership)
          .innerJoin(person, eq(person.id, membership.personId))
          .where(eq(membership.accountId, accountId))
          .orderBy(asc(person.email)),
      ),
    changeRole: (accountId, personId, role) => change(accountId, personId, role),
    remove: (accountId, personId) => change(accountId, personId, null),
    endSessions: (accountId, personId) =>
      atPort(async () => {
        if ((await readRole(accountId, personId)) === null) return null;
        const ended = await db
          .delete(session)
          .where(eq(session.personId, personId))
          .returning({ id: session.id });
        return ended.length;
      }),
  };
};
