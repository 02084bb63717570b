import { createDatabase } from '@turn-lever/postgres/create-database';
import type {} from '@turn-lever/postgres/global-setup';
import { expect, inject, test } from 'vitest';
import { audit } from '../auditor.ts';
import { createChildWorld } from '../child-world.ts';

type ChildWorld = Awaited<ReturnType<typeof createChildWorld>>;

/** Runs a process with another time of day; each SIGUSR2 sets its clock on by so much more. */
const withClock = (offset: number, jump = 0): Record<string, string> => {
  const code = `const Real = Date; let offset = ${offset};
    globalThis.Date = class extends Real {
      constructor(...given) { if (given.length > 0) super(...given); else super(Real.now() + offset); }
      static now() { return Real.now() + offset; }
    };
    process.on('SIGUSR2', () => { offset += ${jump}; console.error('clock set'); });
    console.error('clock set');`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(code)}` };
};

/** By how much the clock in a process's last line of log was wrong, in hours. */
const hoursWrong = (said: string): number => {
  const last = said
    .split('\n')
    .findLast((line) => line.startsWith('{'))
    ?.match(/"time":(\d+)/u);
  // Not -0.
  return Math.round((Number(last?.[1]) - Date.now()) / 3_600_000) + 0;
};

/** Orders, shows a first and a second status. */
const journey = async (world: ChildWorld): Promise<string> => {
  const id = world.order();
  await world.showing(id, 'Emailed');
  await world.account.turn.advance(world.account.ordersOf(id)[0]?.workerId ?? '', 'processing');
  await world.showing(id, 'Processing');
  return id;
};

test.each([
  ['an hour fast', 3_600_000],
  ['an hour slow', -3_600_000],
])(
  'R90 our clock is %s: ordered in time and once, on a server with the right one',
  async (_title, offset) => {
    const world = await createChildWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
    try {
      const child = await world.crashing(null, withClock(offset));
      expect(child.said()).toContain('clock set');
      await journey(world);
      await journey(world);
      expect(hoursWrong(child.said())).toBe(offset / 3_600_000);
      expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(2);
      await world.polledNoMore();
      expect(await child.end('SIGTERM')).toBe(0);
      world.collectLogs();
      await audit(world, [world.account]);
    } finally {
      await world.close();
    }
  },
);

test.each([
  ['on', 3_600_000],
  ['back', -3_600_000],
])(
  'R90 our clock is set %s by an hour while we run: nothing is run again, what comes is ordered in time',
  async (_title, jump) => {
    const world = await createChildWorld({ databaseUrl: await createDatabase(inject('postgresUrl')) });
    try {
      const child = await world.crashing(null, withClock(0, jump));
      for (let round = 0; round < 3; round++) await journey(world);
      const calls = () => world.turn.journal.count() + world.lever.journal.count();
      const before = calls();
      expect(hoursWrong(child.said())).toBe(0);
      child.signal('SIGUSR2');
      await journey(world);
      expect(child.said().split('clock set')).toHaveLength(3);
      expect(hoursWrong(child.said())).toBe(jump / 3_600_000);
      // A journey makes about a dozen; three checks run again would double that.
      expect(calls() - before).toBeLessThanOrEqual(20);
      expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(4);
      await world.polledNoMore();
      expect(await child.end('SIGTERM')).toBe(0);
      world.collectLogs();
      await audit(world, [world.account]);
    } finally {
      await world.close();
    }
  },
);
