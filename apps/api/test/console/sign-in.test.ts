import type { AccountId } from '@turn-lever/core/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleWorld, createConsoleWorld, goodPassword, resultIn } from './console-world.ts';

let world: ConsoleWorld;
beforeAll(async () => {
  world = await createConsoleWorld();
});
afterAll(() => world.close());

const tokenOf = (url: string): string => url.split('#')[1] ?? '';
const aSuperAdmin = async () => {
  const { accountId } = await world.partner();
  return { accountId, ...(await world.join(accountId, 'super-admin')) };
};
const invited = async (
  { browser, accountId }: Awaited<ReturnType<typeof aSuperAdmin>>,
  email: string,
  role = 'admin',
) => {
  const answer = await browser.mutate('people.invite', { accountId, email, role });
  return { answer, token: tokenOf(resultIn<{ url: string }>(answer).url) };
};
const newcomer = { name: 'Bea Example', password: goodPassword };
const membersOf = (accountId: AccountId) => world.stores().people.list(accountId);

describe('the first start', () => {
  test('a link makes the first account and its Super Admin, once, and none works while there is an account', async () => {
    const setUpUrl = await world.program().setUpUrl();
    expect(setUpUrl).toMatch(new RegExp(`^${world.url}/set-up#[\\w-]{43}$`, 'u'));
    const earlier = tokenOf(setUpUrl ?? '');
    const token = tokenOf((await world.program().setUpUrl()) ?? '');
    const browser = world.browser();
    const account = {
      accountName: 'First Ltd',
      name: 'Ada Example',
      email: 'ada@example.com',
      password: goodPassword,
    };
    expect((await browser.mutate('link.setUp', { token: earlier, ...account })).status).toBe(404);
    expect((await browser.mutate('link.setUp', { token, ...account, password: 'too short' })).status).toBe(
      400,
    );
    const given = { token, ...account, email: 'ADA@example.com' };
    const answers = await Promise.all([
      browser.mutate('link.setUp', given),
      browser.mutate('link.setUp', given),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect((await browser.signIn('Ada@Example.com')).status).toBe(200);
    const accounts = resultIn<object[]>(await browser.query('person.accounts'));
    expect(accounts).toMatchObject([{ accountName: 'First Ltd', role: 'super-admin' }]);
    expect(await world.program().setUpUrl()).toBeNull();
    const hashes = JSON.stringify(await world.ask`select * from one_time_link`);
    for (const secret of [token, earlier]) expect(hashes).not.toContain(secret);
  });
});

describe('R104 an invitation', () => {
  test('lets in whom it names, in the role it names, once', async () => {
    const governor = await aSuperAdmin();
    const { token } = await invited(governor, 'bea@example.com', 'team-member');
    const browser = world.browser();
    const open = await browser.mutate('link.open', { token });
    expect(resultIn(open)).toMatchObject({
      email: 'bea@example.com',
      role: 'team-member',
      hasPassword: false,
    });
    const withRole = { token, newcomer: { ...newcomer, role: 'super-admin' } };
    expect((await browser.mutate('link.acceptInvitation', withRole)).status).toBe(400);
    const accept = () => browser.mutate('link.acceptInvitation', { token, newcomer });
    const ends = await Promise.all([accept(), accept()]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    expect(browser.cookie()).toBeNull();
    expect((await browser.signIn('bea@example.com')).status).toBe(200);
    expect((await membersOf(governor.accountId)).map(({ role }) => role).toSorted()).toEqual([
      'super-admin',
      'team-member',
    ]);
  });

  test('is refused when over, withdrawn, guessed, or for another address', async () => {
    const governor = await aSuperAdmin();
    const { accountId, browser } = governor;
    const [over, withdrawn, other] = [
      await invited(governor, 'over@example.com'),
      await invited(governor, 'withdrawn@example.com'),
      await invited(governor, 'other@example.com'),
    ];
    await world.ask`update one_time_link set expires_at = now() where email = 'over@example.com'`;
    const { linkId } = resultIn<{ linkId: string }>(withdrawn.answer);
    expect((await browser.mutate('people.withdrawInvitation', { accountId, linkId })).status).toBe(200);
    for (const token of [over.token, withdrawn.token, linkId, 'A'.repeat(43)]) {
      const answer = await world.browser().mutate('link.acceptInvitation', { token, newcomer });
      expect(answer.status).toBe(404);
    }
    const stranger = await aSuperAdmin();
    const asStranger = await stranger.browser.mutate('link.acceptInvitation', { token: other.token });
    expect([asStranger.status, asStranger.text]).toEqual([409, expect.stringContaining('other-person')]);
    expect(await membersOf(accountId)).toHaveLength(1);
  });

  test('to a second account asks the person to sign in, and never sets a password anew', async () => {
    const [first, second] = [await aSuperAdmin(), await aSuperAdmin()];
    const { token } = await invited(second, first.email);
    const asNew = { token, newcomer: { name: 'Somebody Else', password: 'my own long password' } };
    const answer = await world.browser().mutate('link.acceptInvitation', asNew);
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('sign-in-first')]);
    expect((await world.browser().signIn(first.email, 'my own long password')).status).toBe(401);
    expect((await first.browser.mutate('link.acceptInvitation', { token })).status).toBe(200);
    const accounts = resultIn<{ accountId: string; role: string }[]>(
      await first.browser.query('person.accounts'),
    );
    expect(accounts.map(({ role }) => role).toSorted()).toEqual(['admin', 'super-admin']);
  });

  test('the last Super Admin can neither step down nor remove themselves', async () => {
    const { browser, accountId, id: personId } = await aSuperAdmin();
    const ends = [
      await browser.mutate('people.remove', { accountId, personId }),
      await browser.mutate('people.changeRole', { accountId, personId, role: 'admin' }),
    ];
    for (const { status, text } of ends)
      expect([status, text]).toEqual([409, expect.stringContaining('last-super-admin')]);
    expect(await membersOf(accountId)).toMatchObject([{ role: 'super-admin' }]);
  });
});

describe('a password link', () => {
  test('is shown to the Super Admin, sets a new password once, and ends all sessions', async () => {
    const { browser, accountId } = await aSuperAdmin();
    const member = await world.join(accountId, 'admin');
    const made = await browser.mutate('people.makePasswordLink', { accountId, personId: member.id });
    const token = tokenOf(resultIn<{ url: string }>(made).url);
    const set = (password: string) => world.browser().mutate('link.setPassword', { token, password });
    expect((await set('a whole new password')).status).toBe(200);
    expect((await set('another new password')).status).toBe(404);
    expect((await member.browser.query('person.accounts')).status).toBe(401);
    expect((await world.browser().signIn(member.email)).status).toBe(401);
    expect((await world.browser().signIn(member.email, 'a whole new password')).status).toBe(200);
  });

  test('is not made for somebody who belongs to another account too', async () => {
    const [first, second] = [await aSuperAdmin(), await aSuperAdmin()];
    const { token } = await invited(second, first.email);
    await first.browser.mutate('link.acceptInvitation', { token });
    const { accountId } = second;
    const made = await second.browser.mutate('people.makePasswordLink', { accountId, personId: first.id });
    expect([made.status, made.text]).toEqual([409, expect.stringContaining('belongs-elsewhere')]);
  });
});

describe('R105 many tries of a password', () => {
  test('an unknown address is answered like a wrong password', async () => {
    const { email } = await aSuperAdmin();
    const [wrong, unknown] = [
      await world.browser().signIn(email, 'not the password'),
      await world.browser().signIn('nobody@example.com', 'not the password'),
    ];
    expect([wrong.status, wrong.text]).toEqual([unknown.status, unknown.text]);
    expect(wrong.status).toBe(401);
  });

  test('are limited for one address, however written, and a spoofed peer does not help', async () => {
    const { email } = await aSuperAdmin();
    const statuses: number[] = [];
    for (let tried = 0; tried < 12; tried += 1) {
      const spelled = tried % 2 === 0 ? email : ` ${email.toUpperCase()}`;
      const headers = { 'x-forwarded-for': `203.0.113.${tried}` };
      statuses.push((await world.browser().signIn(spelled, `guess ${tried}`, headers)).status);
    }
    // The sign-in at the beginning was one of ten.
    expect(statuses).toEqual([...Array(9).fill(401), 429, 429, 429]);
    expect((await world.browser().signIn(email)).status).toBe(429);
  });

  test('are limited where the password is given again', async () => {
    const { browser } = await aSuperAdmin();
    const statuses: number[] = [];
    for (let tried = 0; tried < 11; tried += 1)
      statuses.push((await browser.mutate('person.confirmPassword', { password: `guess ${tried}` })).status);
    expect(statuses).toEqual([...Array(10).fill(422), 429]);
  });
});

test('R105 many tries from one peer are refused, whatever it says of where they come from', async () => {
  const answers: number[] = [];
  while (answers.length < 110 && !answers.includes(429)) {
    const tries = Array.from({ length: 10 }, (_none, at) => {
      const email = `guess-${answers.length + at}@example.com`;
      const headers = { 'x-forwarded-for': `203.0.113.${answers.length + at}` };
      return world.browser().signIn(email, 'not the password', headers);
    });
    answers.push(...(await Promise.all(tries)).map(({ status }) => status));
  }
  expect(answers).toContain(429);
  expect(answers.filter((status) => status === 401).length).toBeLessThan(100);
});

test('no address, password or token came into the log', () => {
  const text = JSON.stringify(world.lines);
  expect(text).not.toMatch(/@example\.com|horse|Bea Example|set-up#/u);
});
