import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ConsoleWorld, createConsoleWorld, resultIn } from './console-world.ts';
import { bodyOf, startMailServer } from './mail-server.ts';

let mail: Awaited<ReturnType<typeof startMailServer>>;
let world: ConsoleWorld;
beforeAll(async () => {
  mail = await startMailServer();
  world = await createConsoleWorld({ SMTP_URL: mail.url, MAIL_FROM: 'console@example.com' });
});
beforeEach(() => {
  mail.letters.length = 0;
});
afterAll(async () => {
  await world.close();
  await mail.close();
});

interface Link {
  readonly url: string;
  readonly mail: string;
}
const aSuperAdmin = async () => {
  const { accountId } = await world.partner();
  return { accountId, ...(await world.join(accountId, 'super-admin')) };
};

test('an invitation is mailed to whom it is for, and shown as well', async () => {
  const { browser, accountId } = await aSuperAdmin();
  const given = { accountId, email: 'bea@example.com', role: 'admin' };
  const link = resultIn<Link>(await browser.mutate('people.invite', given));
  expect(link.mail).toBe('sent');
  expect(mail.letters.map(({ to }) => to)).toEqual([['bea@example.com']]);
  const [{ source = '' } = {}] = mail.letters;
  const [head = ''] = source.split('\r\n\r\n');
  expect(head).toContain('From: console@example.com');
  expect(head).not.toContain(link.url.split('#')[1]);
  const body = bodyOf(source);
  expect(body.split(link.url).length - 1).toBe(3);
  // Nothing is loaded, so nobody can see whether it was read.
  expect(body).not.toMatch(/<img|src=|<link|url\(/u);
  for (const address of body.match(/https?:\/\/[^\s"<]+/gu) ?? []) expect(address).toBe(link.url);
});

test('a password link is mailed to the member', async () => {
  const { browser, accountId } = await aSuperAdmin();
  const member = await world.join(accountId, 'admin');
  const given = { accountId, personId: member.id };
  const link = resultIn<Link>(await browser.mutate('people.makePasswordLink', given));
  expect(link.mail).toBe('sent');
  expect(mail.letters.map(({ to }) => to)).toEqual([[member.email]]);
  expect(bodyOf(mail.letters[0]?.source ?? '')).toContain(link.url);
});

test('where the mail server refuses, the invitation is made all the same, and says that it was not mailed', async () => {
  const { browser, accountId } = await aSuperAdmin();
  const given = { accountId, email: 'bea@refused.example.com', role: 'admin' };
  const link = resultIn<Link>(await browser.mutate('people.invite', given));
  expect(link.mail).toBe('not-sent');
  const token = link.url.split('#')[1];
  expect((await world.browser().mutate('link.open', { token })).status).toBe(200);
  expect(world.lines.filter(({ msg }) => msg === 'mail not sent')).toHaveLength(1);
  expect(JSON.stringify(world.lines)).not.toMatch(/refused\.example|bea@/u);
  expect(JSON.stringify(world.lines)).not.toContain(token);
});

test('what nobody may do is not mailed', async () => {
  const { accountId } = await aSuperAdmin();
  const { browser } = await world.join(accountId, 'admin');
  const given = { accountId, email: 'bea@example.com', role: 'admin' };
  expect((await browser.mutate('people.invite', given)).status).toBe(403);
  expect(mail.letters).toEqual([]);
});

test('without a mail server, the answer says so', async () => {
  const other = await createConsoleWorld();
  try {
    const { accountId } = await other.partner();
    const { browser } = await other.join(accountId, 'super-admin');
    const given = { accountId, email: 'bea@example.com', role: 'admin' };
    expect(resultIn<Link>(await browser.mutate('people.invite', given)).mail).toBe('off');
  } finally {
    await other.close();
  }
});
