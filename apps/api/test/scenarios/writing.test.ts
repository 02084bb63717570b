import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { eventually } from '../eventually.ts';
import { timesWithoutPolls } from '../quick-times.ts';
import type { TestAccount } from '../test-account.ts';
import { createWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    times: timesWithoutPolls,
  });
});
afterAll(() => world.close());

const anAccount = async (given: Parameters<World['account']>[0] = {}) => {
  world.turn.faults.clear();
  world.lever.faults.clear();
  const account = await world.account(given);
  await world.sweptByItself(account.connectionId);
  return account;
};

/** An ordered candidate whose first status and Turn ID are shown, at rest. */
const ordered = async (account: TestAccount) => {
  const id = account.order();
  await account.inPhase(id, 'ordered');
  await account.showing(id, 'Emailed');
  await account.atRest(id);
  const [check] = account.ordersOf(id);
  if (check === undefined) throw new Error('no order');
  return { id, check, advance: (state: string) => account.turn.advance(check.workerId, state) };
};

const firedInLever = (kind: string): number =>
  world.lever.faults.fired.filter((fault) => fault.kind === kind).length;

const calls = (route: string, id: string) =>
  world.lever.journal.entries({ route }).filter(({ path }) => path.includes(id));

const addTags = 'POST /v1/opportunities/:id/addTags';
const removeTags = 'POST /v1/opportunities/:id/removeTags';
const writeNote = 'POST /v1/opportunities/:id/notes';

describe('notes', () => {
  test.each(['reset-after-committing', 'half-body', 'html'] as const)(
    'R55 the answer to the note is lost after Lever stored it (%s): looked for, and not written again',
    async (kind) => {
      const account = await anAccount();
      world.lever.faults.add({ route: writeNote, ...(kind === 'html' ? { kind, commit: true } : { kind }) });
      const { id } = await ordered(account);
      expect(firedInLever(kind)).toBe(1);
      expect(calls(writeNote, id)).toHaveLength(1);
      expect(calls('GET /v1/opportunities/:id/notes', id).length).toBeGreaterThan(0);
      await audit(world, [account]);
    },
  );

  test('R55 the answer to the report’s note is lost: one report note', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    world.lever.faults.add({ route: writeNote, kind: 'reset-after-committing' });
    await advance('approved');
    await account.showing(id, 'Clear');
    await account.atRest(id);
    expect(firedInLever('reset-after-committing')).toBe(1);
    expect(account.shown(id).notes).toHaveLength(2);
    await audit(world, [account]);
  });

  test('R60 a check that is finished, reopened and finished again: the tag follows, the report is noted once', async () => {
    const account = await anAccount();
    const { id, check, advance } = await ordered(account);
    for (const [state, label] of [
      ['approved', 'Clear'],
      ['review__cm', 'Compliance Review'],
      ['rejected', 'Rejected'],
    ] as const) {
      await advance(state);
      await account.showing(id, label);
      await account.atRest(id);
    }
    expect(account.shown(id).notes.filter((note) => note.includes(check.dashboardUrl))).toHaveLength(1);
    await audit(world, [account]);
  });
});

describe('tags', () => {
  test('R57 a recruiter edits tags while ours are written: only ours are ever removed', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    world.lever.faults.add({ route: addTags, kind: 'delay', ms: 300 });
    world.lever.faults.add({ route: removeTags, kind: 'delay', ms: 300 });
    const before = calls(addTags, id).length;
    await advance('consent');
    await eventually(() => expect(calls(addTags, id).length).toBeGreaterThan(before));
    account.lever.addTag(id, 'Hot');
    account.lever.addTag(id, 'Turn Status: mine');
    await eventually(() => expect(calls(removeTags, id)).toHaveLength(1));
    account.lever.removeTag(id, 'Engineering');
    account.lever.addTag(id, 'turnpackage');
    await account.showing(id, 'Consent');
    await account.atRest(id);
    expect(firedInLever('delay')).toBe(2);
    expect(account.shown(id).otherTags.sort()).toEqual(['Hot', 'Turn Status: mine', 'turnpackage']);
    expect(calls(removeTags, id).map(({ body }) => body)).toEqual([{ tags: ['TurnStatus:Emailed'] }]);
    await audit(world, [account], { retagged: [id] });
  });

  test('R58 a status tag removed by hand, and a forged one: the next status puts it right', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    account.lever.removeTag(id, 'TurnStatus:Emailed');
    account.lever.addTag(id, 'TurnStatus:Clear');
    expect(account.shown(id).tags).toEqual(['TurnStatus:Clear']);
    await advance('processing');
    await account.showing(id, 'Processing');
    await audit(world, [account]);
  });

  test('R58 a forged tag is no proof of an order: Turn is asked', async () => {
    const account = await anAccount();
    const standing = account.add({ tags: ['Engineering', 'TurnStatus:Processing'] });
    const elsewhere = account.add({ tags: ['Engineering', 'TurnStatus:Processing'] });
    await world.sweep(account.connectionId);
    expect(await account.check(elsewhere)).toBeNull();
    account.lever.moveOpportunity(standing, account.stage);
    await account.inPhase(standing, 'ordered');
    await account.showing(standing, 'Emailed');
    expect(
      world.turn.journal.entries().filter(({ path }) => path.includes(elsewhere)).length,
    ).toBeGreaterThan(0);
    expect(account.ordersOf(elsewhere)).toEqual([]);
    expect(account.ordersOf(standing)).toHaveLength(1);
    await audit(world, [account], { withPinnedTag: [elsewhere], retagged: [standing, elsewhere] });
  });

  test('R59 Turn’s events doubled, repeated and older than what is known never move a status back', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    account.turn.setWebhookCopies(2);
    for (const state of ['consent', 'processing', 'pending']) await advance(state);
    await account.showing(id, 'Consider');
    const old = account.turn.deliveries.slice();
    expect(old.length).toBeGreaterThan(5);
    const shownBefore = calls(addTags, id).length;
    const synced = () =>
      world.lines.filter(
        ({ msg, connectionId }) => msg === 'check synced' && connectionId === account.connectionId,
      ).length;
    const before = synced();
    for (const { id: deliveryId } of old.toReversed()) await account.turn.repeatDelivery(deliveryId);
    expect(new Set(old.map(({ status }) => status))).toEqual(new Set([204]));
    await eventually(() => expect(synced()).toBeGreaterThan(before));
    await account.atRest(id);
    await audit(world, [account]);
    expect(account.shown(id).tags).toEqual(['TurnStatus:Consider']);
    expect(calls(addTags, id)).toHaveLength(shownBefore);
  });

  test.each([
    ['foo__bar', 'Foo Bar'],
    ['"><img src=x>, TurnStatus:Clear', 'Img Src X Turnstatus Clear'],
    ['clear\n\u202e', 'Clear'],
    ['💥', 'Unknown'],
  ])('R61 the unknown state %j is shown cleaned, and a person is told', async (state, label) => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    await advance(state);
    await account.showing(id, label);
    const open = await world.stores().incidents.listOpen(account.connectionId);
    expect(open).toContainEqual(expect.objectContaining({ kind: 'status-unrecognised' }));
    await audit(world, [account], { withPinnedTag: [id] });
  });
});

