import type { Action } from '../../src/permission.ts';
import type { Person } from '../../src/ports/audit-log.ts';
import type { Actions } from '../../src/use-cases/by-person/create-actions.ts';
import type { Outcome } from '../../src/use-cases/by-person/perform.ts';
import { anAuthorization } from '../../testing/an-authorization.ts';
import type { PersonWorld } from './world.ts';

type Doing = (person: Person) => Promise<Outcome<unknown>>;

/** One action: its name in the table of permissions, and how it comes to be possible. */
export interface EveryAction {
  readonly action: Action;
  /** Brings about what can be done, and answers the doing. */
  readonly arrange: (world: PersonWorld) => Promise<Doing>;
}

const onHeld =
  (
    name: 'retry' | 'dismiss' | 'orderAnyway' | 'release' | 'orderBacklog' | 'discardBacklog',
    reason: 'held.missing_data' | 'held.same_person' | 'held.bulk' | 'held.backlog',
  ): EveryAction['arrange'] =>
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
  (name: 'orderAgain' | 'resendInvitation'): EveryAction['arrange'] =>
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
  (name: 'orderNow' | 'cancel'): EveryAction['arrange'] =>
  async (world) => {
    const deliveryId = await world.hear(world.enter(), 30_000);
    return (person) => world.actions[name](person, world.connectionId, deliveryId);
  };

const onConnection =
  (
    name: 'pause' | 'resume' | 'previewBacklog' | 'previewRetroactive' | 'disconnect',
  ): EveryAction['arrange'] =>
  async (world) => {
    if (name === 'resume') await world.connections.savePaused(world.connectionId, 1, 1);
    return (person) => world.actions[name](person, world.connectionId);
  };

const onEntry =
  (name: 'orderRetroactive' | 'discardRetroactive'): EveryAction['arrange'] =>
  async (world) => {
    const entry = { opportunityId: world.enter(), enteredAt: world.now() };
    return (person) => world.actions[name](person, world.connectionId, entry);
  };

const grant = { accessToken: 'new', refreshToken: 'newer', expiresAt: 9, issuedAt: 1 };

/** Everything a person can do. */
export const everyAction: { readonly [Name in keyof Actions]: EveryAction } = {
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
