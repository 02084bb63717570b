import { describe, expect, test } from 'vitest';
import type { CheckId, ContactId } from '../../src/ids.ts';
import { referenceId } from '../../src/ordering/reference-id.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { defaultSettings } from '../../src/settings.ts';
import { onSelection } from '../../src/use-cases/by-person/on-selection.ts';
import { anAuthorization } from '../../testing/an-authorization.ts';
import { referenceCheckStage } from '../../testing/an-opportunity.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

const minute = 60_000;
const grant = { accessToken: 'new', refreshToken: 'newer', expiresAt: 9, issuedAt: 1 };

const paused = async (world: PersonWorld) => {
  const { pause } = world.actions;
  await pause(world.person(), world.connectionId);
  world.pass(minute);
  const ids = [world.enter(), world.enter()] as const;
  for (const id of ids) {
    await world.hear(id);
    await world.held(id, 'held.paused');
  }
  world.pass(minute);
  return ids;
};

describe('pause and resume', () => {
  test('what came meanwhile becomes backlog, to be ordered or discarded one by one', async () => {
    const world = createPersonWorld();
    const person = world.person();
    const { connectionId, actions } = world;
    const [first, second] = await paused(world);
    expect(await actions.pause(person, connectionId)).toEqual({ kind: 'too-late' });
    expect(await actions.resume(person, connectionId)).toEqual({ kind: 'done', result: { reopened: 2 } });
    expect(await actions.resume(person, connectionId)).toEqual({ kind: 'too-late' });
    const checkId = await world.held(first, 'held.backlog');
    const preview = await actions.previewBacklog(person, connectionId);
    expect(preview).toMatchObject({
      kind: 'done',
      result: [{ opportunityId: first }, { opportunityId: second }],
    });

    const selection = [checkId, 'check-99' as CheckId, checkId];
    const ends = await onSelection(selection, (id) => actions.orderBacklog(person, connectionId, id));
    expect(ends.map(({ outcome }) => outcome.kind)).toEqual(['done', 'not-found', 'too-late']);
    await actions.discardBacklog(person, connectionId, (await world.checkOf(second)).id);
    await world.settle();
    expect(await world.checkOf(first)).toMatchObject({ phase: 'ordered' });
    expect(await world.checkOf(second)).toMatchObject({ phase: 'dismissed' });
    expect(await actions.previewBacklog(person, connectionId)).toEqual({ kind: 'done', result: [] });
    expect(world.checkProvider.orders).toHaveLength(1);
  });

  test.each([
    ['release', 'held.bulk'],
    ['orderAnyway', 'held.same_person'],
    ['orderBacklog', 'held.backlog'],
  ] as const)('%s waits for the end of the pause, whatever guard it lets pass', async (name, reason) => {
    const contactId = 'one-person' as ContactId;
    const world = createPersonWorld({ settings: { ...defaultSettings, ordersPerHour: 1 } });
    const { connectionId, actions } = world;
    const first = world.enter({ contactId });
    await world.hear(first);
    await world.settle();
    if (reason === 'held.backlog') world.pass(minute);
    const second = world.enter(reason === 'held.same_person' ? { contactId } : {});
    if (reason === 'held.backlog') world.pass(25 * 60 * minute);
    await world.hear(second);
    const checkId = await world.held(second, reason);
    await actions.pause(world.person(), connectionId);
    expect(await actions[name](world.person(), connectionId, checkId)).toMatchObject({ kind: 'done' });
    await world.held(second, 'held.paused');
    expect(world.checkProvider.orders).toHaveLength(1);
  });

  test('a resume that was cut short is finished by pressing again, and by a sweep', async () => {
    for (const finish of ['press', 'sweep'] as const) {
      const world = createPersonWorld();
      const [first, second] = await paused(world);
      await world.connections.savePaused(world.connectionId, null, world.now());
      if (finish === 'sweep') await world.sweep();
      else
        expect(await world.actions.resume(world.person(), world.connectionId)).toMatchObject({
          kind: 'done',
        });
      await world.held(first, 'held.backlog');
      await world.held(second, 'held.backlog');
    }
  });

  test('discarding is for the backlog alone', async () => {
    const world = createPersonWorld();
    const id = world.enter({ emails: [] });
    await world.hear(id);
    const checkId = await world.held(id, 'held.missing_data');
    const discard = await world.actions.discardBacklog(world.person(), world.connectionId, checkId);
    expect(discard).toEqual({ kind: 'too-late' });
    expect(await world.checkOf(id)).toMatchObject({ phase: 'held' });
  });
});

