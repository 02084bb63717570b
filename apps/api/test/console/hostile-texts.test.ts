import { canary } from '@turn-lever/core/testing/canaries';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Answer,
  type ConsoleWorld,
  createConsoleWorld,
  goodPassword,
  resultIn,
} from './console-world.ts';
import { openSettings } from './settings-world.ts';

let world: ConsoleWorld;
beforeAll(async () => {
  world = await createConsoleWorld();
});
afterAll(() => world.close());

const markup = '<img src=x onerror=alert(1)>"\'</script><script>alert(2)</script>';
/** A browser takes it for data whatever is in it, and could run nothing if it did not. */
const expectInert = ({ headers }: Answer): void => {
  expect(headers.get('content-type')).toMatch(/^application\/json/u);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
};

describe('R100 markup as the name of', () => {
  test('a candidate, a tag, a stage, a package, a person: comes to the pages as text within data', async () => {
    const name = markup.slice(0, 60);
    const page = await openSettings(world, {
      stages: [
        { id: 'stage-1', text: 'New lead' },
        { id: 'stage-2', text: name },
        { id: 'stage-3', text: 'Reference Check' },
      ],
      packages: [{ id: 'P0000000003', name }],
      settings: { waitBeforeOrdering: 0 },
    });
    const candidate = page.order({
      name: `${canary.name} ${name}`,
      tags: [`TurnPackage:P0000000003:${name}`],
    });
    await page.inPhase(candidate, 'ordered');
    const token = await world.inviteBy(page.accountId, 'markup@example.com', 'admin');
    const newcomer = { name, password: goodPassword };
    expect((await world.browser().mutate('link.acceptInvitation', { token, newcomer })).status).toBe(200);
    const saved = await page.mutate('save', { revision: 1, change: { triggerStage: name } });
    expect(resultIn(saved)).toMatchObject({ kind: 'saved' });
    const { accountId } = page;
    const answers = [
      await page.query('read'),
      await page.query('stages'),
      await page.browser.query('settings.packages', { accountId }),
      await page.browser.query('checks.list', page.ids),
      await page.browser.query('people.list', { accountId }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expectInert(answer);
      expect(JSON.stringify(JSON.parse(answer.text))).toContain(JSON.stringify(name).slice(1, -1));
    }
  });

  test.each(['settings.read', 'no.such', `${markup}`])(
    'a call, or in its input: %s is refused as data',
    async (path) => {
      const { browser } = await openSettings(world);
      const input = encodeURIComponent(JSON.stringify({ [markup]: markup }));
      const answer = await browser.send('GET', `/api/trpc/${encodeURIComponent(path)}?input=${input}`);
      expect(answer.status).toBe(404);
      expectInert(answer);
    },
  );

  test('a setting, where it is refused: it stands in data that no browser takes for a page', async () => {
    const page = await openSettings(world);
    const answer = await page.mutate('save', { revision: 1, change: { [markup]: markup } });
    expect(resultIn(answer)).toMatchObject({ kind: 'invalid' });
    expectInert(answer);
  });

  test.each([`state=${markup}`, `error=${markup}&error_description=${markup}`, `returnTo=//evil.example`])(
    'what came with the return from Lever is repeated nowhere: %s',
    async (query) => {
      const address = `${world.url}/oauth/lever/return?${encodeURI(query)}`;
      const answer = await fetch(address, { redirect: 'manual' });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/settings?lever=session']);
      expect(await answer.text()).toBe('');
    },
  );

  test('an address that cannot be read is not repeated', async () => {
    const { status, text } = await world.browser().send('GET', `/api/trpc/%ff<b>`);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'malformed' } });
  });
});

test.each([
  ['turns the direction of writing', 'Ada \u202etxt.exe'],
  ['isolates a direction', 'Ada \u2066x\u2069'],
  ['breaks the line', 'Ada\u2028Bea'],
  ['begins a new line', 'Ada\nBea'],
  ['is half a character', 'Ada \ud800'],
  ['ends the text for some', 'Ada\u0000'],
])('R100 a name that %s is refused, since it would look like another one', async (_what, name) => {
  const { accountId } = await world.partner();
  const token = await world.inviteBy(accountId, `named-${accountId}@example.com`, 'admin');
  const accept = (newName: string) =>
    world
      .browser()
      .mutate('link.acceptInvitation', { token, newcomer: { name: newName, password: goodPassword } });
  expect((await accept(name)).status).toBe(400);
  expect((await accept('Zoë Ō’Brien-Ḥasan 山田')).status).toBe(200);
});
