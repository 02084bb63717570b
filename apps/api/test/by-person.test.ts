import type { ConnectionId, OpportunityId } from '@turn-lever/core/ids';
import type { Person } from '@turn-lever/core/ports/audit-log';
import { anAuthorization } from '@turn-lever/core/testing/an-authorization';
import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { eventually } from './eventually.ts';
import type { TestAccount } from './test-account.ts';
import { createWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
});
afterAll(() => world.close());

const actions = () => world.program().actions;

const superAdmin = async (connectionId: ConnectionId): Promise<Person> => {
  const connection = await world.stores().connections.read(connectionId);
  if (connection === null) throw new Error('no connection');
  return { id: 'person-1', accountId: connection.accountId, role: 'super-admin' };
};

const begin = async (given: Parameters<World['account']>[0] = {}) => {
  const account = await world.account(given);
  const person = await superAdmin(account.connectionId);
  const by = [person, account.connectionId] as const;
  const audited = async () =>
    (await world.stores().auditLog.list(account.connectionId, 100)).map(
      ({ action, outcome }) => `${action}: ${outcome}`,
    );
  return { account, by, audited };
};

/** Waits until every delivery is settled: a check is held a moment before its delivery is. */
const allSettled = ({ connectionId }: TestAccount) =>
  eventually(async () =>
    expect(
      await world.ask`select id from delivery where connection_id = ${connectionId} and state = 'due'`,
    ).toEqual([]),
  );

/** A candidate who was moved on before we could look. */
const movedOn = async (account: TestAccount): Promise<string> => {
  await world.setOrderingSince(account.connectionId, Date.now() - 3_600_000);
  const id = account.add();
  account.lever.moveOpportunity(id, account.stage, { at: Date.now() - 1_800_000 });
  account.lever.moveOpportunity(id, 'New applicant', { at: Date.now() - 60_000 });
  return id;
};

test('somebody held for leaving the stage is ordered anyway, once for two people at once', async () => {
  const { account, by, audited } = await begin({ settings: { waitBeforeOrdering: 1 } });
  const id = await movedOn(account);
  const { id: checkId } = await account.held(id, 'held.left_stage');
  const ends = await Promise.all([1, 2].map(() => actions().orderAnyway(...by, checkId)));
  expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['done', 'too-late']);
  await account.inPhase(id, 'ordered');
  await account.showing(id, 'Emailed');
  expect(account.ordersOf(id)).toHaveLength(1);
  expect((await audited()).toSorted()).toEqual([
    'order anyway: begun',
    'order anyway: begun',
    'order anyway: no-effect',
  ]);
});

test('a double click on "order again" makes one more order, and Lever shows its status alone', async () => {
  const { account, by } = await begin();
  const id = account.order();
  const first = await account.inPhase(id, 'ordered');
  expect(await actions().orderAgain(...by, first.id)).toEqual({ kind: 'too-late' });
  await account.showing(id, 'Emailed');
  await account.turn.advance(first.workerId ?? '', 'approved');
  await account.showing(id, 'Clear');
  await eventually(async () => expect((await account.check(id))?.status?.status.name).toBe('clear'));
  const ends = await Promise.all([1, 2].map(() => actions().orderAgain(...by, first.id)));
  expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['done', 'too-late']);
  const second = await eventually(async () => {
    const check = await account.check(id);
    if (check?.orderNumber !== 2 || check.phase !== 'ordered') throw new Error(`${check?.phase}`);
    return check;
  });
  expect(second.referenceId).toBe(first.referenceId.replace(/1$/u, '2'));
  expect(account.ordersOf(id)).toHaveLength(2);
  await account.showing(id, 'Emailed');
  await eventually(() =>
    expect(account.shown(id).notes.filter((note) => note.includes('Turn ID'))).toHaveLength(2),
  );
});

