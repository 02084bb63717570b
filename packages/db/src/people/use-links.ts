import { isLinkOpen, type LinkPurpose, toEmail } from '@turn-lever/core/people';
import type { Joining, LinkUse, People } from '@turn-lever/core/ports/people';
import { defaultSettings } from '@turn-lever/core/settings';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import { sealNewKeys, toUnconnected } from '../connections/unconnected.ts';
import type { Drizzle } from '../database.ts';
import { account } from '../schema/account.ts';
import { connection } from '../schema/connection.ts';
import { credential } from '../schema/people/credential.ts';
import { membership } from '../schema/people/membership.ts';
import { oneTimeLink } from '../schema/people/one-time-link.ts';
import { person } from '../schema/people/person.ts';
import { session } from '../schema/people/session.ts';
import type { Sealing } from '../seal.ts';
import { savePassword } from '../sign-in/save-password.ts';
import { hashLinkToken } from './link-token.ts';
import { hasAccounts } from './make-links.ts';

/** The part of `People` that uses links. Whoever is second waits for the link's row and finds it used. */
export const createLinkUses = (
  db: Drizzle,
  sealing: Sealing,
): Pick<People, 'readLink' | 'setUp' | 'join' | 'setPassword'> => ({
  readLink: (token, now) =>
    atPort(async () => {
      const link = await readOpenLink(db, token, now);
      if (link === null) return null;
      if (link.purpose === 'set-up') return (await hasAccounts(db)) ? null : { purpose: 'set-up' };
      if (passwordPurposes.includes(link.purpose)) {
        const member = await memberOf(db, link);
        return member === null ? null : { purpose: 'password', email: member.email };
      }
      const { accountId, email, role } = link;
      if (accountId === null || email === null || role === null) return null;
      const [owner] = await db.select({ name: account.name }).from(account).where(eq(account.id, accountId));
      const invited = await personOf(db, email);
      const hasPassword = invited?.hasPassword ?? false;
      return { purpose: 'invitation', accountName: owner?.name ?? '', email, role, hasPassword };
    }),

  setUp: (token, { accountName, environment, name, email, passwordHash }, now) =>
    atPort(async () => {
      const keys = await sealNewKeys(sealing);
      return db.transaction(async (tx): Promise<LinkUse | null> => {
        // No account may come into being between the look and the insert.
        await tx.execute(sql`lock table ${account} in share row exclusive mode`);
        const link = await takeLink(tx, token, ['set-up'], now);
        if (link === null || (await hasAccounts(tx))) return null;
        await markUsed(tx, link.id, now);
        const [made] = await tx.insert(account).values({ name: accountName }).returning({ id: account.id });
        if (made === undefined) throw new Error('The account was not stored.');
        const personId = await addPerson(tx, name, toEmail(email));
        await savePassword(tx, personId, passwordHash);
        const role = 'super-admin';
        await tx.insert(membership).values({ accountId: made.id, personId, role });
        const beginning = {
          accountId: made.id,
          environment,
          settings: defaultSettings,
          triggerStage: { name: defaultSettings.triggerStage },
        };
        await tx.insert(connection).values(toUnconnected(keys, beginning, now));
        return { accountId: made.id, personId, role };
      });
    }),

  join: (token, joining, now) =>
    atPort(() =>
      db.transaction(async (tx) => {
        const link = await takeLink(tx, token, ['invitation'], now);
        if (link === null || link.accountId === null || link.email === null || link.role === null)
          return { kind: 'not-found' };
        const { accountId, email, role } = link;
        // Two invitations of somebody without a password: the second finds the password of the first.
        await tx.select({ id: person.id }).from(person).where(eq(person.email, email)).for('update');
        const invited = await personOf(tx, email);
        if (joining.kind === 'signed-in' && invited?.id !== joining.personId) return { kind: 'other-person' };
        if (joining.kind === 'new' && invited?.hasPassword === true) return { kind: 'sign-in-first' };
        const personId = await joiner(tx, joining, email, invited?.id ?? null);
        await markUsed(tx, link.id, now);
        await tx.insert(membership).values({ accountId, personId, role }).onConflictDoNothing();
        return { kind: 'joined', accountId, personId, role };
      }),
    ),

  setPassword: (token, passwordHash, now) =>
    atPort(() =>
      db.transaction(async (tx): Promise<LinkUse | null> => {
        const link = await takeLink(tx, token, passwordPurposes, now);
        const member = link === null ? null : await memberOf(tx, link);
        if (link === null || member === null) return null;
        await markUsed(tx, link.id, now);
        const { accountId, personId, role } = member;
        await savePassword(tx, personId, passwordHash);
        await tx.delete(session).where(eq(session.personId, personId));
        return { accountId, personId, role };
      }),
    ),
});

const passwordPurposes: readonly LinkPurpose[] = ['password', 'recovery'];

type LinkRow = typeof oneTimeLink.$inferSelect;

const readOpenLink = async (db: Drizzle, token: string, now: number): Promise<LinkRow | null> => {
  const found = db
    .select()
    .from(oneTimeLink)
    .where(eq(oneTimeLink.tokenHash, hashLinkToken(token)));
  const [link] = await found;
  return link !== undefined && isLinkOpen(link, now) ? link : null;
};

const takeLink = async (
  tx: Drizzle,
  token: string,
  purposes: readonly LinkPurpose[],
  now: number,
): Promise<LinkRow | null> => {
  const hash = eq(oneTimeLink.tokenHash, hashLinkToken(token));
  const [link] = await tx
    .select()
    .from(oneTimeLink)
    .where(and(hash, inArray(oneTimeLink.purpose, [...purposes])))
    .for('update');
  return link !== undefined && isLinkOpen(link, now) ? link : null;
};

const markUsed = (tx: Drizzle, linkId: string, usedAt: number) =>
  tx.update(oneTimeLink).set({ usedAt }).where(eq(oneTimeLink.id, linkId));

const personOf = async (db: Drizzle, email: string) => {
  const [row] = await db
    .select({ id: person.id, password: credential.password })
    .from(person)
    .leftJoin(credential, eq(credential.personId, person.id))
    .where(eq(person.email, email));
  return row === undefined ? null : { id: row.id, hasPassword: row.password !== null };
};

/** The person of a password link, while they belong to its account, and to no other unless it is for recovery. */
const memberOf = async (db: Drizzle, { purpose, accountId, personId }: LinkRow) => {
  if (personId === null) return null;
  const members = await db
    .select({
      accountId: membership.accountId,
      personId: person.id,
      email: person.email,
      role: membership.role,
    })
    .from(membership)
    .innerJoin(person, eq(person.id, membership.personId))
    .where(eq(membership.personId, personId));
  const member = members.find((one) => one.accountId === accountId);
  return purpose === 'recovery' || members.length === 1 ? (member ?? null) : null;
};

const addPerson = async (tx: Drizzle, name: string, email: string): Promise<string> => {
  const [row] = await tx.insert(person).values({ name, email }).returning({ id: person.id });
  if (row === undefined) throw new Error('The person was not stored.');
  return row.id;
};

const joiner = async (
  tx: Drizzle,
  joining: Joining,
  email: string,
  invitedId: string | null,
): Promise<string> => {
  if (joining.kind === 'signed-in') return joining.personId;
  const personId = invitedId ?? (await addPerson(tx, joining.name, email));
  // Known by the address alone so far.
  if (invitedId !== null) await tx.update(person).set({ name: joining.name }).where(eq(person.id, invitedId));
  await savePassword(tx, personId, joining.passwordHash);
  return personId;
};
