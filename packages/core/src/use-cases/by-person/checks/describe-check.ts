import type { Check } from '../../../check.ts';
import type { SeenValue } from '../../../trail.ts';

/** A check as the audit log keeps it. */
export const describeCheck = (check: Check): Readonly<Record<string, SeenValue>> => ({
  opportunityId: check.opportunityId,
  orderNumber: check.orderNumber,
  phase: check.phase,
  reason: check.hold?.reason ?? null,
});
