import type { CallLog } from '@turn-lever/core/ports/call-log';
import { and, desc, eq } from 'drizzle-orm';
import { atPort } from '../at-port.ts';
import type { Database } from '../database.ts';
import { vendorCall } from '../schema/vendor-call.ts';

const longestList = 200;

/** The call log in its table. */
export const createCallLog = ({ db }: Pick<Database, 'db'>): CallLog => ({
  record: (connectionId, correlationId, calls) =>
    atPort(async () => {
      if (calls.length === 0) return;
      const rows = calls.map(({ vendor, method, path, status, ms, at }) => ({
        ...{ connectionId, correlationId, vendor, method, path, status, at },
        // Measured with a finer clock than whole ms.
        ms: Math.round(ms),
      }));
      await db.insert(vendorCall).values(rows);
    }),

  list: (connectionId, correlationId) =>
    atPort(async () => {
      const { vendor, method, path, status, ms, at } = vendorCall;
      const newest = await db
        .select({ vendor, method, path, status, ms, at })
        .from(vendorCall)
        .where(and(eq(vendorCall.connectionId, connectionId), eq(vendorCall.correlationId, correlationId)))
        .orderBy(desc(vendorCall.id))
        .limit(longestList);
      return newest.reverse();
    }),
});
