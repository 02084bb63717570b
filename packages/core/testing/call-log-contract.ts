import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionId, CorrelationId } from '../src/ids.ts';
import type { CallLog } from '../src/ports/call-log.ts';
import type { VendorCall } from '../src/trail.ts';

/** What the contract needs around a call log. */
export interface CallLogHarness {
  readonly callLog: CallLog;
  createConnection(): Promise<ConnectionId>;
  close(): Promise<void>;
}

const one = 'correlation-1' as CorrelationId;
const other = 'correlation-2' as CorrelationId;

const aCall = (path: string, given: Partial<VendorCall> = {}): VendorCall => ({
  vendor: 'lever',
  method: 'GET',
  path,
  status: 200,
  ms: 12,
  at: Date.UTC(2026, 10, 23, 12, 0, 0, 345),
  ...given,
});

/** What every `CallLog` promises. The harness is made once; each test has connections of its own. */
export const describeCallLogContract = (name: string, createHarness: () => Promise<CallLogHarness>): void => {
  describe(`call log: ${name}`, () => {
    let harness: CallLogHarness;
    beforeAll(async () => {
      harness = await createHarness();
    });
    afterAll(async () => {
      await harness?.close();
    });

    test('lists calls as they were given and in the order they were made', async () => {
      const connectionId = await harness.createConnection();
      const first = aCall('/opportunities/1');
      const second = aCall('/order', { vendor: 'turn', method: 'POST', status: null, ms: 30_000 });
      const third = aCall('/status/1', { at: first.at - 5 });
      await harness.callLog.record(connectionId, one, [first, second]);
      await harness.callLog.record(connectionId, one, [third]);
      expect(await harness.callLog.list(connectionId, one)).toEqual([first, second, third]);
    });

    test('records nothing where there is nothing', async () => {
      const connectionId = await harness.createConnection();
      await harness.callLog.record(connectionId, one, []);
      expect(await harness.callLog.list(connectionId, one)).toEqual([]);
    });

    test('lists the last 200 only', async () => {
      const connectionId = await harness.createConnection();
      const calls = Array.from({ length: 203 }, (_, number) => aCall(`/opportunities/${number}`));
      await harness.callLog.record(connectionId, one, calls);
      expect(await harness.callLog.list(connectionId, one)).toEqual(calls.slice(3));
    });

    test('keeps correlation ids and connections apart', async () => {
      const [mine, theirs] = [await harness.createConnection(), await harness.createConnection()];
      await harness.callLog.record(theirs, one, [aCall('/theirs')]);
      await harness.callLog.record(mine, other, [aCall('/other')]);
      expect(await harness.callLog.list(mine, one)).toEqual([]);
      expect(await harness.callLog.list(theirs, other)).toEqual([]);
    });
  });
};
