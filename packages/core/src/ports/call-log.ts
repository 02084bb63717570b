import type { ConnectionId, CorrelationId } from '../ids.ts';
import type { VendorCall } from '../trail.ts';

/** Keeps which calls to vendors belong to which delivery and check, by their correlation id. Throws `unavailable`. */
export interface CallLog {
  /** Adds calls in the order they were made. An empty list does nothing. */
  record(
    connectionId: ConnectionId,
    correlationId: CorrelationId,
    calls: readonly VendorCall[],
  ): Promise<void>;
  /** The calls of one correlation id, oldest first, at most the last 200. */
  list(connectionId: ConnectionId, correlationId: CorrelationId): Promise<readonly VendorCall[]>;
}
