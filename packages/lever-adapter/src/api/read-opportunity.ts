import type { OpportunityId } from '@turn-lever/core/ids';
import type { OpportunityReading } from '@turn-lever/core/ordering/opportunity';
import { PortError } from '@turn-lever/core/ports/port-error';
import { enveloped, readShape } from './answer.ts';
import { opportunitySchema, toOpportunity } from './opportunity.ts';
import type { Call } from './request.ts';

const route = 'GET /opportunities/:id';
const answer = enveloped(opportunitySchema);

/**
 * Reads one opportunity. Lever answers 404 to a deleted one, and 403 to a confidential one where the grant lacks the
 * scope for it (`lever-api.md` §5.8): both are answers here. Throws `PortError` otherwise.
 */
export const readOpportunity = async (
  call: Call,
  opportunityId: OpportunityId,
): Promise<OpportunityReading> => {
  try {
    const { data } = readShape(route, answer, await call({ route, params: { id: opportunityId } }));
    return { kind: 'found', opportunity: toOpportunity(data) };
  } catch (error) {
    const code = error instanceof PortError ? error.code : null;
    if (code === 'not-found') return { kind: 'gone' };
    if (code === 'forbidden') return { kind: 'no-access' };
    throw error;
  }
};
