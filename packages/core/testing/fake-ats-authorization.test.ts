import { describeAtsAuthorizationContract } from './ats-authorization-contract.ts';
import { createFakeAtsAuthorization } from './fake-ats-authorization.ts';

describeAtsAuthorizationContract('in memory', async () => {
  const authorization = createFakeAtsAuthorization({ now: () => Date.UTC(2026, 10, 23, 12) });
  return {
    authorization,
    leverAccountId: 'lever-account-1',
    decide: async (...given) => authorization.decide(...given),
    goAway: async () => authorization.goAway(),
    comeBack: async () => authorization.comeBack(),
    close: async () => {},
  };
});
