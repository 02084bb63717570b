import { describe, expect, test } from 'vitest';
import type { CheckId, DeliveryId } from '../../src/ids.ts';
import { can, type Role } from '../../src/permission.ts';
import { everyAction } from './every-action.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

const roles: readonly Role[] = ['super-admin', 'admin', 'team-member', 'limited-team-member'];
const cases = Object.entries(everyAction).flatMap(([name, row]) =>
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
