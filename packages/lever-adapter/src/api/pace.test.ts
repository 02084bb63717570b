import type { ConnectionId } from '@turn-lever/core/ids';
import { expect, test } from 'vitest';
import { createPace, defaultPace } from './pace.ts';

const one = 'connection-1' as ConnectionId;
const other = 'connection-2' as ConnectionId;

/** A pace on a clock that runs only while somebody sleeps. */
const aPace = (limits = {}) => {
  let time = 1000;
  const sleepers: { at: number; wake: () => void }[] = [];
  const pace = createPace(
    { ...defaultPace, ...limits },
    {
      now: () => time,
      sleep: (ms) => new Promise((wake) => sleepers.push({ at: time + ms, wake })),
    },
  );
  /** Lets `ms` go by, waking sleepers in order. */
  const pass = async (ms: number) => {
    const end = time + ms;
    for (;;) {
      await new Promise(setImmediate);
      const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      sleepers.splice(sleepers.indexOf(next), 1);
      time = next.at;
      next.wake();
    }
    time = end;
    await new Promise(setImmediate);
  };
  /** Starts calls and tells when each could be made, ms from now. */
  const start = (count: number, connectionId = one): number[] => {
    const begun = time;
    const at: number[] = [];
    for (let n = 0; n < count; n += 1) {
      pace.take(connectionId).then(
        () => at.push(time - begun),
        () => at.push(-1),
      );
    }
    return at;
  };
  return { pace, pass, start };
};

test('lets ten calls through at once, then five a second', async () => {
  const { pass, start } = aPace();
  const at = start(20);
  await pass(5000);
  expect(at.slice(0, 10)).toEqual(Array(10).fill(0));
  expect(at.slice(10)).toEqual([200, 400, 600, 800, 1000, 1200, 1400, 1600, 1800, 2000]);
});

test('fills up again in quiet times, but no further', async () => {
  const { pass, start } = aPace();
  start(10);
  await pass(60_000);
  const at = start(11);
  await pass(1000);
  expect(at).toEqual([...Array(10).fill(0), 200]);
});

test('paces each connection by itself', async () => {
  const { pass, start } = aPace();
  start(20);
  const at = start(10, other);
  await pass(0);
  expect(at).toEqual(Array(10).fill(0));
});

test('refuses a call that would wait too long, with how long, and gives it no turn', async () => {
  const { pace, pass, start } = aPace({ longestWait: 400 });
  const at = start(12);
  await expect(pace.take(one)).rejects.toMatchObject({ code: 'rate-limited', retryAfter: 600 });
  await pass(1000);
  expect(at).toEqual([...Array(10).fill(0), 200, 400]);
});

test('stops everybody for as long as Lever asks, those who wait included, and then lets them go one by one', async () => {
  const { pace, pass, start } = aPace();
  const early = start(12);
  await pass(100);
  pace.slowDown(one, 3000);
  const late = start(2);
  await pass(10_000);
  expect(early).toEqual([...Array(10).fill(0), 3500, 3700]);
  expect(late).toEqual([3000, 3200]);
});

test('waits a second where Lever does not say, twice as long each time, a minute at most', async () => {
  const { pace, pass, start } = aPace({ longestWait: 100_000 });
  const waits: number[] = [];
  for (let n = 0; n < 8; n += 1) {
    pace.slowDown(one, null);
    const at = start(1);
    await pass(100_000);
    waits.push(...at);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  pace.carryOn(one);
  pace.slowDown(one, null);
  const at = start(1);
  await pass(100_000);
  expect(at).toEqual([1000]);
});

test('counts calls that are refused together once', async () => {
  const { pace, pass, start } = aPace();
  for (let n = 0; n < 10; n += 1) pace.slowDown(one, null);
  const at = start(1);
  await pass(10_000);
  expect(at).toEqual([1000]);
});

test('never cuts a pause short', async () => {
  const { pace, pass, start } = aPace();
  pace.slowDown(one, 5000);
  pace.slowDown(one, 1000);
  pace.slowDown(one, null);
  const at = start(1);
  await pass(10_000);
  expect(at).toEqual([5000]);
});