describe('retroactive entries', () => {
  const before = (world: PersonWorld) => {
    const ids = [world.enter(), world.enter(), world.enter()] as const;
    world.pass(minute);
    world.connections.change(world.connectionId, { orderingSince: world.now() });
    world.pass(minute);
    return ids;
  };
  const offered = async (world: PersonWorld) => {
    const preview = await world.actions.previewRetroactive(world.person(), world.connectionId);
    if (preview.kind !== 'done') throw new Error(preview.kind);
    return preview.result;
  };

  test('are offered until they are ordered or discarded, and never ordered by a sweep', async () => {
    const world = createPersonWorld();
    const [first, second, third] = before(world);
    await world.sweep();
    await world.settle();
    const entries = await offered(world);
    expect(entries.map(({ opportunityId }) => opportunityId)).toEqual([first, second, third]);
    const [one, other] = entries;
    if (one === undefined || other === undefined) throw new Error('Expected two entries.');
    const { orderRetroactive, discardRetroactive } = world.actions;
    const order = () => orderRetroactive(world.person(), world.connectionId, one);
    expect((await Promise.all([order(), order()])).map(({ kind }) => kind).toSorted()).toEqual([
      'done',
      'too-late',
    ]);
    await discardRetroactive(world.person(), world.connectionId, other);
    await world.settle();
    expect(await world.checkOf(first)).toMatchObject({ phase: 'ordered' });
    expect(world.checkProvider.orders).toHaveLength(1);
    expect((await offered(world)).map(({ opportunityId }) => opportunityId)).toEqual([third]);
  });

  test('that were discarded are not ordered by a replay', async () => {
    const world = createPersonWorld();
    before(world);
    const [entry] = await offered(world);
    if (entry === undefined) throw new Error('Expected an entry.');
    await world.actions.discardRetroactive(world.person(), world.connectionId, entry);
    const deliveryId = world.inbox.deliveries().at(-1)?.id;
    if (deliveryId === undefined) throw new Error('Expected a delivery.');
    const replay = await world.actions.replay(world.person('admin'), world.connectionId, deliveryId);
    expect(replay).toEqual({ kind: 'too-late' });
    await world.settle();
    expect(world.checkProvider.orders).toEqual([]);
  });

  test('leave out who is held, and who has a check', async () => {
    const world = createPersonWorld();
    const ordered = world.enter();
    const held = world.enter({ emails: [] });
    await world.hear(ordered);
    await world.hear(held);
    await world.settle();
    expect(await offered(world)).toEqual([]);
  });

  test('leave out who is held or was adopted, although nobody decided on the entry', async () => {
    const world = createPersonWorld();
    const held = world.enter({ emails: [] });
    await world.hear(held);
    await world.settle();
    world.pass(minute);
    world.ats.moveOpportunity(world.connectionId, held, referenceCheckStage);
    const adopted = world.enter({ tags: ['TurnStatus:Emailed'] });
    world.checkProvider.addCheck(world.connectionId, referenceId('production', adopted, 1));
    world.connections.change(world.connectionId, { orderingSince: world.now() + 1 });
    expect(await world.sweep()).toMatchObject({ adopted: 1 });
    expect(await offered(world)).toEqual([]);
  });

  test('that moved on meanwhile are not ordered', async () => {
    const world = createPersonWorld();
    const [first] = before(world);
    const [entry] = await offered(world);
    world.ats.archive(world.connectionId, first);
    if (entry === undefined) throw new Error('Expected an entry.');
    await world.actions.orderRetroactive(world.person(), world.connectionId, entry);
    await world.settle();
    expect(world.checkProvider.orders).toEqual([]);
  });
});

describe('dry run', () => {
  test('tells the decision, its steps and the split of the name, and writes nothing', async () => {
    const world = createPersonWorld({ triggerStage: { kind: 'unresolved', name: 'reference check' } });
    const opportunityId = world.enter({ name: 'Example, Ada', tags: ['TurnPackage:P0000000001:Standard'] });
    const before = [await world.connection(), world.checks.all(), world.inbox.deliveries()];
    const run = await world.actions.dryRun(world.person('admin'), world.connectionId, { opportunityId });
    expect(run).toMatchObject({
      kind: 'done',
      result: {
        decision: { kind: 'order', request: { packageId: 'P0000000001' } },
        splitName: { firstName: 'Ada', lastName: 'Example' },
      },
    });
    expect([await world.connection(), world.checks.all(), world.inbox.deliveries()]).toEqual(before);
    const writes = ['addTag', 'removeTags', 'writeNote', 'deleteNote', 'order', 'resendInvitation'];
    const calls = [...world.ats.journal, ...world.checkProvider.journal].map(({ method }) => method);
    expect(calls).toContain('readOpportunity');
    expect(calls.filter((method) => writes.includes(method))).toEqual([]);
    expect(JSON.stringify(await world.audit())).not.toContain('Ada');
  });

  test('of a delivery tells beforehand what a replay would do', async () => {
    const world = createPersonWorld();
    const deliveryId = await world.hear(world.enter());
    await world.settle();
    const run = await world.actions.dryRun(world.person(), world.connectionId, { deliveryId });
    expect(run).toMatchObject({
      result: { decision: { kind: 'ignore', reason: 'ignored.already_ordered' } },
    });
    const missing = { deliveryId: 'delivery-99' as typeof deliveryId };
    expect(await world.actions.dryRun(world.person(), world.connectionId, missing)).toEqual({
      kind: 'not-found',
    });
  });

  test('says that dead credentials would hold it, and leaves it to the engine to note that', async () => {
    const world = createPersonWorld();
    const opportunityId = world.enter();
    world.ats.revoke(world.connectionId);
    const run = await world.actions.dryRun(world.person(), world.connectionId, { opportunityId });
    expect(run).toMatchObject({ result: { decision: { kind: 'hold', reason: 'held.disconnected' } } });
    expect(await world.connection()).toMatchObject({ lever: 'working' });
  });

  test('throws what will pass', async () => {
    const world = createPersonWorld();
    const opportunityId = world.enter();
    world.ats.fail(new PortError('unavailable', 'away', { vendor: 'lever' }));
    const run = world.actions.dryRun(world.person(), world.connectionId, { opportunityId });
    await expect(run).rejects.toMatchObject({ code: 'unavailable' });
    expect((await world.audit()).map(({ outcome }) => outcome)).toEqual(['failed', 'begun']);
  });
});

