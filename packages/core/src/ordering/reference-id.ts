import type { Environment } from '../connection.ts';
import type { OpportunityId } from '../ids.ts';

/**
 * The name under which Turn keeps an order of ours: the same for the same order for ever, so that a lost answer or a
 * restored backup finds it again (`turn-api.md` §1.3). Holds ids only.
 */
export const referenceId = (
  environment: Environment,
  opportunityId: OpportunityId,
  orderNumber: number,
): string => `lever-${environment}-${opportunityId}-${orderNumber}`;
