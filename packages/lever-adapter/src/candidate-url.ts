import type { Environment } from '@turn-lever/core/connection';
import type { OpportunityId } from '@turn-lever/core/ids';

const hosts: Readonly<Record<Environment, string>> = {
  production: 'https://hire.lever.co',
  sandbox: 'https://hire.sandbox.lever.co',
};

/**
 * The candidate's page in Lever, for a person who is signed in there (`lever-api.md` §1). An API that is not at Lever's
 * own address, as an emulated one, has its pages beside it.
 */
export const candidateUrl = (
  environment: Environment,
  apiUrl: string | null,
  opportunityId: OpportunityId,
): string => {
  const isLevers = apiUrl === null || new URL(apiUrl).hostname.endsWith('.lever.co');
  const host = isLevers ? hosts[environment] : new URL(apiUrl).origin;
  return `${host}/candidates/${encodeURIComponent(opportunityId)}`;
};
