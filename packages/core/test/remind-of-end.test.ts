import { expect, test } from 'vitest';
import type { Connection, LeverAuthorization } from '../src/connection.ts';
import type { ConnectionId } from '../src/ids.ts';
import { createRemindOfEnd } from '../src/use-cases/remind-of-end.ts';
import { createFakeConnections } from '../testing/fake-connections.ts';
import { createFakeIncidents } from '../testing/fake-incidents.ts';
import { createFakePeople } from '../testing/fake-people.ts';
import { createFakeReminders } from '../testing/fake-reminders.ts';

const day = 86_400_000;
const endsAt = Date.UTC(2027, 10, 23, 12);
const kind = 'lever-authorization-ends';
const authorization = (end: number): LeverAuthorization => ({
  personId: 'person-1',
  at: end - 365 * day,
  permissions: ['offline'],
  leverUserId: null,
  endsAt: end,
});

/** An account with two Super Admins and one other, `left` ms before the end. */
const begin = (left: number, given: Partial<Connection> = {}, wasSent = true) => {
  let at = endsAt - left;
  const now = () => at;
  const [connections, incidents] = [createFakeConnections({ now }), createFakeIncidents({ now })];
  const people = createFakePeople();
  const accountId = people.putAccount('Example Ltd');
  people.putMember(accountId, 'ada@example.com', 'super-admin');
  people.putMember(accountId, 'bea@example.com', 'super-admin');
  people.putMember(accountId, 'cy@example.com', 'admin');
  people.putMember(people.putAccount('Another Ltd'), 'dan@example.com', 'super-admin');
  const { id } = connections.put({ accountId, authorization: authorization(endsAt), ...given });
  const reminders = createFakeReminders(() => !wasSent);
  const ports = { connections, incidents, people, now };
  const subjects = async () => (await incidents.listOpen(id)).map(({ subject }) => subject);
  return {
    id,
    connections,
    incidents,
    mailed: reminders.sent,
    tried: reminders.tried,
    subjects,
    remind: createRemindOfEnd({ ...ports, reminders }),
    remindWithoutMail: createRemindOfEnd({ ...ports, reminders: null }),
    comeTo: (next: number) => {
      at = endsAt - next;
    },
  };
};

test("the account's Super Admins are reminded, nobody else, and once", async () => {
  const { id, remind, mailed, subjects } = begin(30 * day);
  expect(await remind(id)).toEqual({ days: 30, sent: 2, notSent: 0 });
  expect(await remind(id)).toBeNull();
  expect(mailed).toEqual([
    { email: 'ada@example.com', accountName: 'Example Ltd', endsAt },
    { email: 'bea@example.com', accountName: 'Example Ltd', endsAt },
  ]);
  expect(await subjects()).toEqual(['30d before 2027-11-23T12:00:00.000Z']);
});

test('looked at daily, a whole grant is reminded of three times', async () => {
  const { id, remind, comeTo } = begin(365 * day);
  const given: (number | undefined)[] = [];
  for (let left = 365; left >= -2; left -= 1) {
    comeTo(left * day);
    const reminded = await remind(id);
    if (reminded !== null) given.push(left);
  }
  expect(given).toEqual([30, 7, 1]);
});

test('who closed the incident by hand is not reminded of the same again', async () => {
  const { id, remind, incidents, subjects } = begin(30 * day);
  await remind(id);
  for (const subject of await subjects()) await incidents.resolve(id, kind, subject);
  expect(await remind(id)).toBeNull();
  expect(await subjects()).toEqual([]);
});

test('only one of two looks at once reminds', async () => {
  const { id, remind, mailed } = begin(7 * day);
  const both = await Promise.all([remind(id), remind(id)]);
  expect(both.filter((reminded) => reminded !== null)).toHaveLength(1);
  expect(mailed).toHaveLength(2);
});

test('what could not be mailed is not tried again, and stays an incident', async () => {
  const { id, remind, tried, subjects } = begin(day, {}, false);
  expect(await remind(id)).toEqual({ days: 1, sent: 0, notSent: 2 });
  expect(await remind(id)).toBeNull();
  expect(tried).toHaveLength(2);
  expect(await subjects()).toHaveLength(1);
});

test('without a mail server the incident is raised all the same', async () => {
  const { id, remindWithoutMail, subjects } = begin(day);
  expect(await remindWithoutMail(id)).toEqual({ days: 1, sent: 0, notSent: 0 });
  expect(await subjects()).toHaveLength(1);
});

test('of an earlier grant nothing stays open, and the new one has its own reminders', async () => {
  const { id, remind, connections, comeTo, subjects, mailed } = begin(30 * day);
  await remind(id);
  connections.change(id, { authorization: authorization(endsAt + 300 * day) });
  expect(await remind(id)).toBeNull();
  expect(await subjects()).toEqual([]);
  comeTo(-270 * day);
  expect(await remind(id)).toMatchObject({ days: 30 });
  expect(mailed).toHaveLength(4);
});

test.each([
  { lever: 'not-connected' },
  { lever: 'reconnect-needed' },
  { disconnectedAt: 1 },
  { authorization: null },
] as const)('nobody is reminded for a connection with %j', async (given) => {
  const { id, remind, mailed, subjects } = begin(day, given);
  expect(await remind(id)).toBeNull();
  expect(await remind('no-such' as ConnectionId)).toBeNull();
  expect([mailed, await subjects()]).toEqual([[], []]);
});
