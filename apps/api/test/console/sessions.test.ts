import { createHash, createHmac } from 'node:crypto';
import type { AccountId } from '@turn-lever/core/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  type Browser,
  type ConsoleWorld,
  createConsoleWorld,
  goodPassword,
  resultIn,
} from './console-world.ts';

let world: ConsoleWorld;
let accountId: AccountId;
beforeAll(async () => {
  world = await createConsoleWorld();
  ({ accountId } = await world.partner());
  await world.join(accountId, 'super-admin');
});
afterAll(() => world.close());

const member = () => world.join(accountId, 'super-admin');
const isSignedIn = async (browser: Browser) => (await browser.query('person.accounts')).status === 200;

test('the session is a __Host- cookie that scripts cannot read, and no answer holds its token', async () => {
  const { browser, email } = await member();
  const answer = await browser.signIn(email);
  const [cookie = ''] = answer.headers.getSetCookie();
  expect(cookie).toMatch(/^__Host-turn-lever=/u);
  expect(cookie.split('; ').toSorted().slice(0, 4)).toEqual(
    expect.arrayContaining(['HttpOnly', 'Max-Age=28800', 'Path=/']),
  );
  expect(cookie).toContain('SameSite=Lax');
  expect(cookie).toContain('Secure');
  expect(cookie).not.toContain('Domain');
  const token = decodeURIComponent(cookie.split(';')[0]?.split('=')[1] ?? '').split('.')[0] ?? '';
  expect(token.length).toBeGreaterThan(20);
  const texts = [answer.text, (await browser.query('person.sessions')).text];
  for (const text of texts) expect(text).not.toContain(token);
  expect(JSON.stringify(world.lines)).not.toContain(token);
});

const cookieOf = (token: string, secret: string): string => {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `__Host-turn-lever=${encodeURIComponent(`${token}.${signature}`)}`;
};
const tokenIn = (browser: Browser): string =>
  decodeURIComponent(browser.cookie()?.split('=')[1] ?? '').split('.')[0] ?? '';