describe('connect Lever', () => {
  test('brings back what was held, behind the money guards', async () => {
    const world = createPersonWorld();
    const id = world.enter();
    world.ats.revoke(world.connectionId);
    await world.hear(id);
    await world.held(id, 'held.disconnected');
    world.pass(minute);
    world.ats.reconnect(world.connectionId);
    const { leverAccountId } = await world.connection();
    const end = await world.actions.connectLever(
      world.person(),
      world.connectionId,
      anAuthorization({ grant, leverAccountId }),
    );
    expect(end).toEqual({ kind: 'done', result: { kind: 'reconnected', reopened: 1 } });
    await world.held(id, 'held.backlog');
    expect(await world.connection()).toMatchObject({ lever: 'working', orderingSince: world.now() });
    expect(await world.grants.read(world.connectionId)).toMatchObject(grant);
    expect(await world.incidents.listOpen(world.connectionId)).toEqual([]);
    const later = world.enter();
    await world.hear(later);
    await world.settle();
    expect(await world.checkOf(later)).toMatchObject({ phase: 'ordered' });
  });

  test.each(['another-account', ''])(
    'refuses the Lever account "%s", and says in the audit log that nothing was done',
    async (other) => {
      const world = createPersonWorld({ lever: 'reconnect-needed' });
      const end = await world.actions.connectLever(
        world.person(),
        world.connectionId,
        anAuthorization({ grant, leverAccountId: other }),
      );
      expect(end).toMatchObject({ kind: 'done', result: { kind: 'other-lever-account' } });
      expect(await world.connection()).toMatchObject({ lever: 'reconnect-needed' });
      expect(await world.grants.read(world.connectionId)).toBeNull();
      expect((await world.audit()).map(({ outcome }) => outcome)).toEqual(['no-effect', 'begun']);
      expect(JSON.stringify(await world.audit())).not.toContain(grant.accessToken);
    },
  );
});

describe('disconnect', () => {
  test('deletes our webhooks, erases the secrets and stops what is queued', async () => {
    const world = createPersonWorld();
    const { connectionId, atsWebhooks, connections } = world;
    atsWebhooks.put(connectionId, 'webhook-1');
    atsWebhooks.put(connectionId, 'webhook-2');
    atsWebhooks.pin('webhook-2');
    const deliveryId = await world.hear(world.enter());
    const end = await world.actions.disconnect(world.person(), connectionId);
    expect(end).toEqual({
      kind: 'done',
      result: { deletedWebhooks: 1, staying: [{ webhookId: 'webhook-2', code: 'unavailable' }] },
    });
    await expect(connections.turnToken(connectionId)).rejects.toMatchObject({ code: 'unauthorized' });
    await world.settle();
    expect(await world.reasonOf(deliveryId)).toBe('held.disconnected');
    expect(world.checkProvider.orders).toEqual([]);
    expect(await world.actions.disconnect(world.person(), connectionId)).toEqual({ kind: 'too-late' });
  });

  test('asks Lever nothing where it never let us in', async () => {
    const world = createPersonWorld({ lever: 'not-connected' });
    world.atsWebhooks.revoke(world.connectionId);
    const end = await world.actions.disconnect(world.person(), world.connectionId);
    expect(end).toEqual({ kind: 'done', result: { deletedWebhooks: 0, staying: [] } });
  });

  test('goes through although Lever no longer lets us in', async () => {
    const world = createPersonWorld();
    world.atsWebhooks.revoke(world.connectionId);
    const end = await world.actions.disconnect(world.person(), world.connectionId);
    expect(end).toMatchObject({ result: { staying: [{ webhookId: null, code: 'unauthorized' }] } });
    expect((await world.connection()).disconnectedAt).not.toBeNull();
  });
});
