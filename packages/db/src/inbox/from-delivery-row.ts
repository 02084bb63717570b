import type { Delivery } from '@turn-lever/core/delivery';
import type { StoredDelivery } from '@turn-lever/core/ports/inbox';
import type { IgnoreReason } from '@turn-lever/core/reason';
import type { delivery } from '../schema/delivery.ts';

/** A row of the inbox as the database has it. */
export type DeliveryRow = typeof delivery.$inferSelect;

/** What was settled on arrival is the only thing that never was due, and its reason is why. */
export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  connectionId: row.connectionId,
  source: row.source,
  key: row.key,
  contentDigest: row.contentDigest,
  happening: {
    event: row.event,
    opportunityId: row.opportunityId,
    contactId: row.contactId,
    toStageId: row.toStageId,
    triggeredAt: row.triggeredAt,
  },
  correlationId: row.correlationId,
  receivedAt: row.receivedAt,
  dueAt: row.dueAt,
  ignored: row.dueAt === null ? (row.reason as IgnoreReason | null) : null,
  waivers: row.waivers,
  foundTogether: row.foundTogether,
  orderNumber: row.orderNumber,
  count: row.count,
  attempts: row.attempts,
});

/** A row with what became of it. Throws where a settled row lacks its reason, which no statement of ours leaves. */
export const toStoredDelivery = (row: DeliveryRow): StoredDelivery => {
  const stored = toDelivery(row);
  if (row.state === 'due') return { delivery: stored, settlement: null };
  const { reason, settledAt, checkId, enteredAt } = row;
  if (reason === null || settledAt === null)
    throw new Error(`Delivery ${row.id} is settled without a reason.`);
  return {
    delivery: stored,
    settlement: { reason, checkId, trail: row.trail, enteredAt, settledAt },
  };
};
