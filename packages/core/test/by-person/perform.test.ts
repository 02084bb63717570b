import { expect, test } from 'vitest';
import { PortError } from '../../src/ports/port-error.ts';
import { createPerform, done, type Plan, tooLate } from '../../src/use-cases/by-person/perform.ts';
import { createPersonWorld } from './world.ts';

const aWorld = () => {
  const world = createPersonWorld();
  const perform = createPerform(world);
  const outcomes = async () => (await world.audit()).map(({ outcome }) => outcome).reverse();
  const plan = (act: Plan<null>['act']): Plan<null> => ({ before: { a: 1 }, after: { a: 2 }, act });
  const run = (act: Plan<null>['act']) =>
    perform(world.person(), world.connectionId, 'pause', 'subject-1', async () => plan(act));
  return { ...world, perform, outcomes, plan, run };
};

test('the entry stands before anything is done', async () => {
  const { run, outcomes } = aWorld();
  let seen: readonly string[] = [];
  await run(async () => {
    seen = await outcomes();
    return done;
  });
  expect(seen).toEqual(['begun']);
  expect(await outcomes()).toEqual(['begun']);
});

test('the entry says who did what to what, and what it was before', async () => {
  const world = aWorld();
  await world.run(async () => done);
  expect(await world.audit()).toEqual([
    {
      personId: 'super-admin-of-own',
      role: 'super-admin',
      action: 'pause',
      subject: 'subject-1',
      outcome: 'begun',
      before: { a: 1 },
      after: { a: 2 },
      at: world.now(),
    },
  ]);
});

test('what came too late has a second entry that says so', async () => {
  const { run, outcomes } = aWorld();
  expect(await run(async () => tooLate)).toEqual({ kind: 'too-late' });
  expect(await outcomes()).toEqual(['begun', 'no-effect']);
});

test('what breaks off is thrown on, and has a second entry that says so', async () => {
  const { run, outcomes } = aWorld();
  await expect(
    run(async () => {
      throw new PortError('unavailable', 'away');
    }),
  ).rejects.toMatchObject({ code: 'unavailable' });
  expect(await outcomes()).toEqual(['begun', 'failed']);
});

test('nothing is done where the entry cannot be written', async () => {
  const { connections, connectionId, person, plan } = aWorld();
  const append = async () => {
    throw new PortError('unavailable', 'away');
  };
  const perform = createPerform({ connections, auditLog: { append } });
  let isDone = false;
  const run = perform(person(), connectionId, 'pause', 'subject-1', async () =>
    plan(async () => {
      isDone = true;
      return done;
    }),
  );
  await expect(run).rejects.toMatchObject({ code: 'unavailable' });
  expect(isDone).toBe(false);
});

test('nothing is looked at for somebody who may not, or whose account it is not', async () => {
  const { perform, person, connectionId, audit } = aWorld();
  let looked = 0;
  const prepare = async () => {
    looked += 1;
    return null;
  };
  expect(await perform(person('admin'), connectionId, 'pause', 's', prepare)).toEqual({ kind: 'forbidden' });
  const stranger = person('super-admin', 'other');
  expect(await perform(stranger, connectionId, 'pause', 's', prepare)).toEqual({ kind: 'not-found' });
  expect(looked).toBe(0);
  expect(await audit()).toEqual([]);
});

test('on a disconnected connection everything comes too late', async () => {
  const { run, connections, connectionId, now } = aWorld();
  await connections.disconnect(connectionId, now());
  expect(await run(async () => done)).toEqual({ kind: 'too-late' });
});
