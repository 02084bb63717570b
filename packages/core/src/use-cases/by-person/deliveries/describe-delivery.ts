import type { StoredDelivery } from '../../../ports/inbox.ts';
import type { SeenValue } from '../../../trail.ts';

/** A delivery as the audit log keeps it. */
export const describeDelivery = ({
  delivery,
  settlement,
}: StoredDelivery): Readonly<Record<string, SeenValue>> => ({
  opportunityId: delivery.happening.opportunityId,
  source: delivery.source,
  dueAt: delivery.dueAt,
  reason: settlement?.reason ?? null,
});
