import type { ConnectionId } from '@turn-lever/core/ids';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPace, turnPace } from './pace.ts';

const one = 'connection-1' as ConnectionId;
const other = 'connection-2' as ConnectionId;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('lets ten calls through at once, then five a second, for each connection by itself', async () => {
  const takeTurn = createPace(turnPace);
  let through = 0;
  for (let call = 0; call < 20; call += 1) void takeTurn(one).then(() => (through += 1));
  await vi.advanceTimersByTimeAsync(0);
  expect(through).toBe(10);
  await takeTurn(other);
  await vi.advanceTimersByTimeAsync(1000);
  expect(through).toBe(15);
  await vi.advanceTimersByTimeAsync(1000);
  expect(through).toBe(20);
});

test('fills its bucket again while nobody calls', async () => {
  const takeTurn = createPace(turnPace);
  for (let call = 0; call < 10; call += 1) await takeTurn(one);
  await vi.advanceTimersByTimeAsync(60_000);
  let through = 0;
  for (let call = 0; call < 11; call += 1) void takeTurn(one).then(() => (through += 1));
  await vi.advanceTimersByTimeAsync(0);
  expect(through).toBe(10);
});

test('turns away a call that would wait too long, and does not count it', async () => {
  const takeTurn = createPace({ perSecond: 1, burst: 1, longestWait: 1500 });
  await takeTurn(one);
  const second = takeTurn(one);
  const refusal = { name: 'PortError', code: 'rate-limited', retryAfter: 2000, vendor: 'turn' };
  await expect(takeTurn(one)).rejects.toMatchObject(refusal);
  await expect(takeTurn(one)).rejects.toMatchObject(refusal);
  await vi.advanceTimersByTimeAsync(1000);
  await second;
});
