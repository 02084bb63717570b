import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { expect, inject, test } from 'vitest';
import { runCommand } from '../child-program.ts';
import { type ConsoleWorld, createConsoleWorld, goodPassword } from './console-world.ts';

const invite = (world: Pick<ConsoleWorld, 'variables'>, ...words: readonly string[]) =>
  runCommand('account-invite-main.ts', world.variables, '', words);
const urlIn = ({ out, problem }: { readonly out: string; readonly problem: string }): string => {
  if (out === '') throw new Error(problem);
  return (JSON.parse(out) as { url: string }).url;
};

test('account:invite lets a Super Admin back in who lost the password, and invites another where the invitation was lost', async () => {
  const world = await createConsoleWorld();
  try {
    const { accountId } = await world.partner();
    const { email, browser } = await world.join(accountId, 'super-admin');
    const url = urlIn(await invite(world, '--account', accountId, '--email', email.toUpperCase()));
    expect(url).toMatch(new RegExp(`^${world.url}/password#[\\w-]{43}$`, 'u'));
    const given = { token: url.split('#')[1], password: 'a whole new password' };
    expect((await world.browser().mutate('link.setPassword', given)).status).toBe(200);
    expect((await world.browser().mutate('link.setPassword', given)).status).toBe(404);
    expect((await browser.query('person.accounts')).status).toBe(401);
    expect((await browser.signIn(email, given.password)).status).toBe(200);

    // The only account needs no name.
    const invitation = urlIn(await invite(world, '--email', 'bea@example.com'));
    const token = invitation.split('#')[1];
    const newcomer = { name: 'Bea Example', password: goodPassword };
    expect((await world.browser().mutate('link.acceptInvitation', { token, newcomer })).status).toBe(200);
    const members = await world.stores().people.list(accountId);
    expect(members.map(({ role }) => role)).toEqual(['super-admin', 'super-admin']);
    const answer = await browser.query('account.auditLog', { accountId, limit: 10 });
    expect(answer.text.split('make link as operator').length - 1).toBe(2);
    expect(answer.text).not.toContain('@');

    await world.partner();
    const unclear = await invite(world, '--email', email);
    expect(unclear).toMatchObject({ code: 1, out: '' });
    expect(unclear.problem).toContain(accountId);
    for (const words of [
      [],
      ['--email', 'no address'],
      ['--mail', email],
      ['--email', email, '--account', 'x'],
    ])
      expect(await invite(world, ...words)).toMatchObject({ code: 1, out: '' });
  } finally {
    await world.close();
  }
});

test('account:invite says where there is no account yet, and repeats nothing that it was given', async () => {
  const world = await createConsoleWorld({ DATABASE_URL: await createDatabase(inject('postgresUrl')) });
  try {
    const { code, problem } = await invite(world, '--email', 'ada@example.com');
    expect([code, problem]).toEqual([1, expect.stringContaining('There is no account yet')]);
    expect(problem).not.toContain('ada@');
  } finally {
    await world.close();
  }
});
