import { canary } from '@turn-lever/core/testing/canaries';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { eventually } from '../eventually.ts';
import type { TestAccount } from '../test-account.ts';
import { createWorld, type World } from '../world.ts';

let world: World;
const made: TestAccount[] = [];
/** Candidates whose tags were changed in a test. */
const retagged: string[] = [];
const createAccount = async (...given: Parameters<World['account']>): Promise<TestAccount> => {
  const account = await world.account(...given);
  made.push(account);
  return account;
};
afterEach(() => audit(world, made.splice(0), { retagged }));
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => world.close());

describe('Trigger', () => {
  test('a move into the trigger stage is ordered, whatever blanks and case its name was pasted with', async () => {
    const account = await createAccount({ settings: { triggerStage: '  reference CHECK ' } });
    const id = account.order();
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)).toHaveLength(1);
  });

  test('R33 a name Lever does not know yet is kept, and works once the stage is made', async () => {
    const account = await createAccount({ settings: { triggerStage: 'Screening' } });
    const early = account.order();
    await account.decided(world, early, 'ignored.not_trigger_stage');
    account.lever.addStage({ text: 'Screening' });
    const id = account.add();
    account.lever.moveOpportunity(id, 'Screening');
    await account.inPhase(id, 'ordered');
    expect(account.turn.checks).toHaveLength(1);
  });

  test('R33 a rename in Lever is followed', async () => {
    const account = await createAccount();
    await account.inPhase(account.order(), 'ordered');
    account.lever.renameStage('Reference Check', 'Screening');
    expect(account.lever.stages().map(({ text }) => text)).not.toContain('Reference Check');
    const id = account.add();
    account.lever.moveOpportunity(id, 'Screening');
    await account.inPhase(id, 'ordered');
  });

  test('R33 two stages of one name order nothing until a person picks', async () => {
    const account = await createAccount({ settings: { triggerStage: 'Screening' } });
    account.lever.addStage({ text: 'Screening' });
    account.lever.addStage({ text: 'screening ' });
    const id = account.add();
    account.lever.moveOpportunity(
      id,
      account.lever.stages().find(({ text }) => text === 'Screening')?.id ?? '',
    );
    await account.held(id, 'held.config');
    expect(account.turn.checks).toHaveLength(0);
  });

  test('a move into another stage is ignored', async () => {
    const account = await createAccount();
    await account.inPhase(account.order(), 'ordered');
    const id = account.add();
    account.lever.moveOpportunity(id, 'Offer');
    await world.lever.idle();
    expect(await account.check(id)).toBeNull();
  });
});

describe('Wait', () => {
  test('R30 a drag to the wrong column costs nothing', async () => {
    const account = await createAccount({ settings: { waitBeforeOrdering: 1 } });
    const id = account.order();
    account.lever.moveOpportunity(id, 'Offer');
    await account.decided(world, id, 'ignored.left_stage');
    expect(account.turn.checks).toHaveLength(0);
  });

  test('what is decided is the record after the wait, not the one before', async () => {
    const account = await createAccount({ settings: { waitBeforeOrdering: 1 } });
    const id = account.order();
    account.lever.addTag(id, 'TurnPackage:P0000000002:Plus');
    retagged.push(id);
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe('P0000000002');
  });
});

describe('Is it true?', () => {
  test('R30 a candidate who never entered the stage is ignored, whatever a signed body says', async () => {
    const account = await createAccount();
    const id = account.add();
    await account.post({ opportunityId: id, toStageId: account.stage });
    await account.decided(world, id, 'ignored.not_trigger_stage');
    expect(account.turn.checks).toHaveLength(0);
  });

  test('R30 a candidate who left after we should have looked is held, with Order anyway', async () => {
    const account = await createAccount();
    const id = account.add();
    const now = Date.now();
    account.lever.settings.deliverWebhooks = false;
    account.lever.moveOpportunity(id, account.stage, { at: now - 60_000 });
    account.lever.moveOpportunity(id, 'Offer', { at: now - 10_000 });
    await account.post({ opportunityId: id, toStageId: account.stage });
    await account.held(id, 'held.left_stage');
    expect(account.turn.checks).toHaveLength(0);
  });
});

