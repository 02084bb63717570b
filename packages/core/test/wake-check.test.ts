import { describe, expect, test } from 'vitest';
import type { WorkerId } from '../src/ids.ts';
import { createEngine } from './engine.ts';

const minute = 60_000;

const ordered = async () => {
  const engine = createEngine();
  await engine.moveCandidate(engine.addCandidate());
  await engine.runFor(minute);
  const workerId = engine.checkProvider.orders[0]?.workerId;
  if (workerId === undefined) throw new Error('Nothing was ordered.');
  const key = await engine.connections.turnKey(engine.connectionId);
  return { engine, workerId, key };
};

const stranger = '00000000-0000-4000-8000-999999999999' as WorkerId;

describe('a word from Turn', () => {
  test('makes our check due at once, and shows that the status webhook is set up', async () => {
    const { engine, workerId, key } = await ordered();
    expect(engine.checks.dueIds()).toEqual([]);
    expect(await engine.wakeCheck(key, { workerId, isStatus: true })).toBe('woken');
    expect(engine.checks.dueIds()).toHaveLength(1);
    expect((await engine.connection()).turnWebhookSeenAt).toBe(engine.now());
  });

  test('of another kind wakes too, but proves nothing about the status webhook', async () => {
    const { engine, workerId, key } = await ordered();
    expect(await engine.wakeCheck(key, { workerId, isStatus: false })).toBe('woken');
    expect(engine.checks.dueIds()).toHaveLength(1);
    expect((await engine.connection()).turnWebhookSeenAt).toBeNull();
  });

  test.each([
    ['a check of somebody else', stranger],
    ['no check', null],
  ])('about %s changes nothing', async (_title, workerId) => {
    const { engine, key } = await ordered();
    expect(await engine.wakeCheck(key, { workerId, isStatus: true })).toBe('not-ours');
    expect(engine.checks.dueIds()).toEqual([]);
    expect((await engine.connection()).turnWebhookSeenAt).toBeNull();
  });

  test('under an unknown key is refused', async () => {
    const { engine, workerId } = await ordered();
    expect(await engine.wakeCheck('unknown', { workerId, isStatus: true })).toBe('refused');
    expect(engine.checks.dueIds()).toEqual([]);
  });

  test('for a disconnected connection is told that it is gone', async () => {
    const { engine, workerId, key } = await ordered();
    await engine.connections.disconnect(engine.connectionId, engine.now());
    expect(await engine.wakeCheck(key, { workerId, isStatus: true })).toBe('gone');
    expect(engine.checks.dueIds()).toEqual([]);
  });

  test('is never believed: what Lever shows is what Turn says when asked', async () => {
    const { engine, workerId } = await ordered();
    for (let word = 0; word < 3; word += 1) await engine.hearTurn(workerId);
    await engine.run();
    const [check] = engine.checks.all();
    expect(check?.shown.tags).toEqual(['TurnStatus:Emailed']);
  });
});
