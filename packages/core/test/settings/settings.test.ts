import { describe, expect, test } from 'vitest';
import type { ConnectionId, StageId } from '../../src/ids.ts';
import type { Role } from '../../src/permission.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { unknownToken } from '../../testing/fake-check-provider.ts';
import { createSettingsWorld, noon } from './settings-world.ts';

const away = new PortError('unavailable', 'The fake is away.', { vendor: 'lever' });
const stages = [
  { id: 'stage-1' as StageId, name: 'Reference Check' },
  { id: 'stage-2' as StageId, name: 'Offer' },
];
const roles: readonly Role[] = ['super-admin', 'admin', 'team-member', 'limited-team-member'];

describe('who may', () => {
  test.each(roles)(
    '%s changes and sees what the table says, and nothing of another account',
    async (role) => {
      const { settings, personOf, id } = createSettingsWorld();
      const person = personOf(role);
      const mayChange = role === 'super-admin';
      const ends = [
        await settings.save(person, id, { revision: 1, change: {} }),
        await settings.saveEnvironment(person, id, 'sandbox'),
        await settings.saveWebhookSecret(person, id, 'a-secret'),
        await settings.saveTurnToken(person, id, 'a-token'),
        await settings.createWebhook(person, id),
      ];
      for (const { kind } of ends) expect(kind === 'forbidden').toBe(!mayChange);
      const maySee = role === 'super-admin' || role === 'admin';
      expect((await settings.read(person, id)) !== null).toBe(maySee);
      expect((await settings.stages(person, id)) !== null).toBe(maySee);
      expect((await settings.listening(person, id)) !== null).toBe(maySee);
      const stranger = { ...person, accountId: 'another' as typeof person.accountId };
      expect(await settings.read(stranger, id)).toBeNull();
      const kind = (await settings.save(stranger, id, { revision: 1, change: {} })).kind;
      expect(kind).toBe(mayChange ? 'not-found' : 'forbidden');
      expect(await settings.read(person, 'no-such' as ConnectionId)).toBeNull();
    },
  );
});

describe('a picked stage', () => {
  test('is another one: ordering begins anew', async () => {
    const world = createSettingsWorld();
    world.ats.setStages(world.id, stages);
    const stageId = 'stage-2' as StageId;
    await world.settings.save(world.superAdmin, world.id, { revision: 1, change: {}, stageId });
    expect(await world.connection()).toMatchObject({
      triggerStage: { kind: 'resolved', id: 'stage-2', name: 'Offer' },
      settings: { triggerStage: 'Offer' },
      orderingSince: noon,
    });
  });

  test('is the same one under its new name: ordering goes on', async () => {
    const id = 'stage-1' as StageId;
    const world = createSettingsWorld({ triggerStage: { kind: 'resolved', id, name: 'Old' } });
    const { orderingSince } = await world.connection();
    world.ats.setStages(world.id, [{ id, name: 'New' }]);
    await world.settings.save(world.superAdmin, world.id, { revision: 1, change: { triggerStage: 'New' } });
    expect(await world.connection()).toMatchObject({ orderingSince, settings: { triggerStage: 'New' } });
  });

  test('is not guessed while Lever is away: nothing is saved', async () => {
    const world = createSettingsWorld();
    world.ats.fail(away, { method: 'listStages' });
    const change = { revision: 1, change: { ordersPerHour: 3 }, stageId: 'stage-2' as StageId };
    await expect(world.settings.save(world.superAdmin, world.id, change)).rejects.toThrow(away.message);
    expect((await world.connection()).settingsRevision).toBe(1);
    expect((await world.auditLog.list(world.id, 5)).map(({ outcome }) => outcome)).toEqual([
      'failed',
      'begun',
    ]);
  });
});

