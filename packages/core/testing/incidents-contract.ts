import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId, Instant } from '../src/ids.ts';
import type { Incidents } from '../src/ports/incidents.ts';

/** What the contract needs around incidents. */
export interface IncidentsHarness {
  readonly incidents: Incidents;
  createConnection(): Promise<ConnectionId>;
  /** The store's own clock. */
  now(): Instant;
  close(): Promise<void>;
}

/** What every `Incidents` promises. The harness is made once; each test has connections of its own. */
export const describeIncidentsContract = (
  name: string,
  createHarness: () => Promise<IncidentsHarness>,
): void => {
  describe(`incidents: ${name}`, () => {
    let harness: IncidentsHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    test('is opened once, however often it is raised', async () => {
      const connectionId = await harness.createConnection();
      expect(await harness.incidents.raise(connectionId, 'tag-stays', 'check-1')).toBe(true);
      expect(await harness.incidents.raise(connectionId, 'tag-stays', 'check-1')).toBe(false);
      expect(await harness.incidents.listOpen(connectionId)).toHaveLength(1);
    });

    test('only one of many who raise it at once opens it', async () => {
      const connectionId = await harness.createConnection();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => harness.incidents.raise(connectionId, 'order-unknown', 'check-1')),
      );
      expect(answers.filter((opened) => opened)).toHaveLength(1);
    });

    test('remembers when it was first seen', async () => {
      const connectionId = await harness.createConnection();
      const before = harness.now();
      await harness.incidents.raise(connectionId, 'check-adopted', 'check-1');
      const after = harness.now();
      const [incident] = await harness.incidents.listOpen(connectionId);
      // One ms to either side for a store that cuts below the ms.
      expect(incident?.raisedAt).toBeGreaterThanOrEqual(before - 1);
      expect(incident?.raisedAt).toBeLessThanOrEqual(after + 1);
    });

    test('is over once, and may come again', async () => {
      const connectionId = await harness.createConnection();
      const { incidents } = harness;
      expect(await incidents.resolve(connectionId, 'turn-reconnect-needed', 'turn')).toBe(false);
      await incidents.raise(connectionId, 'turn-reconnect-needed', 'turn');
      expect(await incidents.resolve(connectionId, 'turn-reconnect-needed', 'turn')).toBe(true);
      expect(await incidents.resolve(connectionId, 'turn-reconnect-needed', 'turn')).toBe(false);
      expect(await incidents.listOpen(connectionId)).toEqual([]);
      expect(await incidents.raise(connectionId, 'turn-reconnect-needed', 'turn')).toBe(true);
    });

    test('tells kinds and subjects apart, and lists the newest first', async () => {
      const connectionId = await harness.createConnection();
      const { incidents } = harness;
      await incidents.raise(connectionId, 'tag-stays', 'check-1');
      await incidents.raise(connectionId, 'tag-stays', 'check-2');
      await incidents.raise(connectionId, 'status-off-graph', 'check-1');
      await incidents.resolve(connectionId, 'tag-stays', 'check-2');
      expect(await incidents.listOpen(connectionId)).toMatchObject([
        { kind: 'status-off-graph', subject: 'check-1' },
        { kind: 'tag-stays', subject: 'check-1' },
      ]);
    });

    test('what was ever raised of a kind is known further on, once each', async () => {
      const [mine, theirs] = [await harness.createConnection(), await harness.createConnection()];
      const { incidents } = harness;
      expect(await incidents.subjectsRaised(mine, 'tag-stays')).toEqual([]);
      await incidents.raise(mine, 'tag-stays', 'check-1');
      await incidents.resolve(mine, 'tag-stays', 'check-1');
      await incidents.raise(mine, 'tag-stays', 'check-1');
      await incidents.raise(mine, 'tag-stays', 'check-2');
      await incidents.raise(mine, 'status-off-graph', 'check-3');
      await incidents.raise(theirs, 'tag-stays', 'check-4');
      expect([...(await incidents.subjectsRaised(mine, 'tag-stays'))].sort()).toEqual(['check-1', 'check-2']);
    });

    test("another connection's incidents are neither seen nor touched", async () => {
      const [mine, theirs] = [await harness.createConnection(), await harness.createConnection()];
      const { incidents } = harness;
      await incidents.raise(theirs, 'lever-reconnect-needed', 'lever');
      expect(await incidents.raise(mine, 'lever-reconnect-needed', 'lever')).toBe(true);
      expect(await incidents.resolve(mine, 'lever-reconnect-needed', 'lever')).toBe(true);
      expect(await incidents.listOpen(mine)).toEqual([]);
      expect(await incidents.listOpen(theirs)).toHaveLength(1);
    });
  });
};
