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
 * scope for it (`lever-api.md` §5.8): both are answers here. An answer about another id than the
 * one asked for counts as gone: the id may come from a webhook, whose body nobody signed. Throws `PortError` otherwise.
 */
export const readOpportunity = async (
  call: Call,
  opportunityId: OpportunityId,
): Promise<OpportunityReading> => {
  try {
    const { data } = readShape(route, answer, await call({ route, params: { id: opportunityId } }));
    // Every spelling that Lever may take for the id would be another opportunity to us, with an order of its own.
    if (data.id !== opportunityId) return { kind: 'gone' };
    return { kind: 'found', opportunity: toOpportunity(data) };
  } catch (error) {
    const code = error instanceof PortError ? error.code : null;
    if (code === 'not-found') return { kind: 'gone' };
    if (code === 'forbidden') return { kind: 'no-access' };
    throw error;
  }
};
