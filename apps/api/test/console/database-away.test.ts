import { createDatabase } from '@turn-lever/postgres/create-database';
import { startPostgres } from '@turn-lever/postgres/start-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Answer, type ConsoleWorld, createConsoleWorld } from './console-world.ts';

let server: Awaited<ReturnType<typeof startPostgres>>;
let world: ConsoleWorld;
beforeAll(async () => {
  server = await startPostgres();
  world = await createConsoleWorld({ DATABASE_URL: await createDatabase(server.url) });
});
afterAll(async () => {
  await world.close();
  await server.stop();
});

const short = (answer: Answer) => ({
  status: answer.status,
  retryAfter: answer.headers.get('retry-after'),
  cookies: answer.headers.getSetCookie(),
  isShort: answer.text.length < 200 && !answer.text.includes('select'),
});

test('while the database is away every call of the console is told to come again, and nobody is signed out', async () => {
  const { accountId } = await world.partner();
  const { browser, email } = await world.join(accountId, 'super-admin');
  const cookie = browser.cookie();
  await server.down('immediate');
  const stranger = world.browser();
  stranger.setCookie(cookie);
  const answers = [
    await browser.query('person.accounts'),
    await browser.mutate('people.invite', { accountId, email: 'bea@example.com', role: 'admin' }),
    await world.browser().mutate('link.open', { token: 'A'.repeat(43) }),
    await world.browser().signIn(email),
    await stranger.signIn(email, 'not the password'),
    await browser.signOut(),
  ];
  for (const answer of answers)
    expect(short(answer)).toEqual({ status: 503, retryAfter: '5', cookies: [], isShort: true });
  await server.up();
  browser.setCookie(cookie);
  await eventually(async () => expect((await browser.query('person.accounts')).status).toBe(200));
  expect((await browser.signOut()).status).toBe(200);
  expect(await world.ask`select email from one_time_link where email = 'bea@example.com'`).toEqual([]);
});
