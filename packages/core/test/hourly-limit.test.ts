import { expect, test } from 'vitest';
import { PortError } from '../src/ports/port-error.ts';
import { defaultSettings } from '../src/settings.ts';
import { createPlaceOrder } from '../src/use-cases/place-order.ts';
import { createProcessDelivery } from '../src/use-cases/process-delivery.ts';
import { createPersonWorld, type PersonWorld } from './by-person/world.ts';

const minute = 60_000;
const hour = 60 * minute;

const withLimit = (ordersPerHour: number) =>
  createPersonWorld({ settings: { ...defaultSettings, ordersPerHour } });

const hearOf = async (world: PersonWorld, candidates: number) => {
  const heard = [];
  for (let count = 0; count < candidates; count += 1) heard.push(await world.hear(world.enter()));
  return heard;
};

/** Decides as this engine does, with some of its calls to checks replaced. */
const decideWith = (world: PersonWorld, replaced: Partial<PersonWorld['checks']>) =>
  createProcessDelivery({
    ...world,
    checks: { ...world.checks, ...replaced },
    placeOrder: createPlaceOrder(world),
  });

/** Everything that follows within the time, with a sweep each quarter of an hour. */
const letPass = async (world: PersonWorld, ms: number): Promise<void> => {
  for (let passed = 0; passed < ms; passed += 15 * minute) {
    await world.sweep();
    await world.settle();
    world.pass(15 * minute);
  }
};

test.each([3 * minute, 3 * hour])(
  'processes that die once their rows are ready do not take them past the limit, up again %s ms later',
  async (down) => {
    const world = withLimit(3);
    const decide = decideWith(world, {
      makeReady: async (...about) => {
        await world.checks.makeReady(...about);
        return new Promise(() => {});
      },
    });
    for (const id of await hearOf(world, 10)) void decide(id);
    await expect.poll(() => world.checks.all().filter(({ phase }) => phase === 'ready').length).toBe(10);
    world.pass(down);
    await world.settle();
    expect(world.checkProvider.orders).toHaveLength(3);
    world.pass(hour + 1);
    await letPass(world, 5 * hour);
    expect(world.checkProvider.orders).toHaveLength(10);
  },
);

test('a count that fails once the row is ready is made again before the order', async () => {
  const world = withLimit(1);
  let counts = 0;
  const heard = await hearOf(world, 6);
  const decide = decideWith(world, {
    countOrdersSince: async (...about) => {
      counts += 1;
      if (counts > heard.length) throw new PortError('unavailable', 'The database is away.');
      return world.checks.countOrdersSince(...about);
    },
  });
  await Promise.all(heard.map((id) => decide(id)));
  expect(world.checks.all().map(({ phase }) => phase)).toEqual(heard.map(() => 'ready'));
  for (let retry = 0; retry < 5; retry += 1) {
    world.pass(minute);
    await world.settle();
  }
  expect(world.checkProvider.orders).toHaveLength(1);
});

test('after three hours in which Turn could not be asked, no hour has more orders than the limit', async () => {
  const world = withLimit(5);
  await hearOf(world, 40);
  let isDown = true;
  const at: number[] = [];
  const { findByReference, order } = world.checkProvider;
  Object.assign(world.checkProvider, {
    findByReference: async (...about: Parameters<typeof findByReference>) => {
      if (isDown) throw new PortError('unavailable', 'Turn is away.', { vendor: 'turn' });
      return findByReference(...about);
    },
    order: async (...about: Parameters<typeof order>) => {
      at.push(world.now());
      return order(...about);
    },
  });
  await letPass(world, 3 * hour);
  isDown = false;
  await letPass(world, 2 * hour);
  const inHourFrom = (from: number) => at.filter((time) => time >= from && time <= from + hour - 1).length;
  expect(Math.max(...at.map(inHourFrom))).toBe(5);
  await letPass(world, 8 * hour);
  expect(at).toHaveLength(40);
});

test('what a person released is ordered past the limit, also where a process died over it', async () => {
  const world = withLimit(1);
  const [first, second] = [world.enter(), world.enter()];
  for (const id of [first, second]) await world.hear(id);
  const checkId = await world.held(second, 'held.bulk');
  await world.actions.release(world.person(), world.connectionId, checkId);
  const wish = world.inbox.deliveries().at(-1)?.id ?? ('' as never);
  const decide = decideWith(world, {
    makeReady: async (...about) => {
      await world.checks.makeReady(...about);
      return new Promise(() => {});
    },
  });
  void decide(wish);
  await expect.poll(async () => (await world.checkOf(second)).phase).toBe('ready');
  world.pass(3 * minute);
  await world.settle();
  expect(await world.checkOf(second)).toMatchObject({ phase: 'ordered' });
});

test('an order that Turn was too busy for is tried again within the limit', async () => {
  const world = withLimit(1);
  const [first, second] = [world.enter(), world.enter()];
  world.checkProvider.orderOutcomeNext({ kind: 'not-carried-out', retryAfter: null }, { committed: false });
  for (const id of [first, second]) await world.hear(id);
  await world.settle();
  expect(await world.checkOf(second)).toMatchObject({ hold: { reason: 'held.bulk' } });
  world.pass(minute);
  await world.settle();
  expect(await world.checkOf(first)).toMatchObject({ phase: 'ordered' });
  expect(await world.checkOf(second)).toMatchObject({ phase: 'held' });
});
