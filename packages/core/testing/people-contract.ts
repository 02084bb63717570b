import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountId, Instant } from '../src/ids.ts';
import type { Role } from '../src/permission.ts';
import type { Connections } from '../src/ports/connections.ts';
import type { LinkGrant, People } from '../src/ports/people.ts';
import { defaultSettings } from '../src/settings.ts';
import { canary } from './canaries.ts';

/** What the contract needs around people. */
export interface PeopleHarness {
  readonly people: People;
  /** Another store, without any account. */
  createEmpty(): Promise<{
    readonly people: People;
    /** Over the same rows. */
    readonly connections: Pick<Connections, 'ofAccount'>;
    close(): Promise<void>;
  }>;
  createAccount(name: string): Promise<AccountId>;
  /** Adds a person without a password, or takes the one with this address; the person's id. */
  addMember(accountId: AccountId, email: string, role: Role): Promise<string>;
  addSession(personId: string): Promise<void>;
  passwordHash(personId: string): Promise<string | null>;
  close(): Promise<void>;
}

const now = Date.UTC(2026, 10, 23, 12);
const later = now + 60_000;

/** What every `People` promises. The harness is made once; each test has accounts of its own. */
export const describePeopleContract = (name: string, createHarness: () => Promise<PeopleHarness>): void => {
  describe(`people: ${name}`, () => {
    let harness: PeopleHarness;
    let people: People;
    let count = 0;
    beforeAll(async () => {
      harness = await createHarness();
      ({ people } = harness);
    });
    afterAll(async () => {
      await harness?.close();
    });
    const anEmail = (): string => {
      count += 1;
      return `person-${count}.${canary.adminEmail}`;
    };
    const anAccount = async (...roles: readonly Role[]) => {
      const accountId = await harness.createAccount('Example Ltd');
      const ids: string[] = [];
      for (const role of roles) ids.push(await harness.addMember(accountId, anEmail(), role));
      const [first = '', second = ''] = ids;
      return { accountId, first, second };
    };
    const makeLink = async (grant: LinkGrant, until: Instant = later) => {
      const made = await people.makeLink(grant, until, now);
      if (made.kind !== 'made') throw new Error(made.why);
      return made;
    };
    const invite = async (accountId: AccountId, email = anEmail(), role: Role = 'admin') => ({
      email,
      ...(await makeLink({ purpose: 'invitation', accountId, email, role })),
    });
    const newcomer = { kind: 'new', name: canary.name, passwordHash: 'hash-1' } as const;

    describe('membership', () => {
      test('tells what a person is in each account, and nothing in others', async () => {
        const { accountId, first } = await anAccount('admin');
        const other = await harness.createAccount('Another Ltd');
        expect(await people.role(accountId, first)).toBe('admin');
        expect(await people.role(other, first)).toBeNull();
        expect(await people.list(other)).toEqual([]);
        const [{ email = '' } = {}] = await people.list(accountId);
        expect(await harness.addMember(other, email, 'team-member')).toBe(first);
        expect(await people.memberships(first)).toEqual([
          { accountId: other, accountName: 'Another Ltd', role: 'team-member' },
          { accountId, accountName: 'Example Ltd', role: 'admin' },
        ]);
      });

      test('a role is changed and a member removed, in that account alone', async () => {
        const { accountId, second } = await anAccount('super-admin', 'admin');
        const { accountId: other } = await anAccount('super-admin');
        expect(await people.changeRole(accountId, second, 'team-member')).toBe('changed');
        expect(await people.role(accountId, second)).toBe('team-member');
        expect(await people.changeRole(other, second, 'super-admin')).toBe('not-found');
        expect(await people.remove(other, second)).toBe('not-found');
        expect(await people.remove(accountId, second)).toBe('changed');
        expect(await people.role(accountId, second)).toBeNull();
      });

      test('the last Super Admin can neither be changed nor removed', async () => {
        const { accountId, first } = await anAccount('super-admin', 'admin');
        expect(await people.changeRole(accountId, first, 'admin')).toBe('last-super-admin');
        expect(await people.remove(accountId, first)).toBe('last-super-admin');
        expect(await people.changeRole(accountId, first, 'super-admin')).toBe('changed');
        expect(await people.role(accountId, first)).toBe('super-admin');
      });

      test('two Super Admins who remove each other at once leave one', async () => {
        const { accountId, first, second } = await anAccount('super-admin', 'super-admin');
        const ends = await Promise.all([
          people.remove(accountId, first),
          people.changeRole(accountId, second, 'admin'),
        ]);
        expect(ends.toSorted()).toEqual(['changed', 'last-super-admin']);
        expect((await people.list(accountId)).some(({ role }) => role === 'super-admin')).toBe(true);
      });

      test('another role ends the sessions of the member, the same one does not', async () => {
        const { accountId, first, second } = await anAccount('super-admin', 'admin');
        for (const personId of [first, second]) await harness.addSession(personId);
        expect(await people.changeRole(accountId, second, 'admin')).toBe('changed');
        expect(await people.endSessions(accountId, second)).toBe(1);
        await harness.addSession(second);
        expect(await people.changeRole(accountId, second, 'super-admin')).toBe('changed');
        expect(await people.changeRole(accountId, first, 'super-admin')).toBe('changed');
        expect(await people.endSessions(accountId, second)).toBe(0);
        expect(await people.endSessions(accountId, first)).toBe(1);
      });

      test.each(['team-member', null] as const)(
        'a Super Admin who becomes %s leaves no open link of the account behind',
        async (role) => {
          const { accountId, first, second } = await anAccount('super-admin', 'super-admin');
          const { accountId: other } = await anAccount('super-admin');
          const links = [
            await invite(accountId),
            await makeLink({ purpose: 'password', accountId, personId: second }),
          ];
          const kept = [
            await invite(other),
            await makeLink({ purpose: 'recovery', accountId, personId: second }),
          ];
          for (const { token } of links) expect(await people.readLink(token, now)).not.toBeNull();
          const end =
            role === null
              ? await people.remove(accountId, first)
              : await people.changeRole(accountId, first, role);
          expect(end).toBe('changed');
          for (const { token } of links) expect(await people.readLink(token, now)).toBeNull();
          for (const { token } of kept) expect(await people.readLink(token, now)).not.toBeNull();
        },
      );

      test('a link that somebody makes while they are removed or demoted does not outlive it', async () => {
        for (const role of ['admin', null] as const) {
          const { accountId, first, second } = await anAccount('super-admin', 'super-admin');
          const grant = { purpose: 'password', accountId, personId: second } as const;
          const make = () => people.makeLink(grant, later, now, first);
          const [, ...made] = await Promise.all([
            role === null ? people.remove(accountId, first) : people.changeRole(accountId, first, role),
            ...[1, 2, 3, 4].map(make),
          ]);
          for (const link of [...made, await make()])
            expect(link.kind === 'made' ? await people.readLink(link.token, now) : null).toBeNull();
          expect(await make()).toEqual({ kind: 'refused', why: 'not-found' });
          expect(await people.makeLink(grant, later, now, second)).toMatchObject({ kind: 'made' });
        }
      });

      test("ends a member's sessions, and nobody's of another account", async () => {
        const { accountId, first } = await anAccount('super-admin');
        const { accountId: other } = await anAccount('super-admin');
        await harness.addSession(first);
        await harness.addSession(first);
        expect(await people.endSessions(other, first)).toBeNull();
        expect(await people.endSessions(accountId, first)).toBe(2);
        expect(await people.endSessions(accountId, first)).toBe(0);
      });
    });

    describe('an invitation', () => {
      test('makes a new person a member, with the password given, once', async () => {
        const { accountId } = await anAccount('super-admin');
        const { email, token } = await invite(accountId, ` ${anEmail().toUpperCase()} `);
        expect(token).toMatch(/^[\w-]{43}$/u);
        expect(await people.readLink(token, now)).toEqual({
          purpose: 'invitation',
          accountName: 'Example Ltd',
          email: email.trim().toLowerCase(),
          role: 'admin',
          hasPassword: false,
        });
        const end = await people.join(token, newcomer, now);
        if (end.kind !== 'joined') throw new Error(end.kind);
        expect(end).toMatchObject({ accountId, role: 'admin' });
        expect(await people.role(accountId, end.personId)).toBe('admin');
        expect(await harness.passwordHash(end.personId)).toBe('hash-1');
        expect(await people.readLink(token, now)).toBeNull();
        expect(await people.join(token, newcomer, now)).toEqual({ kind: 'not-found' });
      });

      test('used twice at once makes one member', async () => {
        const { accountId } = await anAccount('super-admin');
        const { token } = await invite(accountId);
        const ends = await Promise.all([1, 2].map(() => people.join(token, newcomer, now)));
        expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['joined', 'not-found']);
        expect(await people.list(accountId)).toHaveLength(2);
      });

      test('does not work when it is over, withdrawn, replaced or guessed', async () => {
        const { accountId } = await anAccount('super-admin');
        const { accountId: other } = await anAccount('super-admin');
        const [over, withdrawn, replaced] = [
          await invite(accountId),
          await invite(accountId),
          await invite(accountId),
        ];
        await invite(accountId, replaced.email, 'team-member');
        expect(await people.withdraw(other, withdrawn.linkId)).toBe(false);
        expect(await people.withdraw(accountId, withdrawn.linkId)).toBe(true);
        expect(await people.withdraw(accountId, withdrawn.linkId)).toBe(false);
        for (const [token, at] of [
          [over.token, later],
          [withdrawn.token, now],
          [replaced.token, now],
          [over.linkId, now],
          ['', now],
        ] as const) {
          expect(await people.readLink(token, at)).toBeNull();
          expect(await people.join(token, newcomer, at)).toEqual({ kind: 'not-found' });
        }
        expect((await people.invitations(accountId, now)).map(({ role }) => role)).toEqual([
          'admin',
          'team-member',
        ]);
        expect(await people.invitations(accountId, later)).toEqual([]);
        expect(await people.invitations(other, now)).toEqual([]);
      });

      test('of somebody with a password asks them to sign in, and is then accepted by nobody else', async () => {
        const { accountId } = await anAccount('super-admin');
        const { accountId: other, first: stranger } = await anAccount('super-admin');
        const { email, token } = await invite(accountId);
        const joined = await people.join(token, newcomer, now);
        const personId = joined.kind === 'joined' ? joined.personId : '';
        const second = await invite(other, email, 'team-member');
        expect(await people.readLink(second.token, now)).toMatchObject({ hasPassword: true });
        const again = { ...newcomer, passwordHash: 'hash-2' };
        expect(await people.join(second.token, again, now)).toEqual({ kind: 'sign-in-first' });
        expect(await harness.passwordHash(personId)).toBe('hash-1');
        const asStranger = { kind: 'signed-in', personId: stranger } as const;
        expect(await people.join(second.token, asStranger, now)).toEqual({ kind: 'other-person' });
        expect(await people.join(second.token, { kind: 'signed-in', personId }, now)).toMatchObject({
          kind: 'joined',
          accountId: other,
          personId,
        });
        expect(await people.role(other, personId)).toBe('team-member');
      });

      test('is not made for a member', async () => {
        const { accountId } = await anAccount('super-admin');
        const [{ email = '' } = {}] = await people.list(accountId);
        const grant = { purpose: 'invitation', accountId, email, role: 'admin' } as const;
        expect(await people.makeLink(grant, later, now)).toEqual({ kind: 'refused', why: 'member-already' });
      });
    });

    describe('a password link', () => {
      test('sets the password and ends all sessions, once', async () => {
        const { accountId, first } = await anAccount('super-admin');
        await harness.addSession(first);
        const { token } = await makeLink({ purpose: 'password', accountId, personId: first });
        expect(await people.readLink(token, now)).toMatchObject({ purpose: 'password' });
        expect(await people.join(token, newcomer, now)).toEqual({ kind: 'not-found' });
        expect(await people.setPassword(token, 'hash-3', later)).toBeNull();
        expect(await people.setPassword(token, 'hash-3', now)).toEqual({
          accountId,
          personId: first,
          role: 'super-admin',
        });
        expect(await harness.passwordHash(first)).toBe('hash-3');
        expect(await people.endSessions(accountId, first)).toBe(0);
        expect(await people.setPassword(token, 'hash-4', now)).toBeNull();
        expect(await people.readLink(token, now)).toBeNull();
      });

      test('is neither made nor works for somebody who belongs to another account too', async () => {
        const { accountId, first } = await anAccount('super-admin');
        const { accountId: other } = await anAccount('super-admin');
        const grant = { purpose: 'password', accountId, personId: first } as const;
        expect(await people.makeLink({ ...grant, accountId: other }, later, now)).toEqual({
          kind: 'refused',
          why: 'not-found',
        });
        const { token } = await makeLink(grant);
        const [{ email = '' } = {}] = await people.list(accountId);
        await harness.addMember(other, email, 'admin');
        expect(await people.readLink(token, now)).toBeNull();
        expect(await people.setPassword(token, 'hash-5', now)).toBeNull();
        expect(await harness.passwordHash(first)).toBeNull();
        expect(await people.makeLink(grant, later, now)).toEqual({
          kind: 'refused',
          why: 'belongs-elsewhere',
        });
      });
    });

    test('a recovery link sets the password of a member of several accounts, once, and ends all sessions', async () => {
      const { accountId, first: personId } = await anAccount('super-admin');
      const { accountId: other } = await anAccount('super-admin');
      const [{ email = '' } = {}] = await people.list(accountId);
      await harness.addMember(other, email, 'super-admin');
      await harness.addSession(personId);
      const { accountId: foreign } = await anAccount('super-admin');
      const refused = await people.makeLink(
        { purpose: 'recovery', accountId: foreign, personId },
        later,
        now,
      );
      expect(refused).toEqual({ kind: 'refused', why: 'not-found' });
      const { token } = await makeLink({ purpose: 'recovery', accountId, personId });
      expect(await people.readLink(token, now)).toEqual({ purpose: 'password', email });
      expect(await people.readLink(token, later)).toBeNull();
      expect(await people.setPassword(token, 'hash-3', now)).toMatchObject({ accountId, personId });
      expect(await people.setPassword(token, 'hash-4', now)).toBeNull();
      expect(await harness.passwordHash(personId)).toBe('hash-3');
      expect(await people.endSessions(accountId, personId)).toBe(0);
      expect(await people.accounts()).toContainEqual({ id: accountId, name: 'Example Ltd' });
    });

    test('a new password ends every open link that would set another', async () => {
      const { accountId, first: personId, second } = await anAccount('super-admin', 'admin');
      const make = (purpose: 'password' | 'recovery', whose: string) =>
        makeLink({ purpose, accountId, personId: whose });
      const [used, left, others] = [
        await make('password', personId),
        await make('recovery', personId),
        await make('password', second),
      ];
      expect(await people.setPassword(used.token, 'hash-7', now)).not.toBeNull();
      expect(await people.readLink(left.token, now)).toBeNull();
      expect(await people.setPassword(left.token, 'hash-8', now)).toBeNull();
      expect(await people.readLink(others.token, now)).not.toBeNull();
    });

    describe('a set-up link', () => {
      test('makes the first account and its Super Admin, and then none works any more', async () => {
        const { people: empty, connections, close } = await harness.createEmpty();
        try {
          const make = () => empty.makeLink({ purpose: 'set-up' }, later, now);
          const [older, made] = [await make(), await make()];
          if (older.kind !== 'made' || made.kind !== 'made') throw new Error('Expected links.');
          const given = {
            accountName: 'First Ltd',
            environment: 'sandbox',
            name: canary.name,
            email: ` ${canary.adminEmail.toUpperCase()}`,
            passwordHash: 'hash-6',
          } as const;
          expect(await empty.setUp(older.token, given, now)).toBeNull();
          expect(await empty.setUp(made.token, given, later)).toBeNull();
          expect(await empty.readLink(made.token, now)).toEqual({ purpose: 'set-up' });
          const ends = await Promise.all([1, 2].map(() => empty.setUp(made.token, given, now)));
          const done = ends.find((end) => end !== null);
          expect(ends.filter((end) => end === null)).toHaveLength(1);
          if (done === undefined || done === null) throw new Error('Expected an account.');
          expect(await empty.list(done.accountId)).toEqual([
            {
              personId: done.personId,
              name: canary.name,
              email: canary.adminEmail,
              role: 'super-admin',
            },
          ]);
          expect(await connections.ofAccount(done.accountId)).toMatchObject([
            {
              environment: 'sandbox',
              lever: 'not-connected',
              turn: 'not-connected',
              settings: defaultSettings,
              disconnectedAt: null,
            },
          ]);
          expect(await make()).toEqual({ kind: 'refused', why: 'account-exists' });
        } finally {
          await close();
        }
      });
    });
  });
};