test('R61 a state unknown behind a known beginning is shown as its beginning', async () => {
  const account = await anAccount();
  const { id, advance } = await ordered(account);
  await advance('review__xyz');
  await account.showing(id, 'Compliance Review');
  expect((await account.check(id))?.status?.raw).toBe('review__xyz');
  await audit(world, [account], { withPinnedTag: [id] });
});

describe('Lever does not answer', () => {
  test('R63 429 in the middle: waited for as long as asked, others are not kept waiting', async () => {
    const account = await anAccount();
    const other = await anAccount();
    const { id, advance } = await ordered(account);
    const headers = { 'retry-after': '3' };
    world.lever.faults.add({ route: addTags, kind: 'status', status: 429, headers });
    await advance('consent');
    await eventually(() => expect(firedInLever('status')).toBe(1));
    await other.inPhase(other.order(), 'ordered');
    expect(account.shown(id).tags).toEqual(['TurnStatus:Emailed']);
    await account.showing(id, 'Consent');
    const [refused, taken] = calls(addTags, id).slice(-2);
    expect(refused?.status).toBe(429);
    expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(3000);
    await audit(world, [account, other]);
  });

  test('R63 429 that says nothing of when: tried again after a while', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    world.lever.faults.add({ route: removeTags, kind: 'status', status: 429 });
    await advance('consent');
    await account.showing(id, 'Consent');
    expect(firedInLever('status')).toBe(1);
    await audit(world, [account]);
  });

  test('R64 the candidate is removed in Lever after the order: no more is written, the order stays visible', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    account.lever.deleteOpportunity(id);
    await advance('consent');
    await eventually(async () => expect((await account.check(id))?.writeBackStop).toBe('gone'));
    expect(calls(addTags, id).at(-1)?.status).toBe(404);
    await account.atRest(id);
    const before = world.lever.journal.entries().filter(({ path }) => path.includes(id)).length;
    await advance('processing');
    await eventually(async () => expect((await account.check(id))?.status?.raw).toBe('processing'));
    await account.atRest(id);
    expect(await account.check(id)).toMatchObject({ phase: 'ordered', writeBackStop: 'gone' });
    expect(world.lever.journal.entries().filter(({ path }) => path.includes(id))).toHaveLength(before);
    await audit(world, [account]);
  });

  test('R65 the access token expires in the middle: one refresh, one repeat', async () => {
    const account = await anAccount();
    const { id, advance } = await ordered(account);
    const refreshes = world.lever.journal.count('POST /oauth/token');
    account.lever.expireAccessTokens();
    await advance('consent');
    await account.showing(id, 'Consent');
    expect(calls(addTags, id).map(({ status }) => status)).toEqual([200, 401, 200]);
    expect(world.lever.journal.count('POST /oauth/token') - refreshes).toBe(1);
    await audit(world, [account]);
  });

  test('R66 Lever is down while Turn finishes many checks: afterwards all is shown, nothing twice', async () => {
    const accounts = await Promise.all([anAccount(), anAccount()]);
    const all = await Promise.all(
      accounts.flatMap((account) =>
        Array.from({ length: 12 }, async () => ({ account, ...(await ordered(account)) })),
      ),
    );
    world.lever.faults.add({ route: '*', kind: 'status', status: 503, times: Infinity });
    await Promise.all(
      all.map(async ({ advance }, index) => {
        await advance('consent');
        await advance('processing');
        await advance(index % 2 === 0 ? 'approved' : 'pending');
      }),
    );
    await eventually(() => expect(firedInLever('status')).toBeGreaterThan(all.length));
    for (const { account, id } of all) expect(account.shown(id).tags).toEqual(['TurnStatus:Emailed']);
    world.lever.faults.clear();
    await Promise.all(
      all.map(({ account, id }, index) => account.showing(id, index % 2 === 0 ? 'Clear' : 'Consider')),
    );
    await audit(world, accounts);
    for (const { account, id } of all) expect(account.shown(id).notes).toHaveLength(2);
  });
});
