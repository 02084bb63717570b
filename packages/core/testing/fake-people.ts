import type { AccountId, Instant } from '../src/ids.ts';
import { isLinkOpen, keepsSuperAdmin, toEmail } from '../src/people.ts';
import { can, type Role } from '../src/permission.ts';
import type { LinkGrant, LinkRefusal, LinkUse, MemberChange, People } from '../src/ports/people.ts';
import { defaultSettings } from '../src/settings.ts';
import type { FakeConnections } from './fake-connections.ts';

interface KeptPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  passwordHash: string | null;
  sessions: number;
}

interface KeptLink {
  readonly id: string;
  readonly token: string;
  readonly grant: LinkGrant;
  readonly expiresAt: Instant;
  usedAt: Instant | null;
}

/** People in memory, and what a test needs to drive them. */
export interface FakePeople extends People {
  putAccount(name: string): AccountId;
  putMember(accountId: AccountId, email: string, role: Role): string;
  putSession(personId: string): void;
  passwordHash(personId: string): string | null;
}

const isOfMembers = (grant: LinkGrant, accountId: AccountId): boolean =>
  (grant.purpose === 'invitation' || grant.purpose === 'password') && grant.accountId === accountId;

/** Passes the people contract without a database. */
export const createFakePeople = ({
  connections = { putUnconnected: () => {} },
}: {
  /** Where the connection of a new account goes. */
  readonly connections?: Pick<FakeConnections, 'putUnconnected'>;
} = {}): FakePeople => {
  const accounts = new Map<AccountId, { readonly name: string; readonly roles: Map<string, Role> }>();
  const people = new Map<string, KeptPerson>();
  let links: readonly KeptLink[] = [];
  let count = 0;
  const newId = (what: string): string => {
    count += 1;
    return `${what}-${count}`;
  };
  const rolesIn = (accountId: AccountId): ReadonlyMap<string, Role> =>
    accounts.get(accountId)?.roles ?? new Map();
  const ofEmail = (email: string): KeptPerson | undefined =>
    [...people.values()].find((person) => person.email === toEmail(email));
  const accountsOf = (personId: string): readonly AccountId[] =>
    [...accounts].flatMap(([id, { roles }]) => (roles.has(personId) ? [id] : []));
  const addPerson = (name: string, email: string): KeptPerson => {
    const person = { id: newId('person'), name, email: toEmail(email), passwordHash: null, sessions: 0 };
    people.set(person.id, person);
    return person;
  };
  const addAccount = (name: string): AccountId => {
    const id = newId('account') as AccountId;
    accounts.set(id, { name, roles: new Map() });
    return id;
  };
  const members = (accountId: AccountId) =>
    [...rolesIn(accountId)].map(([personId, role]) => ({ personId, role }));
  const change = (accountId: AccountId, personId: string, role: Role | null): MemberChange => {
    if (!rolesIn(accountId).has(personId)) return 'not-found';
    if (!keepsSuperAdmin(members(accountId), personId, role)) return 'last-super-admin';
    if (rolesIn(accountId).get(personId) === 'super-admin' && role !== 'super-admin')
      links = links.filter(({ grant, usedAt }) => usedAt !== null || !isOfMembers(grant, accountId));
    if (role === null) accounts.get(accountId)?.roles.delete(personId);
    else accounts.get(accountId)?.roles.set(personId, role);
    return 'changed';
  };
  const refusal = (grant: LinkGrant): LinkRefusal | null => {
    if (grant.purpose === 'set-up') return accounts.size > 0 ? 'account-exists' : null;
    const roles = rolesIn(grant.accountId);
    if (grant.purpose === 'invitation') {
      const person = ofEmail(grant.email);
      return person !== undefined && roles.has(person.id) ? 'member-already' : null;
    }
    if (!roles.has(grant.personId)) return 'not-found';
    if (grant.purpose === 'recovery') return null;
    return accountsOf(grant.personId).length > 1 ? 'belongs-elsewhere' : null;
  };
  const same = (one: LinkGrant, other: LinkGrant): boolean => JSON.stringify(one) === JSON.stringify(other);
  const replaces = (given: LinkGrant, kept: LinkGrant): boolean =>
    given.purpose === 'invitation' && kept.purpose === 'invitation'
      ? given.accountId === kept.accountId && given.email === kept.email
      : same(given, kept);
  const open = <Purpose extends LinkGrant['purpose']>(token: string, purpose: Purpose, now: Instant) => {
    const link = links.find((one) => one.token === token && isLinkOpen(one, now));
    return link?.grant.purpose === purpose
      ? { link, grant: link.grant as Extract<LinkGrant, { purpose: Purpose }> }
      : null;
  };

  return {
    async accounts() {
      return [...accounts]
        .map(([id, { name }]) => ({ id, name }))
        .toSorted((one, other) => (one.name < other.name ? -1 : 1));
    },
    async memberships(personId) {
      return accountsOf(personId)
        .map((accountId) => ({
          accountId,
          accountName: accounts.get(accountId)?.name ?? '',
          role: rolesIn(accountId).get(personId) ?? 'limited-team-member',
        }))
        .toSorted((one, other) => (one.accountName < other.accountName ? -1 : 1));
    },
    async role(accountId, personId) {
      return rolesIn(accountId).get(personId) ?? null;
    },
    async list(accountId) {
      return members(accountId)
        .flatMap(({ personId, role }) => {
          const person = people.get(personId);
          return person === undefined ? [] : [{ personId, name: person.name, email: person.email, role }];
        })
        .toSorted((one, other) => (one.email < other.email ? -1 : 1));
    },
    async changeRole(accountId, personId, role) {
      const before = rolesIn(accountId).get(personId);
      const end = change(accountId, personId, role);
      const person = people.get(personId);
      if (end === 'changed' && role !== before && person !== undefined) person.sessions = 0;
      return end;
    },
    async remove(accountId, personId) {
      return change(accountId, personId, null);
    },
    async endSessions(accountId, personId) {
      const person = people.get(personId);
      if (person === undefined || !rolesIn(accountId).has(personId)) return null;
      const ended = person.sessions;
      person.sessions = 0;
      return ended;
    },

    async makeLink(given, expiresAt, _now, madeBy) {
      const grant = given.purpose === 'invitation' ? { ...given, email: toEmail(given.email) } : given;
      const makerRole =
        madeBy === undefined || grant.purpose === 'set-up'
          ? 'super-admin'
          : rolesIn(grant.accountId).get(madeBy);
      const mayMake = makerRole !== undefined && can(makerRole, 'manage people');
      const why = mayMake ? refusal(grant) : 'not-found';
      if (why !== null) return { kind: 'refused', why };
      const id = newId('link');
      const token = `token-of-${id}`.padEnd(43, '0');
      const kept = links.filter((link) => link.usedAt !== null || !replaces(grant, link.grant));
      links = [...kept, { id, token, grant, expiresAt, usedAt: null }];
      return { kind: 'made', linkId: id, token };
    },
    async readLink(token, now) {
      const found = links.find((link) => link.token === token && isLinkOpen(link, now))?.grant;
      if (found === undefined) return null;
      if (found.purpose === 'set-up') return accounts.size === 0 ? { purpose: 'set-up' } : null;
      if (found.purpose === 'password' || found.purpose === 'recovery') {
        const accountIds = accountsOf(found.personId);
        if (!accountIds.includes(found.accountId)) return null;
        if (found.purpose === 'password' && accountIds.length > 1) return null;
        return { purpose: 'password', email: people.get(found.personId)?.email ?? '' };
      }
      const { purpose, accountId, email, role } = found;
      const hasPassword = (ofEmail(email)?.passwordHash ?? null) !== null;
      return { purpose, accountName: accounts.get(accountId)?.name ?? '', email, role, hasPassword };
    },
    async invitations(accountId, now) {
      return links.flatMap(({ id, grant, ...link }) =>
        grant.purpose === 'invitation' && grant.accountId === accountId && isLinkOpen(link, now)
          ? [{ linkId: id, email: grant.email, role: grant.role, expiresAt: link.expiresAt }]
          : [],
      );
    },
    async withdraw(accountId, linkId) {
      const isIt = ({ id, grant, usedAt }: KeptLink) =>
        id === linkId && grant.purpose === 'invitation' && grant.accountId === accountId && usedAt === null;
      const had = links.some(isIt);
      links = links.filter((link) => !isIt(link));
      return had;
    },
    async setUp(
      token,
      { accountName, environment, name, email, passwordHash },
      now,
    ): Promise<LinkUse | null> {
      const found = open(token, 'set-up', now);
      if (found === null || accounts.size > 0) return null;
      found.link.usedAt = now;
      const person = addPerson(name, email);
      person.passwordHash = passwordHash;
      const accountId = addAccount(accountName);
      accounts.get(accountId)?.roles.set(person.id, 'super-admin');
      connections.putUnconnected({ accountId, environment, settings: defaultSettings }, now);
      return { accountId, personId: person.id, role: 'super-admin' };
    },
    async join(token, joining, now) {
      const found = open(token, 'invitation', now);
      if (found === null) return { kind: 'not-found' };
      const { accountId, email, role } = found.grant;
      let person = ofEmail(email);
      if (joining.kind === 'signed-in') {
        if (person?.id !== joining.personId) return { kind: 'other-person' };
      } else {
        if ((person?.passwordHash ?? null) !== null) return { kind: 'sign-in-first' };
        person ??= addPerson(joining.name, email);
        person.passwordHash = joining.passwordHash;
      }
      found.link.usedAt = now;
      const roles = accounts.get(accountId)?.roles;
      if (roles?.has(person.id) === false) roles.set(person.id, role);
      return { kind: 'joined', accountId, personId: person.id, role };
    },
    async setPassword(token, passwordHash, now): Promise<LinkUse | null> {
      const found = open(token, 'password', now) ?? open(token, 'recovery', now);
      if (found === null) return null;
      const { accountId, personId } = found.grant;
      const person = people.get(personId);
      const role = rolesIn(accountId).get(personId);
      if (person === undefined || role === undefined) return null;
      if (found.grant.purpose === 'password' && accountsOf(personId).length > 1) return null;
      found.link.usedAt = now;
      // Whoever chose a password has no use for what would choose another one.
      links = links.filter(
        ({ grant, usedAt }) => usedAt !== null || !('personId' in grant) || grant.personId !== personId,
      );
      person.passwordHash = passwordHash;
      person.sessions = 0;
      return { accountId, personId, role };
    },

    putAccount: addAccount,
    putMember: (accountId, email, role) => {
      const person = ofEmail(email) ?? addPerson('Ada', email);
      accounts.get(accountId)?.roles.set(person.id, role);
      return person.id;
    },
    putSession: (personId) => {
      const person = people.get(personId);
      if (person !== undefined) person.sessions += 1;
    },
    passwordHash: (personId) => people.get(personId)?.passwordHash ?? null,
  };
};
