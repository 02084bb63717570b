import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { eventually } from '../eventually.ts';
import type { TestAccount } from '../test-account.ts';
import { createWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => world.close());

/** An ordered candidate whose first status and Turn ID are shown. */
const ordered = async (account: TestAccount, candidate: Parameters<TestAccount['order']>[0] = {}) => {
  const id = account.order(candidate);
  await account.inPhase(id, 'ordered');
  await account.showing(id, 'Emailed');
  await eventually(() => expect(account.shown(id).notes).toHaveLength(1));
  const [check] = account.ordersOf(id);
  if (check === undefined) throw new Error('no order');
  return { id, check, advance: (state: string) => account.turn.advance(check.workerId, state) };
};

describe('Turn ID', () => {
  test('is one note, never secret, beside the tags that were there', async () => {
    const account = await world.account({ settings: { reportNoteSecret: true } });
    const { id, check } = await ordered(account);
    expect(account.shown(id)).toEqual({
      tags: ['TurnStatus:Emailed'],
      otherTags: ['Engineering'],
      notes: [`Turn background check ordered. Turn ID: ${check.turnId}`],
    });
    expect(account.lever.opportunity(id).notes[0]?.secret).toBe(false);
  });

  test.each(['reset-after-committing', 'half-body', 'reset-before-reading'] as const)(
    'is written once when the answer to the note is lost (%s)',
    async (kind) => {
      const account = await world.account();
      world.lever.faults.add({ route: 'POST /v1/opportunities/:id/notes', kind });
      const { id } = await ordered(account);
      expect(world.lever.faults.fired.some((fault) => fault.kind === kind)).toBe(true);
      expect(account.shown(id).notes).toHaveLength(1);
    },
  );

  test('is not written again after a person deleted it', async () => {
    const account = await world.account();
    const { id, advance } = await ordered(account);
    account.lever.deleteNote(id, account.lever.opportunity(id).notes[0]?.id ?? '');
    await advance('processing');
    await account.showing(id, 'Processing');
    expect(account.shown(id).notes).toEqual([]);
  });
});

describe('Status', () => {
  test.each([
    ['consent', 'Consent'],
    ['review__identity', 'Verifying'],
    ['review', 'Reviewing'],
    ['review__qa', 'Compliance Review'],
    ['review__xyz', 'Compliance Review'],
    ['pending', 'Consider'],
    ['pending__first_notice', 'First Notice'],
    ['approved', 'Clear'],
    ['rejected', 'Rejected'],
    ['withdrawn', 'Withdrawn'],
    ['foo__bar', 'Foo Bar'],
  ])('%s at Turn is TurnStatus:%s in Lever, and nothing else of ours', async (state, label) => {
    const account = await world.account();
    const { id, advance } = await ordered(account);
    await advance(state);
    await account.showing(id, label);
    expect(account.shown(id).otherTags).toEqual(['Engineering']);
  });

  test('Requested is shown while Turn’s status cannot be read after the order', async () => {
    // A world of its own: polls of other accounts would use the faults up.
    const alone = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
    try {
      const account = await alone.account();
      const route = 'GET /v1/person/:id/status';
      alone.turn.faults.add({ route, call: 2, kind: 'status', status: 503, times: Infinity });
      const id = account.order();
      await account.showing(id, 'Requested');
      alone.turn.faults.clear();
      await account.showing(id, 'Emailed');
      await eventually(() => expect(account.shown(id).notes).toHaveLength(1));
    } finally {
      await alone.close();
    }
  });

  test('is found by polling alone, where Turn’s webhook was never set up', async () => {
    const account = await world.account({ turnWebhook: false });
    const { id, check } = await ordered(account);
    account.turn.setWebhookCopies(0);
    await account.turn.advance(check.workerId, 'processing');
    await account.showing(id, 'Processing');
  });

  test('adverse statuses are one neutral word where the setting says so', async () => {
    const account = await world.account({ settings: { neutralAdverse: true } });
    const { id, advance } = await ordered(account);
    await advance('pending');
    await account.showing(id, 'Report Ready');
  });

  test('a tag of ours that a person removed is shown again with the next status', async () => {
    const account = await world.account();
    const { id, advance } = await ordered(account);
    account.lever.removeTag(id, 'TurnStatus:Emailed');
    account.lever.addTag(id, 'TurnStatus:Clear');
    await advance('processing');
    await account.showing(id, 'Processing');
  });

  test('a tag that will not go away twice is alerted once and left', async () => {
    const account = await world.account();
    const { id, advance } = await ordered(account);
    account.lever.pinTag(id, 'TurnStatus:Emailed');
    for (const state of ['consent', 'processing', 'review']) {
      await advance(state);
      await eventually(() =>
        expect(account.lever.opportunity(id).tags).toContain(
          {
            consent: 'TurnStatus:Consent',
            processing: 'TurnStatus:Processing',
            review: 'TurnStatus:Reviewing',
          }[state],
        ),
      );
    }
    await eventually(() =>
      expect(account.shown(id).tags).toEqual(['TurnStatus:Emailed', 'TurnStatus:Reviewing']),
    );
    const open = await world.stores().incidents.listOpen(account.connectionId);
    expect(open.filter(({ kind }) => kind === 'tag-stays')).toHaveLength(1);
  });
});

