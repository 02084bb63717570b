import { expect, test } from 'vitest';
import { createFakeAuditLog } from '../../../testing/fake-audit-log.ts';
import { createFakePeople } from '../../../testing/fake-people.ts';
import { createInviteAsOperator } from './invite-as-operator.ts';

const noon = Date.UTC(2026, 10, 24, 12);
const now = () => noon;

const begin = () => {
  const people = createFakePeople();
  const auditLog = createFakeAuditLog({ now });
  const accountId = people.putAccount('Example Ltd');
  return { people, auditLog, accountId, invite: createInviteAsOperator({ people, auditLog, now }) };
};

test('somebody new is invited as Super Admin, and the account can see that', async () => {
  const { people, auditLog, accountId, invite } = begin();
  const made = await invite(accountId, ' Ada@Example.com');
  expect(made).toMatchObject({ kind: 'made', page: 'invitation' });
  expect(await people.invitations(accountId, noon)).toMatchObject([
    { email: 'ada@example.com', role: 'super-admin' },
  ]);
  const entries = await auditLog.listOfAccount(accountId, 10);
  expect(entries).toMatchObject([{ personId: 'operator', action: 'make link as operator' }]);
  expect(JSON.stringify(entries)).not.toContain('@');
});

test('a member gets a new password and keeps the role, also one who belongs elsewhere, too', async () => {
  const { people, accountId, invite } = begin();
  const ada = people.putMember(accountId, 'ada@example.com', 'admin');
  people.putMember(people.putAccount('Another Ltd'), 'ada@example.com', 'admin');
  const made = await invite(accountId, 'ada@example.com');
  if (made.kind !== 'made') throw new Error(made.why);
  expect(made.page).toBe('password');
  expect(await people.setPassword(made.token, 'hash', noon)).toMatchObject({ personId: ada, role: 'admin' });
  expect(await people.role(accountId, ada)).toBe('admin');
});

test('no link is made where the audit log cannot be written', async () => {
  const { people, accountId } = begin();
  const auditLog = { appendOfAccount: () => Promise.reject(new Error('full')) };
  const invite = createInviteAsOperator({ people, auditLog, now });
  await expect(invite(accountId, 'ada@example.com')).rejects.toThrow('full');
  expect(await people.invitations(accountId, noon)).toEqual([]);
});