test('what came during a pause is backlog after it, to be ordered or discarded', async () => {
  const { account, by } = await begin();
  // It would have what is held decided again as well.
  await world.sweptByItself(account.connectionId);
  expect(await actions().pause(...by)).toMatchObject({ kind: 'done' });
  const ids = [account.order(), account.order()] as const;
  for (const id of ids) await account.held(id, 'held.paused');
  await allSettled(account);
  expect(await actions().resume(...by)).toEqual({ kind: 'done', result: { reopened: 2 } });
  const [wanted, unwanted] = [
    await account.held(ids[0], 'held.backlog'),
    await account.held(ids[1], 'held.backlog'),
  ];
  const preview = await actions().previewBacklog(...by);
  expect(preview.kind === 'done' && preview.result.map(({ id }) => id).toSorted()).toEqual(
    [wanted.id, unwanted.id].toSorted(),
  );
  await actions().orderBacklog(...by, wanted.id);
  await actions().discardBacklog(...by, unwanted.id);
  await account.inPhase(ids[0], 'ordered');
  await account.inPhase(ids[1], 'dismissed');
  await world.sweep(account.connectionId);
  expect(account.turn.checks).toHaveLength(1);
});

test('after a revocation a new authorization of the same Lever account brings back what waited', async () => {
  const { account, by } = await begin();
  await world.sweptByItself(account.connectionId);
  account.lever.revokeAccess();
  const id = account.order();
  await account.held(id, 'held.disconnected');
  await allSettled(account);
  const { userId: _, scopes: __, ...tokens } = account.lever.createGrant();
  const grant = { ...tokens, issuedAt: Date.now() };
  const authorized = anAuthorization({
    grant,
    leverAccountId: account.lever.id,
    environment: 'sandbox',
  });
  const other = await actions().connectLever(...by, {
    ...authorized,
    leverAccountId: 'another-account',
  });
  expect(other).toMatchObject({ result: { kind: 'other-lever-account' } });
  const same = await actions().connectLever(...by, authorized);
  expect(same).toMatchObject({ result: { kind: 'reconnected', reopened: 1 } });
  const held = await account.held(id, 'held.backlog');
  await actions().orderBacklog(...by, held.id);
  await account.inPhase(id, 'ordered');
  const later = account.order();
  await account.inPhase(later, 'ordered');
  const rows = JSON.stringify(await world.ask`select * from audit_log`);
  for (const secret of [grant.accessToken, grant.refreshToken]) expect(rows).not.toContain(secret);
});

test('after a disconnect our webhooks are gone, the secrets erased, and Lever and Turn are told so', async () => {
  const { account, by } = await begin({ settings: { waitBeforeOrdering: 3600 } });
  const { connectionId } = account;
  const id = account.order();
  await eventually(async () =>
    expect(
      await world.ask`
    select id from delivery where connection_id = ${connectionId}`,
    ).toHaveLength(1),
  );
  const grant = await world.stores().grants.read(connectionId);
  const makeWebhook = (url: string) =>
    fetch(`${world.lever.apiUrl}/webhooks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${grant?.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'candidateHired', url }),
    });
  expect((await makeWebhook(`${account.leverUrl}`)).ok).toBe(true);
  expect((await makeWebhook('https://somebody-else.example.com/webhooks/lever/key')).ok).toBe(true);

  expect(await actions().disconnect(...by)).toEqual({
    kind: 'done',
    result: { deletedWebhooks: 1, staying: [] },
  });
  const [row] = await world.ask`
    select access_token_sealed as access, refresh_token_sealed as refresh, turn_token_sealed as turn
    from connection where id = ${connectionId}`;
  expect(row).toEqual({ access: null, refresh: null, turn: null });
  expect(await world.ask`select id from signature_token where connection_id = ${connectionId}`).toEqual([]);
  const answer = await account.post({ opportunityId: id, toStageId: account.stage });
  expect(answer.status).toBe(410);
  const fromTurn = await fetch(account.turnUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(fromTurn.status).toBe(410);
  await world.ask`update delivery set due_at = now() where connection_id = ${connectionId}`;
  await eventually(async () =>
    expect(
      await world.ask`select reason from delivery where connection_id = ${connectionId} and state = 'settled'`,
    ).toEqual([{ reason: 'held.disconnected' }]),
  );
  expect(account.turn.checks).toEqual([]);
  expect(await world.stores().checks.newest(connectionId, id as OpportunityId)).toBeNull();
});
