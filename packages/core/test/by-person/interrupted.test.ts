import { describe, expect, test } from 'vitest';
import type { OpportunityId } from '../../src/ids.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { createActions } from '../../src/use-cases/by-person/create-actions.ts';
import { createInterruptions, type Interruptions } from '../interruptions.ts';
import { everyAction } from './every-action.ts';
import { createPersonWorld, type PersonWorld } from './world.ts';

const ports = [
  'ats',
  'atsWebhooks',
  'auditLog',
  'checkProvider',
  'checks',
  'connections',
  'inbox',
  'incidents',
] as const;

type AnyAction = (typeof everyAction)[keyof typeof everyAction];

/** What a press has to do beside its own subject: a check to end, what the connection held, webhooks to delete. */
const furnish = async (world: PersonWorld, { action }: AnyAction, entered: readonly OpportunityId[]) => {
  const { connectionId } = world;
  world.atsWebhooks.put(connectionId, 'webhook-1');
  if (action === 'connect') world.connections.change(connectionId, { lever: 'reconnect-needed' });
  const heard = world.inbox.deliveries().map(({ happening }) => happening.opportunityId);
  for (const id of entered.filter((one) => !heard.includes(one))) {
    world.ats.change(connectionId, id, { emails: [] });
    await world.hear(id);
    await world.settle();
  }
  await world.hear(world.enter());
  await world.settle();
};

/** Everything that can be changed by a person, as it is now. */
const stateOf = async (world: PersonWorld) => ({
  connection: await world.connection(),
  grant: await world.grants.read(world.connectionId),
  webhooks: await world.atsWebhooks.listWebhooks(world.connectionId),
  checks: world.checks.all(),
  deliveries: await Promise.all(
    world.inbox.deliveries().map(({ id }) => world.inbox.read(world.connectionId, id)),
  ),
});

/** What it came to: what was paid for, and how everything stands. Ids and times left out. */
const endingOf = async (world: PersonWorld) => {
  const { connection, grant, checks, deliveries } = await stateOf(world);
  return {
    orders: world.checkProvider.orders.map(({ referenceId }) => referenceId),
    checks: checks.map(({ orderNumber, phase, hold }) => `${orderNumber} ${phase} ${hold?.reason ?? ''}`),
    deliveries: deliveries.map((one) => `${one?.delivery.source} ${one?.settlement?.reason ?? 'due'}`),
    isPaused: connection.pausedAt !== null,
    isDisconnected: connection.disconnectedAt !== null,
    lever: connection.lever,
    accessToken: grant?.accessToken ?? null,
  };
};

/**
 * Somebody presses, perhaps with a mishap, everything that is due is worked on, and they press once more. The audit log
 * must tell of the first press where it changed anything.
 */
const tell = async (action: AnyAction, plan: (interruptions: Interruptions) => void = () => undefined) => {
  const world = createPersonWorld();
  const interruptions = createInterruptions();
  const watched = Object.fromEntries(
    ports.map((name) => [name, interruptions.watch<object>(name, world[name])]),
  ) as Pick<PersonWorld, (typeof ports)[number]>;
  const entered: OpportunityId[] = [];
  const enter: typeof world.enter = (given) => {
    const id = world.enter(given);
    entered.push(id);
    return id;
  };
  const actions = createActions({ ...world, ...watched });
  const press = await action.arrange({ ...world, enter, actions });
  await furnish(world, action, entered);
  const before = await stateOf(world);
  plan(interruptions);
  const first = await interruptions.survive(() => press(world.person()));
  const calls = [...interruptions.calls];
  const isChanged = JSON.stringify(await stateOf(world)) !== JSON.stringify(before);
  const isTold = (await world.audit()).some(({ outcome }) => outcome === 'begun');
  await world.settle();
  await press(world.person());
  world.pass(60_000);
  await world.settle();
  return { first, calls, isUntold: isChanged && !isTold, ending: await endingOf(world) };
};

const outage = () => new PortError('unavailable', 'An outage.');
const mishaps: readonly (readonly [string, (to: Interruptions, call: number) => void])[] = [
  ['the process dies before', (to, call) => to.crash({ call, moment: 'before' })],
  ['the process dies after', (to, call) => to.crash({ call, moment: 'after' })],
  ['an outage fails', (to, call) => to.fail({ call, moment: 'before' }, outage())],
  ['an outage loses the answer of', (to, call) => to.fail({ call, moment: 'after' }, outage())],
];

describe.each(Object.entries(everyAction))('%s', (_name, action) => {
  test.each(mishaps)(
    'pressed again, comes to the same where %s any one of its calls',
    async (_title, mishap) => {
      const unharmed = await tell(action);
      expect(unharmed.first).toMatchObject({ kind: 'done' });
      // The connection, the audit log, and what it is about.
      expect(unharmed.calls.length).toBeGreaterThanOrEqual(2);
      const deviations: Record<string, unknown> = {};
      for (const [at, name] of unharmed.calls.entries()) {
        const { ending, isUntold } = await tell(action, (interruptions) => mishap(interruptions, at + 1));
        if (isUntold) deviations[`${at + 1} ${name}`] = 'The audit log says nothing of it.';
        if (JSON.stringify(ending) !== JSON.stringify(unharmed.ending))
          deviations[`${at + 1} ${name}`] = ending;
      }
      expect(deviations).toEqual({});
    },
  );
});
