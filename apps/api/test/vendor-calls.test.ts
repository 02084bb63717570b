import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { eventually } from './eventually.ts';
import type { TestAccount } from './test-account.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let account: TestAccount;

beforeAll(async () => {
  world = await createWorld({
    databaseUrl: await createDatabase(inject('postgresUrl')),
    // Only what the test itself causes: no polls, and no list that is called old.
    times: {
      // A look-up while the order is being posted would be one call more.
      lookUps: [60_000],
      packageListAge: 3_600_000,
      poll: {
        webhookUnseen: 3_600_000,
        waitingOnCandidate: 3_600_000,
        working: 3_600_000,
        reportReady: 3_600_000,
        settled: 3_600_000,
        settledFor: 3_600_000,
      },
    },
  });
  account = await world.account();
  await world.sweptByItself(account.connectionId);
  // The first order reads the package list and refreshes the grant, which nobody knows the age of.
  await shownOn(account.order({ tags: ['TurnPackage:P0000000001:Standard'] }), 'Emailed');
});
afterAll(() => world.close());
beforeEach(() => {
  world.lever.journal.clear();
  world.turn.journal.clear();
});

/** Waits until Lever shows the status and the Turn ID, and nothing more is due. */
const shownOn = async (id: string, tag: string, notes = 1): Promise<void> => {
  await account.showing(id, tag);
  await eventually(() => expect(account.shown(id).notes).toHaveLength(notes));
  await account.atRest(id);
};

const calls = () => ({
  lever: world.lever.journal
    .entries()
    .map(({ route }) => route)
    .filter((route) => route !== 'POST /oauth/token'),
  turn: world.turn.journal.entries().map(({ route }) => route),
});

describe('calls to the vendors, token refresh apart', () => {
  test('an ignored delivery costs none', async () => {
    const id = account.add();
    account.lever.moveOpportunity(id, 'Offer');
    const hired = await account.post({ opportunityId: id }, { event: 'candidateHired' });
    expect(hired.status).toBe(200);
    await world.lever.idle();
    expect(calls()).toEqual({ lever: [], turn: [] });
  });

  test('an order until the Turn-ID note and the first tag: three to Lever, three to Turn', async () => {
    const id = account.order({ tags: ['TurnPackage:P0000000001:Standard'] });
    await shownOn(id, 'Emailed');
    expect(calls()).toEqual({
      lever: [
        'GET /v1/opportunities/:id',
        'POST /v1/opportunities/:id/addTags',
        'POST /v1/opportunities/:id/notes',
      ],
      turn: ['GET /v1/person/:id/status', 'POST /v1/person/search_async', 'GET /v1/person/:id/status'],
    });
  });

  test('a status change: two to Lever, one to Turn', async () => {
    const id = account.order();
    await shownOn(id, 'Emailed');
    world.lever.journal.clear();
    world.turn.journal.clear();
    await account.turn.advance(account.ordersOf(id)[0]?.workerId ?? '', 'processing');
    await shownOn(id, 'Processing');
    expect(calls()).toEqual({
      lever: ['POST /v1/opportunities/:id/addTags', 'POST /v1/opportunities/:id/removeTags'],
      turn: ['GET /v1/person/:id/status'],
    });
  });

  test('the end of a check with its report: four to Lever, two to Turn', async () => {
    const id = account.order();
    await shownOn(id, 'Emailed');
    world.lever.journal.clear();
    world.turn.journal.clear();
    account.turn.setWebhookCopies(1);
    await account.turn.advance(account.ordersOf(id)[0]?.workerId ?? '', 'rejected');
    await shownOn(id, 'Rejected', 2);
    expect(calls()).toEqual({
      lever: [
        'POST /v1/opportunities/:id/addTags',
        'POST /v1/opportunities/:id/removeTags',
        // Whether the note is there already: what we know may be from a backup.
        'GET /v1/opportunities/:id/notes',
        'POST /v1/opportunities/:id/notes',
      ],
      // The second: whether the order after it was forgotten.
      turn: ['GET /v1/person/:id/status', 'GET /v1/person/:id/status'],
    });
  });

  test('an unchanged status: none to Lever', async () => {
    const id = account.order();
    await shownOn(id, 'Emailed');
    world.lever.journal.clear();
    world.turn.journal.clear();
    const { deliveries } = account.turn;
    await account.turn.advance(account.ordersOf(id)[0]?.workerId ?? '', 'consent');
    await shownOn(id, 'Consent');
    world.lever.journal.clear();
    world.turn.journal.clear();
    await account.turn.repeatDelivery(deliveries.at(-1)?.id ?? '');
    await eventually(() => expect(calls().turn).toEqual(['GET /v1/person/:id/status']));
    await shownOn(id, 'Consent');
    expect(calls().lever).toEqual([]);
  });

  test('are kept beside the delivery, with nothing but ids in their paths', async () => {
    const id = account.order();
    await shownOn(id, 'Emailed');
    const check = await account.check(id);
    const correlationId = check?.correlationId ?? ('' as never);
    // Written once the work is done, so after the check is at rest.
    const kept = await eventually(async () => {
      const calls = await world.stores().callLog.list(account.connectionId, correlationId);
      expect(calls.map(({ vendor, method, status }) => `${vendor} ${method} ${status}`)).toEqual([
        'lever GET 200',
        'turn GET 422',
        'turn POST 200',
        'turn GET 200',
        'lever POST 200',
        'lever POST 201',
      ]);
      return calls;
    });
    expect(JSON.stringify(kept)).not.toMatch(/canary|\?/u);
  });
});

test('the report’s details are never read', () => {
  expect(world.turn.journal.entries().some(({ route }) => route.includes('details'))).toBe(false);
});
