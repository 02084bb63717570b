import { expect, test } from 'vitest';
import { createFakeAuditLog } from '../../../testing/fake-audit-log.ts';
import { createFakePeople } from '../../../testing/fake-people.ts';
import type { Person } from '../../ports/audit-log.ts';
import { createManagePeople } from './manage-people.ts';
import { createUseLinks } from './use-links.ts';

const noon = Date.UTC(2026, 10, 23, 12);

const begin = () => {
  let time = noon;
  const now = () => time;
  const people = createFakePeople();
  const auditLog = createFakeAuditLog({ now });
  const accountId = people.putAccount('Example Ltd');
  const ada: Person = {
    id: people.putMember(accountId, 'ada@example.com', 'super-admin'),
    accountId,
    role: 'super-admin',
  };
  const ports = { people, auditLog, now };
  return {
    people,
    ada,
    accountId,
    manage: createManagePeople(ports),
    links: createUseLinks({ ...ports, environment: 'sandbox' }),
    pass: (ms: number) => {
      time += ms;
    },
    audited: async () =>
      (await auditLog.listOfAccount(accountId, 100))
        .toReversed()
        .map(({ action, outcome }) => `${action}: ${outcome}`),
  };
};
const newcomer = { kind: 'new', name: 'Bea Example', passwordHash: 'hash' } as const;

test.each(['admin', 'team-member', 'limited-team-member'] as const)(
  'a person in the role %s may do nothing with people, and leaves no trace',
  async (role) => {
    const { people, accountId, manage, audited } = begin();
    const bea: Person = { id: people.putMember(accountId, 'bea@example.com', role), accountId, role };
    const ends = [
      await manage.list(bea),
      await manage.invite(bea, { email: 'cleo@example.com', role: 'super-admin' }),
      await manage.withdrawInvitation(bea, 'link-1'),
      await manage.changeRole(bea, bea.id, 'super-admin'),
      await manage.remove(bea, bea.id),
      await manage.endSessions(bea, bea.id),
      await manage.makePasswordLink(bea, bea.id),
    ];
    expect(ends).toEqual(ends.map(() => ({ kind: 'forbidden' })));
    expect(await people.role(accountId, bea.id)).toBe(role);
    expect(await audited()).toEqual([]);
  },
);

test('an invitation works for seven days, and everything about it is audited without the address', async () => {
  const { manage, links, ada, people, accountId, pass, audited } = begin();
  const invited = await manage.invite(ada, { email: 'bea@example.com', role: 'admin' });
  if (invited.kind !== 'done') throw new Error(invited.kind);
  expect(invited.result.expiresAt).toBe(noon + 604_800_000);
  pass(604_800_000);
  expect(await links.join(invited.result.token, newcomer)).toEqual({ kind: 'not-found' });
  pass(-1);
  expect(await links.join(invited.result.token, newcomer)).toMatchObject({ kind: 'joined', role: 'admin' });
  expect(await people.list(accountId)).toHaveLength(2);
  expect(await audited()).toEqual(['manage people: begun', 'accept invitation: begun']);
});

test('the last Super Admin can neither step down nor leave, and the audit log says that nothing was done', async () => {
  const { manage, ada, audited } = begin();
  expect(await manage.changeRole(ada, ada.id, 'admin')).toEqual({ kind: 'last-super-admin' });
  expect(await manage.remove(ada, ada.id)).toEqual({ kind: 'last-super-admin' });
  expect(await audited()).toEqual([0, 1].flatMap(() => ['manage people: begun', 'manage people: no-effect']));
});

test('a person of another account is not found', async () => {
  const { manage, ada, people } = begin();
  const other = people.putMember(people.putAccount('Another Ltd'), 'cleo@example.com', 'super-admin');
  expect(await manage.changeRole(ada, other, 'admin')).toEqual({ kind: 'not-found' });
  expect(await manage.remove(ada, other)).toEqual({ kind: 'not-found' });
  expect(await manage.endSessions(ada, other)).toEqual({ kind: 'not-found' });
  expect(await manage.makePasswordLink(ada, other)).toEqual({ kind: 'refused', why: 'not-found' });
});

test('a password link of 24 hours sets the password and is audited', async () => {
  const { manage, links, ada, people, pass, audited } = begin();
  const made = await manage.makePasswordLink(ada, ada.id);
  if (made.kind !== 'done') throw new Error(made.kind);
  pass(86_399_999);
  expect(await links.setPassword(made.result.token, 'new-hash')).toMatchObject({ personId: ada.id });
  expect(people.passwordHash(ada.id)).toBe('new-hash');
  expect(await audited()).toEqual(['manage people: begun', 'set password: begun']);
});

test('nothing is done where the audit log cannot be written', async () => {
  const { people, ada } = begin();
  const auditLog = { appendOfAccount: () => Promise.reject(new Error('full')) };
  const manage = createManagePeople({ people, auditLog, now: () => noon });
  await expect(manage.invite(ada, { email: 'bea@example.com', role: 'admin' })).rejects.toThrow('full');
  expect(await people.invitations(ada.accountId, noon)).toEqual([]);
});

test('a set-up link is made only while there is no account', async () => {
  const { links } = begin();
  expect(await links.makeSetUpLink()).toBeNull();
  const people = createFakePeople();
  const auditLog = createFakeAuditLog({ now: () => noon });
  const empty = createUseLinks({ people, auditLog, environment: 'sandbox', now: () => noon });
  const token = await empty.makeSetUpLink();
  const given = { accountName: 'First Ltd', name: 'Ada', email: 'ada@example.com', passwordHash: 'hash' };
  const use = await empty.setUp(token ?? '', given);
  expect(use).toMatchObject({ role: 'super-admin' });
  expect(await empty.setUp(token ?? '', given)).toBeNull();
});