describe('a webhook made in Lever', () => {
  const allowed = {
    authorization: {
      personId: 'person-1',
      at: 0,
      permissions: ['webhooks'],
      leverUserId: null,
      endsAt: noon,
    },
  } as const;
  const kindOf = async (world: ReturnType<typeof createSettingsWorld>) => {
    const end = await world.settings.createWebhook(world.superAdmin, world.id);
    return end.kind === 'done' ? end.result.kind : end.kind;
  };

  test('is made once', async () => {
    const world = createSettingsWorld(allowed);
    expect([await kindOf(world), await kindOf(world)]).toEqual(['created', 'exists']);
    expect(await world.atsWebhooks.listWebhooks(world.id)).toHaveLength(1);
  });

  test('is made anew where somebody deleted it', async () => {
    const world = createSettingsWorld(allowed);
    await kindOf(world);
    const [made] = await world.atsWebhooks.listWebhooks(world.id);
    await world.atsWebhooks.deleteWebhook(world.id, made?.id ?? '');
    expect(await kindOf(world)).toBe('created');
    expect((await world.setup.read(world.id))?.createdWebhookIds).toHaveLength(1);
  });

  test.each([
    [1, 'created', 1],
    [2, 'unavailable', 0],
  ])('of which %d answers are lost is %s, and %d are left', async (lost, kind, left) => {
    const world = createSettingsWorld(allowed);
    world.atsWebhooks.loseCreations(lost);
    expect(await kindOf(world)).toBe(kind);
    expect(await world.atsWebhooks.listWebhooks(world.id)).toHaveLength(left);
    // Nothing is under way any more.
    expect(await world.setup.beginWebhook(world.id, 1000)).toBe(true);
  });

  test('is deleted where the connection was ended meanwhile', async () => {
    const world = createSettingsWorld(allowed);
    const { createWebhook } = world.atsWebhooks;
    world.atsWebhooks.createWebhook = async (...given) => {
      const made = await createWebhook(...given);
      await world.connections.disconnect(world.id, noon);
      return made;
    };
    expect(await kindOf(world)).toBe('unavailable');
    expect(await world.atsWebhooks.listWebhooks(world.id)).toEqual([]);
  });

  test('is deleted where its token cannot be kept', async () => {
    const world = createSettingsWorld(allowed);
    world.setup.saveWebhook = async () => {
      throw new PortError('unavailable', 'The store is away.');
    };
    await expect(kindOf(world)).rejects.toThrow('The store is away.');
    expect(await world.atsWebhooks.listWebhooks(world.id)).toEqual([]);
  });

  test('waits for one that is under way, and needs the permission', async () => {
    const world = createSettingsWorld(allowed);
    await world.setup.beginWebhook(world.id, 1000);
    expect(await kindOf(world)).toBe('in-progress');
    const { authorization } = allowed;
    expect(await kindOf(createSettingsWorld({ authorization: { ...authorization, permissions: [] } }))).toBe(
      'not-allowed',
    );
    expect(await kindOf(createSettingsWorld({ lever: 'not-connected' }))).toBe('not-connected');
  });
});

describe("Turn's token", () => {
  test('is tried before it is kept', async () => {
    const world = createSettingsWorld({ turn: 'reconnect-needed' });
    const before = await world.connections.turnToken(world.id);
    const save = async (token: string) => world.settings.saveTurnToken(world.superAdmin, world.id, token);
    expect(await save(unknownToken)).toEqual({ kind: 'done', result: { kind: 'refused' }, hadEffect: false });
    world.checkProvider.failNext('readAccountName', away);
    expect(await save('good')).toMatchObject({ result: { kind: 'unavailable' } });
    expect(await world.connections.turnToken(world.id)).toBe(before);
    expect(await save(' good ')).toMatchObject({ result: { kind: 'saved', accountName: 'Account of good' } });
    expect(await world.connection()).toMatchObject({ turn: 'working', orderingSince: noon });
  });
});

describe('packages', () => {
  test('are the kept ones where Turn cannot be asked, and said so where there are none', async () => {
    const world = createSettingsWorld({ turn: 'reconnect-needed' });
    expect(await world.settings.packages(world.superAdmin)).toEqual({ kind: 'unavailable' });
    await world.connections.savePackages(world.id, { packages: [], readAt: 0 });
    expect(await world.settings.packages(world.superAdmin)).toMatchObject({ kind: 'listed', readAt: 0 });
    const fresh = createSettingsWorld({ turn: 'not-connected' });
    expect(await fresh.settings.packages(fresh.superAdmin)).toEqual({ kind: 'not-connected' });
  });
});
