import { toEmail } from '@turn-lever/core/people';
import { can } from '@turn-lever/core/permission';
import type { LinkGrant, LinkRefusal, People } from '@turn-lever/core/ports/people';
import { and, asc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Drizzle } from '../database.ts';
import { account } from '../schema/account.ts';
import { membership } from '../schema/people/membership.ts';
import { oneTimeLink } from '../schema/people/one-time-link.ts';
import { person } from '../schema/people/person.ts';
import { hashLinkToken, newLinkToken } from './link-token.ts';

/** The part of `People` that makes links, lists and ends them. */
export const createLinkMaking = (db: Drizzle): Pick<People, 'makeLink' | 'invitations' | 'withdraw'> => ({
  makeLink: (given, expiresAt, now, madeBy) =>
    atPort(() =>
      db.transaction(async (tx) => {
        const grant = given.purpose === 'invitation' ? { ...given, email: toEmail(given.email) } : given;
        const why = await refusalOf(tx, grant, madeBy);
        if (why !== null) return { kind: 'refused', why };
        const isOver = lte(oneTimeLink.expiresAt, now);
        await tx.delete(oneTimeLink).where(or(isOver, and(isNull(oneTimeLink.usedAt), replacedBy(grant))));
        const token = newLinkToken();
        const [row] = await tx
          .insert(oneTimeLink)
          .values({ ...grant, tokenHash: hashLinkToken(token), expiresAt })
          .returning({ id: oneTimeLink.id });
        if (row === undefined) throw new Error('The link was not stored.');
        return { kind: 'made', linkId: row.id, token };
      }),
    ),
  invitations: (accountId, now) =>
    atPort(async () => {
      const rows = await db
        .select()
        .from(oneTimeLink)
        .where(and(openInvitations(accountId), gt(oneTimeLink.expiresAt, now)))
        .orderBy(asc(oneTimeLink.id));
      return rows.flatMap(({ id, email, role, expiresAt }) =>
        email === null || role === null ? [] : [{ linkId: id, email, role, expiresAt }],
      );
    }),
  withdraw: (accountId, linkId) =>
    atPort(async () => {
      const ended = await db
        .delete(oneTimeLink)
        .where(and(openInvitations(accountId), eq(oneTimeLink.id, linkId)))
        .returning({ id: oneTimeLink.id });
      return ended.length > 0;
    }),
});

const openInvitations = (accountId: Extract<LinkGrant, { purpose: 'invitation' }>['accountId']) =>
  and(
    eq(oneTimeLink.accountId, accountId),
    eq(oneTimeLink.purpose, 'invitation'),
    isNull(oneTimeLink.usedAt),
  );

const replacedBy = (grant: LinkGrant): SQL | undefined => {
  const purpose = eq(oneTimeLink.purpose, grant.purpose);
  if (grant.purpose === 'set-up') return purpose;
  const ofAccount = and(purpose, eq(oneTimeLink.accountId, grant.accountId));
  return grant.purpose === 'invitation'
    ? and(ofAccount, eq(oneTimeLink.email, grant.email))
    : and(ofAccount, eq(oneTimeLink.personId, grant.personId));
};

const refusalOf = async (
  tx: Drizzle,
  grant: LinkGrant,
  madeBy: string | undefined,
): Promise<LinkRefusal | null> => {
  if (grant.purpose === 'set-up') return (await hasAccounts(tx)) ? 'account-exists' : null;
  // Whoever joins meanwhile holds a link and comes for the account's key: for that alone they need not wait.
  await tx
    .select({ id: account.id })
    .from(account)
    .where(eq(account.id, grant.accountId))
    .for('no key update');
  if (madeBy !== undefined) {
    // Under the lock: they may have been removed since they asked.
    const [maker] = await tx
      .select({ role: membership.role })
      .from(membership)
      .where(and(eq(membership.accountId, grant.accountId), eq(membership.personId, madeBy)));
    if (maker === undefined || !can(maker.role, 'manage people')) return 'not-found';
  }
  const isSubject =
    grant.purpose === 'invitation' ? eq(person.email, grant.email) : eq(person.id, grant.personId);
  const memberships = await tx
    .select({ accountId: membership.accountId })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(isSubject);
  const isMember = memberships.some(({ accountId }) => accountId === grant.accountId);
  if (grant.purpose === 'invitation') return isMember ? 'member-already' : null;
  if (!isMember) return 'not-found';
  if (grant.purpose === 'recovery') return null;
  return memberships.length > 1 ? 'belongs-elsewhere' : null;
};

/** Whether there is any account. */
export const hasAccounts = async (tx: Drizzle): Promise<boolean> =>
  (await tx.select({ one: sql`1` }).from(account).limit(1)).length > 0;
