import { describe, expect, test } from 'vitest';
import type { CheckId, DeliveryId } from '../../src/ids.ts';
import { type Action, can, type Role } from '../../src/permission.ts';
import type { Person } from '../../src/ports/audit-log.ts';
import type { Actions } from '../../src/use-cases/by-person/create-actions.ts';
import type { Outcome } from '../../src/use-cases/by-person/perform.ts';
import { anAuthorization } from '../../testing/an-authorization.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

type Doing = (person: Person) => Promise<Outcome<unknown>>;

interface Row {
  readonly action: Action;
  /** Brings about what can be done, and answers the doing. */
  readonly arrange: (world: PersonWorld) => Promise<Doing>;
}

const onHeld =
  (
    name: 'retry' | 'dismiss' | 'orderAnyway' | 'release' | 'orderBacklog' | 'discardBacklog',
    reason: 'held.missing_data' | 'held.same_person' | 'held.bulk' | 'held.backlog',
  ): Row['arrange'] =>
  async (world) => {
    const opportunityId = world.enter({ emails: [] });
    const deliveryId = await world.hear(opportunityId);
    await world.settle();
    const { contactId, correlationId, orderNumber } = await world.checkOf(opportunityId);
    const subject = { opportunityId, contactId, orderNumber, deliveryId, correlationId };
    const check = await world.checks.hold(
      world.connectionId,
      { ...subject, displayName: null, statusTags: null },
      reason,
      [],
    );
    return (person) => world.actions[name](person, world.connectionId, check.id);
  };

const onOrdered =
  (name: 'orderAgain' | 'resendInvitation'): Row['arrange'] =>
  async (world) => {
    const id = world.enter();
    await world.hear(id);
    await world.settle();
    if (name === 'orderAgain') await world.advance(id, 'clear');
    else await world.advance(id, 'emailed');
    const check = await world.checkOf(id);
    return (person) => world.actions[name](person, world.connectionId, check.id);
  };

const onWaiting =
  (name: 'orderNow' | 'cancel'): Row['arrange'] =>
  async (world) => {
    const deliveryId = await world.hear(world.enter(), 30_000);
    return (person) => world.actions[name](person, world.connectionId, deliveryId);
  };

const onConnection =
  (name: 'pause' | 'resume' | 'previewBacklog' | 'previewRetroactive' | 'disconnect'): Row['arrange'] =>
  async (world) => {
    if (name === 'resume') await world.connections.savePaused(world.connectionId, 1, 1);
    return (person) => world.actions[name](person, world.connectionId);
  };

const onEntry =
  (name: 'orderRetroactive' | 'discardRetroactive'): Row['arrange'] =>
  async (world) => {
    const entry = { opportunityId: world.enter(), enteredAt: world.now() };
    return (person) => world.actions[name](person, world.connectionId, entry);
  };

const grant = { accessToken: 'new', refreshToken: 'newer', expiresAt: 9, issuedAt: 1 };

const table: { readonly [Name in keyof Actions]: Row } = {
  retry: { action: 'retry', arrange: onHeld('retry', 'held.missing_data') },
  dismiss: { action: 'dismiss', arrange: onHeld('dismiss', 'held.missing_data') },
  orderAnyway: { action: 'order anyway', arrange: onHeld('orderAnyway', 'held.same_person') },
  release: { action: 'release', arrange: onHeld('release', 'held.bulk') },
  orderBacklog: { action: 'order retroactively', arrange: onHeld('orderBacklog', 'held.backlog') },
  discardBacklog: { action: 'order retroactively', arrange: onHeld('discardBacklog', 'held.backlog') },
  orderAgain: { action: 'order again', arrange: onOrdered('orderAgain') },
  resendInvitation: { action: 'resend invitation', arrange: onOrdered('resendInvitation') },
  orderNow: { action: 'order now', arrange: onWaiting('orderNow') },
  cancel: { action: 'cancel during wait', arrange: onWaiting('cancel') },
  replay: {
    action: 'replay',
    arrange: async (world) => {
      const deliveryId = await world.hear(world.enter());
      await world.settle();
      return (person) => world.actions.replay(person, world.connectionId, deliveryId);
    },
  },
  dryRun: {
    action: 'dry run',
    arrange: async (world) => {
      const opportunityId = world.enter();
      return (person) => world.actions.dryRun(person, world.connectionId, { opportunityId });
    },
  },
  previewBacklog: { action: 'order retroactively', arrange: onConnection('previewBacklog') },
  previewRetroactive: { action: 'order retroactively', arrange: onConnection('previewRetroactive') },
  orderRetroactive: { action: 'order retroactively', arrange: onEntry('orderRetroactive') },
  discardRetroactive: { action: 'order retroactively', arrange: onEntry('discardRetroactive') },
  pause: { action: 'pause', arrange: onConnection('pause') },
  resume: { action: 'pause', arrange: onConnection('resume') },
  connectLever: {
    action: 'connect',
    arrange: async (world) => {
      const { leverAccountId } = await world.connection();
      const authorized = anAuthorization({ grant, leverAccountId });
      return (person) => world.actions.connectLever(person, world.connectionId, authorized);
    },
  },
  disconnect: { action: 'disconnect', arrange: onConnection('disconnect') },
};

const roles: readonly Role[] = ['super-admin', 'admin', 'team-member', 'limited-team-member'];
const cases = Object.entries(table).flatMap(([name, row]) =>
  roles.flatMap((role) => (['own', 'other'] as const).map((account) => ({ name, role, account, ...row }))),
);

/** Everything that could have changed. */
const everything = async (world: PersonWorld) => ({
  connection: await world.connection(),
  grant: await world.grants.read(world.connectionId),
  checks: world.checks.all(),
  deliveries: await Promise.all(
    world.inbox.deliveries().map(({ id }) => world.inbox.read(world.connectionId, id)),
  ),
  vendorCalls: world.ats.journal.length + world.checkProvider.journal.length,
  audit: await world.audit(),
});

describe('what a person may do', () => {
  test.each(cases)('$name as $role of the $account account', async ({ action, arrange, role, account }) => {
    const world = createPersonWorld();
    const doIt = await arrange(world);
    const before = await everything(world);
    const outcome = await doIt(world.person(role, account));
    if (can(role, action) && account === 'own') {
      expect(outcome.kind).toBe('done');
      expect(await world.audit()).toMatchObject([{ action, role, outcome: 'begun' }]);
    } else {
      expect(outcome).toEqual({ kind: can(role, action) ? 'not-found' : 'forbidden' });
      expect(await everything(world)).toEqual(before);
    }
  });

  test.each(['retry', 'dismiss', 'orderAnyway', 'orderAgain', 'resendInvitation'] as const)(
    '%s finds no check under an id of nowhere, nor of another connection',
    async (name) => {
      const world = createPersonWorld();
      const doing = world.actions[name](world.person(), world.connectionId, 'check-99' as CheckId);
      expect(await doing).toEqual({ kind: 'not-found' });
      expect(await world.audit()).toEqual([]);
    },
  );

  test.each(['replay', 'orderNow', 'cancel'] as const)(
    '%s finds no delivery under an id of nowhere',
    async (name) => {
      const world = createPersonWorld();
      const doing = world.actions[name](world.person(), world.connectionId, 'delivery-99' as DeliveryId);
      expect(await doing).toEqual({ kind: 'not-found' });
    },
  );
});