describe('Package', () => {
  test.each<[string, string[], string | null]>([
    ['R35 a tag chooses it', ['TurnPackage:P0000000002:Plus'], 'P0000000002'],
    [
      'R35 prefix in any case and blanks do not matter',
      [' turnpackage: P0000000002 : Plus: with colon'],
      'P0000000002',
    ],
    ['R36 no tag: Turn’s own default is left to Turn', [], null],
    ['R35 an unknown id: the default, with a warning', ['TurnPackage:P9:Old'], null],
    ['R35 a malformed tag: the default, with a warning', ['TurnPackage:P0000000002'], null],
  ])('%s', async (_title, tags, packageId) => {
    const account = await createAccount();
    const id = account.order({ tags });
    const check = await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe(packageId);
    expect(check.invalidTags).toEqual(packageId === null ? tags : []);
  });

  test('a tag inherited from the posting counts like any other', async () => {
    const account = await createAccount();
    const id = account.order({ tags: [], postingTags: ['TurnPackage:P0000000001:Standard'] });
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe('P0000000001');
  });

  test('R36 the default of the settings is ordered without a valid tag', async () => {
    const account = await createAccount({ settings: { defaultPackageId: 'P0000000001' as never } });
    const id = account.order();
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe('P0000000001');
  });

  test('R35 two different valid ids are held, and the tags are named in Lever', async () => {
    const account = await createAccount();
    const id = account.order({ tags: ['TurnPackage:P0000000001:Standard', 'TurnPackage:P0000000002:Plus'] });
    await account.held(id, 'held.package_unclear');
    await account.showing(id, 'Error');
    await eventually(() =>
      expect(account.shown(id).notes).toEqual([expect.stringContaining('TurnPackage:P0000000002:Plus')]),
    );
    expect(account.turn.checks).toHaveLength(0);
  });

  test('R35 an invalid tag is held where the setting says so', async () => {
    const account = await createAccount({ settings: { onInvalidPackageTag: 'hold' } });
    await account.held(account.order({ tags: ['TurnPackage:P9:Old'] }), 'held.package_unclear');
  });

  test('an account that offers no list: a tag that parses is ordered', async () => {
    const account = await createAccount({ packages: 'not-offered' });
    const id = account.order({ tags: ['TurnPackage:P7:Own'] });
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)[0]?.packageId).toBe('P7');
  });

  test('R40 a list that cannot be read and was never kept: tried again, then held, never the default', async () => {
    const account = await createAccount();
    world.turn.faults.add({
      route: 'GET /v1/public_api/me/packages',
      kind: 'status',
      status: 503,
      times: Infinity,
    });
    const id = account.order({ tags: ['TurnPackage:P0000000001:Standard'] });
    await account.held(id, 'held.packages_unavailable');
    expect(world.turn.faults.fired.length).toBeGreaterThan(1);
    expect(account.turn.checks).toHaveLength(0);
    world.turn.faults.clear();
  });
});

describe('One check', () => {
  test('R32 moving back and forth orders once', async () => {
    const account = await createAccount();
    const id = account.order();
    await account.inPhase(id, 'ordered');
    account.lever.moveOpportunity(id, 'Offer');
    account.lever.moveOpportunity(id, account.stage);
    await account.decided(world, id, 'ignored.already_ordered');
    expect(account.ordersOf(id)).toHaveLength(1);
  });

  test('R32 entering again retries a held one', async () => {
    const account = await createAccount();
    const id = account.order({ emails: [] });
    await account.held(id, 'held.missing_data');
    account.lever.updateContact(id, { emails: [canary.email] });
    account.lever.moveOpportunity(id, 'Offer');
    account.lever.moveOpportunity(id, account.stage);
    await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id)).toHaveLength(1);
  });

  test('R39 the same person with an open check of the package is held', async () => {
    const account = await createAccount();
    const first = account.order();
    await account.inPhase(first, 'ordered');
    const { contactId } = account.lever.opportunity(first);
    await account.held(account.order({ contactId }), 'held.same_person');
    expect(account.turn.checks).toHaveLength(1);
  });

  test('an order that Turn has already under our reference is adopted, not repeated', async () => {
    const account = await createAccount();
    const id = account.add();
    const reference = `lever-sandbox-${id}-1`;
    const answer = await fetch(`${world.turn.apiUrl}/person/search_async`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.turn.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        first_name: canary.firstName,
        last_name: canary.lastName,
        email: canary.email,
        callback_url: account.turnUrl,
        reference_id: reference,
      }),
    });
    expect(answer.status).toBe(200);
    account.lever.moveOpportunity(id, account.stage);
    const check = await account.inPhase(id, 'ordered');
    expect(account.ordersOf(id).map(({ workerId }) => workerId)).toEqual([check.workerId]);
  });
});

describe('Needed from Lever', () => {
  test('R37 e-mail, first and last name and a valid US phone are sent, and nothing else of the person', async () => {
    const account = await createAccount();
    const id = account.order({
      name: `${canary.lastName}, ${canary.firstName} Jr.`,
      emails: ['no address of mailcanary', canary.email],
      phones: ['+49 202 555 0143', canary.phone],
    });
    await account.inPhase(id, 'ordered');
    const [entry] = world.turn.journal.entries({ route: 'POST /v1/person/search_async' }).slice(-1);
    expect(entry?.body).toEqual({
      first_name: canary.firstName,
      last_name: canary.lastName,
      email: canary.email,
      phone_number: canary.phoneDigits,
      callback_url: account.turnUrl,
      reference_id: `lever-sandbox-${id}-1`,
    });
  });
});