describe('Report', () => {
  test.each(['pending', 'approved', 'rejected', 'pending__first_notice'])(
    'is linked in one note once there is one (%s)',
    async (state) => {
      const account = await world.account();
      const { id, check, advance } = await ordered(account);
      await advance(state);
      await eventually(() =>
        expect(account.shown(id).notes).toContain(`Turn background check report: ${check.dashboardUrl}`),
      );
      await advance('processing');
      await account.showing(id, 'Processing');
      await advance('approved');
      await account.showing(id, 'Clear');
      expect(account.shown(id).notes).toHaveLength(2);
    },
  );

  test('is secret, and tells followers of Consider, where the settings say so', async () => {
    const account = await world.account({
      settings: { reportNoteSecret: true, notifyFollowersOnConsider: true },
    });
    const { id, advance } = await ordered(account);
    await advance('pending');
    await eventually(() =>
      expect(account.lever.opportunity(id).notes[1]).toMatchObject({ secret: true, notifyFollowers: true }),
    );
  });

  test.each([
    'javascript:alert(1)',
    'https://evil.example/workers/1',
    'http://partners.example/workers/1',
    'https://user:word@partners.turn.ai/workers/1',
  ])('R62 with the address %s is not written, and a person is told', async (url) => {
    const account = await world.account();
    const { id, check, advance } = await ordered(account);
    account.turn.setDashboardUrl(check.workerId, url);
    await advance('approved');
    await account.showing(id, 'Clear');
    await account.atRest(id);
    expect(await world.stores().incidents.listOpen(account.connectionId)).toContainEqual(
      expect.objectContaining({ kind: 'report-url-refused' }),
    );
    expect(account.shown(id).notes).toHaveLength(1);
  });
});

describe('Archived with an open check', () => {
  test('the check goes on, Lever still shows it, and a person is told once', async () => {
    const account = await world.account();
    const { id, advance } = await ordered(account);
    account.lever.archive(id);
    await world.sweep(account.connectionId);
    await world.sweep(account.connectionId);
    const open = await world.stores().incidents.listOpen(account.connectionId);
    expect(open.filter(({ kind }) => kind === 'archived-with-open-check')).toHaveLength(1);
    await advance('processing');
    await account.showing(id, 'Processing');
  });
});

describe('Revoked in Lever', () => {
  test('is found before an order, even while the old access token still works', async () => {
    const strict = await createWorld({
      databaseUrl: await createDatabase(inject('postgresUrl')),
      times: { grantAge: 0 },
    });
    try {
      const account = await strict.account();
      await account.inPhase(account.order(), 'ordered');
      account.lever.revokeAccess({ accessTokensStayValid: true });
      const id = account.order();
      await account.held(id, 'held.disconnected');
      expect(account.turn.checks).toHaveLength(1);
      expect(await strict.stores().connections.read(account.connectionId)).toMatchObject({
        lever: 'reconnect-needed',
      });
      expect(account.lever.deliveries.at(-1)?.attempts.at(-1)?.status).toBe(200);
    } finally {
      await strict.close();
    }
  });

  test('is found by a 401 that a refresh does not cure; deliveries are kept', async () => {
    const account = await world.account();
    await account.inPhase(account.order(), 'ordered');
    account.lever.revokeAccess();
    const id = account.order();
    await account.held(id, 'held.disconnected');
    const open = await world.stores().incidents.listOpen(account.connectionId);
    expect(open).toContainEqual(expect.objectContaining({ kind: 'lever-reconnect-needed' }));
    expect(account.turn.checks).toHaveLength(1);
  });

  test('an expired access token alone is refreshed, and nothing is lost', async () => {
    const account = await world.account();
    await account.inPhase(account.order(), 'ordered');
    account.lever.expireAccessTokens();
    await account.inPhase(account.order(), 'ordered');
  });
});
