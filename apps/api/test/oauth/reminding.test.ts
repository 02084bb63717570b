import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bodyOf, startMailServer } from '../console/mail-server.ts';
import { eventually } from '../eventually.ts';
import { createOAuthWorld, type OAuthWorld } from './oauth-world.ts';

const day = 86_400_000;

let mail: Awaited<ReturnType<typeof startMailServer>>;
let world: OAuthWorld;
/** How far the program's clock is ahead, in ms. */
let ahead = 0;
beforeAll(async () => {
  mail = await startMailServer();
  world = await createOAuthWorld(
    { SMTP_URL: mail.url, MAIL_FROM: 'console@example.com' },
    { now: () => Date.now() + ahead },
  );
});
beforeEach(() => {
  ahead = 0;
  mail.letters.length = 0;
});
afterAll(async () => {
  await world.close();
  await mail.close();
});

/** An account authorized by its Super Admin a moment ago, and its daily look. */
const authorized = async () => {
  const { accountId, connectionId, lever, superAdmin } = await world.connected();
  const authorize = async () => {
    expect((await world.goThrough(superAdmin.browser, accountId, lever)).query.lever).toBe('reconnected');
  };
  await authorize();
  const { connections, incidents } = world.stores();
  const endsAt = (await connections.read(connectionId))?.authorization?.endsAt ?? 0;
  return {
    accountId,
    connectionId,
    superAdmin,
    authorize,
    endsAt,
    open: async () => (await incidents.listOpen(connectionId)).map(({ kind, subject }) => [kind, subject]),
    /** The daily look at the grant, `days` before its end. */
    lookedAt: async (days: number) => {
      ahead = endsAt - days * day - Date.now();
      await world.ask`update connection set next_keep_alive_at = now() where id = ${connectionId}`;
      await eventually(async () => {
        const [row] = await world.ask`
          select next_keep_alive_at > now() as is_over from connection where id = ${connectionId}`;
        expect(row?.is_over).toBe(true);
      });
    },
  };
};

test('the end of the year at Lever is mailed to the Super Admins 30, 7 and 1 days before, once each', async () => {
  const { accountId, superAdmin, authorize, endsAt, open, lookedAt } = await authorized();
  await world.join(accountId, 'admin');
  await lookedAt(30.5);
  expect([mail.letters.length, await open()]).toEqual([0, []]);
  for (const [index, days] of [29.5, 6.5, 0.5].entries()) {
    await lookedAt(days);
    await lookedAt(days - 0.1);
    expect(mail.letters.map(({ to }) => to)).toEqual(Array(index + 1).fill([superAdmin.email]));
  }
  const until = new Date(endsAt).toISOString();
  expect(await open()).toEqual(
    [1, 7, 30].map((days) => ['lever-authorization-ends', `${days}d before ${until}`]),
  );
  const [{ source = '' } = {}] = mail.letters;
  expect(source).toContain(`Subject: Reconnect Lever before ${until.slice(0, 10)}`);
  expect(source).toContain('Content-Type: text/plain');
  expect(bodyOf(source).match(/https?:\/\/\S+/gu)).toEqual([`${world.url}/settings`]);

  // Whoever reconnects has another year, and is reminded of its end.
  ahead = 0;
  await authorize();
  expect(await open()).toEqual([]);
});

test('a mail server that refuses is asked once, and the look at the grant goes on', async () => {
  const { connectionId, superAdmin, open, lookedAt } = await authorized();
  await world.ask`update person set email = 'ada@refused.example.com' where id = ${superAdmin.id}`;
  await lookedAt(7);
  await lookedAt(6);
  const about = world.lines.filter((line) => line.connectionId === connectionId);
  expect(about.filter(({ msg }) => msg === 'reminded of the end')).toMatchObject([
    { days: 7, sent: 0, notSent: 1 },
  ]);
  expect(world.lines.filter(({ msg }) => msg === 'mail not sent')).toHaveLength(1);
  expect(about.filter(({ msg }) => msg === 'grant looked at').at(-1)).toMatchObject({ grant: 'alive' });
  expect(JSON.stringify(world.lines)).not.toContain('refused.example.com');
  expect(mail.letters).toEqual([]);
  expect(await open()).toHaveLength(1);
});
