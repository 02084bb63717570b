import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../auditor.ts';
import { createChildWorld } from '../child-world.ts';
import { eventually } from '../eventually.ts';
import type { OrderingCrash } from './crash-points.ts';

/**
 * One program after the other on one embedded database, each killed at its point while a candidate of its own is
 * ordered, and restarted. The auditor looks at all of them together at the end.
 */
export const describeKilledAnywhere = (crashes: readonly OrderingCrash[]): void => {
  describe('R41 killed anywhere', { timeout: 150_000 }, () => {
    let world: Awaited<ReturnType<typeof createChildWorld>>;
    let child: Awaited<ReturnType<typeof world.crashing>>;
    const undecided: string[] = [];
    beforeAll(async () => {
      world = await createChildWorld();
      child = await world.crashing();
      const first = world.order();
      await world.showing(first, 'Emailed');
      const [check] = world.account.ordersOf(first);
      await world.account.turn.advance(check?.workerId ?? '', 'consent');
      await world.showing(first, 'Consent');
    });
    afterAll(() => world.close());
    /** A point that failed must not fail those behind it. */
    const revive = async (): Promise<void> => {
      if (child.hasEnded()) child = await world.crashing();
    };

    const title = ({ point, end }: OrderingCrash) =>
      [`${point.when} ${point.port}.${point.method} (${point.call})`, end] as const;

    test.each(crashes.map((crash) => [...title(crash), crash] as const))(
      'R41 killed %s: %s',
      async (_point, _end, { point, end }) => {
        await revive();
        await child.arm(point);
        const id = world.order();
        expect(await child.ended()).toBe('SIGKILL');
        child = await world.crashing();
        if (end === 'ordered') await world.showing(id, 'Emailed');
        else {
          undecided.push(id);
          const path = `/v1/person/lever-sandbox-${id}-1/status`;
          await eventually(() =>
            expect(
              world.turn.journal.entries().filter((entry) => entry.path === path).length,
            ).toBeGreaterThanOrEqual(3),
          );
          expect(world.account.ordersOf(id)).toEqual([]);
        }
      },
    );

    test.each(['before', 'after'] as const)(
      'R56 killed %s the old status tag was taken off: exactly one is left',
      async (when) => {
        await revive();
        const id = world.order();
        await world.showing(id, 'Emailed');
        await child.arm({ port: 'ats', method: 'removeTags', when, call: 1 });
        const [check] = world.account.ordersOf(id);
        // The word from Turn may meet a dead program: then only the poll or the sync under way tells.
        await world.account.turn.advance(check?.workerId ?? '', 'processing');
        expect(await child.ended()).toBe('SIGKILL');
        const left =
          when === 'before' ? ['TurnStatus:Emailed', 'TurnStatus:Processing'] : ['TurnStatus:Processing'];
        expect(world.account.shown(id).tags).toEqual(left);
        child = await world.crashing();
        await world.showing(id, 'Processing');
      },
    );

    test('R41 in the end nothing is lost, nothing ordered twice, and what could not be known is held', async () => {
      await eventually(() =>
        expect(
          world.turn.journal.entries().filter(({ path }) => undecided.some((id) => path.includes(id))).length,
        ).toBeGreaterThanOrEqual(5 * undecided.length),
      );
      await child.end('SIGTERM');
      world.collectLogs();
      await audit(world, [world.account]);
      const held =
        await world.ask`select opportunity_id, hold_reason from background_check where phase <> 'ordered'`;
      expect(held.map((row) => [row.opportunity_id, row.hold_reason]).sort()).toEqual(
        undecided.map((id) => [id, 'held.unknown_result']).sort(),
      );
      expect(world.turn.journal.count('POST /v1/person/search_async')).toBe(world.account.turn.checks.length);
    });
  });
};
