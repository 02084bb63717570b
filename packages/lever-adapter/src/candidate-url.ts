import type { Environment } from '@turn-lever/core/connection';
import type { OpportunityId } from '@turn-lever/core/ids';

const hosts: Readonly<Record<Environment, string>> = {
  production: 'https://hire.lever.co',
  sandbox: 'https://hire.sandbox.lever.co',
};

/** The candidate's page in Lever, for a person who is signed in there (`lever-api.md` §1). */
export const candidateUrl = (environment: Environment, opportunityId: OpportunityId): string =>
  `${hosts[environment]}/candidates/${encodeURIComponent(opportunityId)}`;
