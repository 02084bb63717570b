import type { ConnectionId, CorrelationId } from '../src/ids.ts';
import type { CallLog } from '../src/ports/call-log.ts';
import type { VendorCall } from '../src/trail.ts';

const longestList = 200;

/** A call log in memory; passes the call log contract. */
export const createFakeCallLog = (): CallLog => {
  const all: { connectionId: ConnectionId; correlationId: CorrelationId; call: VendorCall }[] = [];
  return {
    async record(connectionId, correlationId, calls) {
      all.push(...calls.map((call) => ({ connectionId, correlationId, call })));
    },
    async list(connectionId, correlationId) {
      return all
        .filter((kept) => kept.connectionId === connectionId && kept.correlationId === correlationId)
        .map(({ call }) => call)
        .slice(-longestList);
    },
  };
};