describe('R98 a session token read from the database does not sign in', () => {
  const signed = async () => {
    const { browser, id } = await member();
    const [row] = await world.ask`select * from session where person_id = ${id}`;
    const secret = world.variables.AUTH_SECRET ?? '';
    // What is signed here is what the program signs: otherwise none of the refusals below would say anything.
    expect(cookieOf(tokenIn(browser), secret)).toBe(browser.cookie());
    return { token: tokenIn(browser), row, secret };
  };

  test('the row holds a hash, and the token nowhere', async () => {
    const { token, row } = await signed();
    expect(row?.token).toBe(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  test.each<[string, (row: string, token: string, secret: string) => string]>([
    ['as it stands', (row) => `__Host-turn-lever=${row}`],
    ['with an empty signature', (row) => `__Host-turn-lever=${row}.`],
    ['with an invented signature', (row) => `__Host-turn-lever=${row}.${'A'.repeat(43)}%3D`],
    ['signed with another secret', (row) => cookieOf(row, 'another secret of 32 characters.')],
    ['signed with the right secret', (row, _token, secret) => cookieOf(row, secret)],
  ])('%s', async (_title, cookie) => {
    const { token, row, secret } = await signed();
    const thief = world.browser();
    thief.setCookie(cookie(`${row?.token}`, token, secret));
    expect(await isSignedIn(thief)).toBe(false);
  });

  test('nor does the token itself, signed with another secret', async () => {
    const { token } = await signed();
    const thief = world.browser();
    thief.setCookie(cookieOf(token, 'another secret of 32 characters.'));
    expect(await isSignedIn(thief)).toBe(false);
  });
});

test('R98 signing in gives a new session, and the one that was there is over', async () => {
  const { browser, email } = await member();
  const planted = browser.cookie();
  await browser.signIn(email);
  expect(browser.cookie()).not.toBe(planted);
  expect(await isSignedIn(browser)).toBe(true);
  const other = world.browser();
  other.setCookie(planted);
  expect(await isSignedIn(other)).toBe(false);
});

test('R98 a cookie that was copied does not work after signing out', async () => {
  const { browser } = await member();
  const copied = browser.cookie();
  expect((await browser.signOut()).status).toBe(200);
  browser.setCookie(copied);
  expect(await isSignedIn(browser)).toBe(false);
});

test('R98 ending the other sessions leaves this one alone', async () => {
  const { browser, email } = await member();
  const others = [world.browser(), world.browser()];
  for (const other of others) await other.signIn(email);
  const listed = resultIn<{ isThis: boolean }[]>(await browser.query('person.sessions'));
  expect(listed.filter(({ isThis }) => isThis)).toHaveLength(1);
  expect(resultIn(await browser.mutate('person.endOtherSessions'))).toBe(2);
  for (const other of others) expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(browser)).toBe(true);
});

test('a Super Admin ends all sessions of a member', async () => {
  const [governor, other] = [await member(), await member()];
  const ended = await governor.browser.mutate('people.endSessions', { accountId, personId: other.id });
  expect(resultIn(ended)).toBe(1);
  expect(await isSignedIn(other.browser)).toBe(false);
  expect(await isSignedIn(governor.browser)).toBe(true);
});

test('R98 a session ends after eight hours without use, and use prolongs it', async () => {
  const { browser, id } = await member();
  await world.ask`update session set expires_at = now() + interval '7 hours 50 minutes' where person_id = ${id}`;
  const answer = await browser.query('person.accounts');
  expect(answer.headers.getSetCookie().join()).toContain('Max-Age=28800');
  const [row] = await world.ask`
    select expires_at > now() + interval '7 hours 58 minutes' as longer from session where person_id = ${id}`;
  expect(row?.longer).toBe(true);
  await world.ask`update session set expires_at = now() - interval '1 second' where person_id = ${id}`;
  expect(await isSignedIn(browser)).toBe(false);
});

test('R98 a session ends after seven days, however much it is used', async () => {
  const { browser, id } = await member();
  await world.ask`update session set created_at = now() - interval '6 days 23 hours 59 minutes' where person_id = ${id}`;
  expect(await isSignedIn(browser)).toBe(true);
  await world.ask`update session set created_at = now() - interval '7 days' where person_id = ${id}`;
  expect(await isSignedIn(browser)).toBe(false);
  expect(await world.ask`select id from session where person_id = ${id}`).toEqual([]);
});

test('R97 whoever is demoted or removed while signed in is refused at the next request', async () => {
  const [governor, other] = [await member(), await member()];
  const list = () => other.browser.query('people.list', { accountId });
  expect((await list()).status).toBe(200);
  const change = (path: string, input: object) =>
    governor.browser.mutate(path, { accountId, personId: other.id, ...input });
  expect((await change('people.changeRole', { role: 'admin' })).status).toBe(200);
  expect((await list()).status).toBe(401);
  await other.browser.signIn(other.email);
  expect((await list()).status).toBe(403);
  expect((await change('people.remove', {})).status).toBe(200);
  expect((await list()).status).toBe(404);
  expect(resultIn(await other.browser.query('person.accounts'))).toEqual([]);
});

test.each(['demoted', 'removed'])('R97 whoever was %s lets nobody in by links made before', async (end) => {
  const { accountId } = await world.partner();
  const [ada, mallory, bea] = [
    await world.join(accountId, 'super-admin'),
    await world.join(accountId, 'super-admin'),
    await world.join(accountId, 'super-admin'),
  ];
  const tokenIn = (answer: Answer): string => resultIn<{ url: string }>(answer).url.split('#')[1] ?? '';
  const given = { accountId, email: `mallory-${end}@example.com`, role: 'super-admin' };
  const invitation = tokenIn(await mallory.browser.mutate('people.invite', given));
  const made = await mallory.browser.mutate('people.makePasswordLink', { accountId, personId: bea.id });
  const change =
    end === 'removed'
      ? await ada.browser.mutate('people.remove', { accountId, personId: mallory.id })
      : await ada.browser.mutate('people.changeRole', { accountId, personId: mallory.id, role: 'admin' });
  expect(change.status).toBe(200);
  const outside = world.browser();
  const password = 'a password of Mallory’s';
  const uses = [
    await outside.mutate('link.setPassword', { token: tokenIn(made), password }),
    await outside.mutate('link.acceptInvitation', { token: invitation, newcomer: { name: 'M', password } }),
  ];
  expect(uses.map(({ status }) => status)).toEqual([404, 404]);
  expect((await outside.signIn(bea.email)).status).toBe(200);
});

test('a new password of one’s own ends a link that would set another', async () => {
  const { accountId } = await world.partner();
  const ada = await world.join(accountId, 'super-admin');
  const bea = await world.join(accountId, 'admin');
  const made = await ada.browser.mutate('people.makePasswordLink', { accountId, personId: bea.id });
  const token = resultIn<{ url: string }>(made).url.split('#')[1];
  const change = { password: goodPassword, newPassword: 'a whole new password' };
  expect((await bea.browser.mutate('person.changePassword', change)).status).toBe(200);
  const use = await world.browser().mutate('link.setPassword', { token, password: 'yet another password' });
  expect(use.status).toBe(404);
  expect((await world.browser().signIn(bea.email, 'a whole new password')).status).toBe(200);
});

test('R98 another role makes a new session, in whichever direction', async () => {
  const [governor, other] = [await member(), await member()];
  const change = (role: string) =>
    governor.browser.mutate('people.changeRole', { accountId, personId: other.id, role });
  for (const role of ['team-member', 'admin']) {
    const copied = other.browser.cookie();
    expect((await change(role)).status).toBe(200);
    expect(await isSignedIn(other.browser)).toBe(false);
    await other.browser.signIn(other.email);
    expect(await isSignedIn(other.browser)).toBe(true);
    other.browser.setCookie(copied);
    expect(await isSignedIn(other.browser)).toBe(false);
    await other.browser.signIn(other.email);
  }
  expect(await isSignedIn(governor.browser)).toBe(true);
});

test('R98 sessions that are over are erased when somebody signs in', async () => {
  const [one, other] = [await member(), await member()];
  await world.ask`update session set expires_at = now() - interval '1 second' where person_id = ${one.id}`;
  await other.browser.signIn(other.email);
  expect(await world.ask`select id from session where person_id = ${one.id}`).toEqual([]);
  expect(await world.ask`select id from session where person_id = ${other.id}`).toHaveLength(1);
});

test('people and connections are changed only within 15 minutes of giving the password', async () => {
  const { browser, id } = await member();
  const invite = () =>
    browser.mutate('people.invite', { accountId, email: 'late@example.com', role: 'admin' });
  await world.ask`update session set created_at = now() - interval '16 minutes' where person_id = ${id}`;
  expect((await browser.query('people.list', { accountId })).status).toBe(200);
  const refused = await invite();
  expect(refused.status).toBe(412);
  expect(await world.ask`select id from one_time_link where email = 'late@example.com'`).toEqual([]);
  expect((await browser.mutate('person.confirmPassword', { password: 'wrong' })).status).toBe(422);
  expect((await invite()).status).toBe(412);
  expect((await browser.mutate('person.confirmPassword', { password: goodPassword })).status).toBe(200);
  expect((await invite()).status).toBe(200);
});

test('a new password of one’s own needs the old one, and ends the other sessions', async () => {
  const { browser, email } = await member();
  const other = world.browser();
  await other.signIn(email);
  const newPassword = 'another horse battery';
  const change = (password: string) => browser.mutate('person.changePassword', { password, newPassword });
  expect((await change('wrong')).status).toBe(422);
  expect(await isSignedIn(other)).toBe(true);
  expect((await change(goodPassword)).status).toBe(200);
  expect(await isSignedIn(other)).toBe(false);
  expect(await isSignedIn(browser)).toBe(true);
  expect((await other.signIn(email)).status).toBe(401);
  expect((await other.signIn(email, newPassword)).status).toBe(200);
});
