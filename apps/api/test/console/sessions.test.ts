import type { AccountId } from '@turn-lever/core/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
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

test('R98 a token read from the database does not sign in', async () => {
  const { id } = await member();
  const [row] = await world.ask`select token from session where person_id = ${id}`;
  const thief = world.browser();
  for (const value of [`${row?.token}`, `${row?.token}.`, `${row?.token}.${'A'.repeat(43)}%3D`]) {
    thief.setCookie(`__Host-turn-lever=${value}`);
    expect(await isSignedIn(thief)).toBe(false);
  }
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
  expect((await list()).status).toBe(403);
  expect((await change('people.remove', {})).status).toBe(200);
  expect((await list()).status).toBe(404);
  expect(resultIn(await other.browser.query('person.accounts'))).toEqual([]);
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
