import type { AccountId, ConnectionId } from '../src/ids.ts';
import { describeAuthorizationRequestsContract } from './authorization-requests-contract.ts';
import { createFakeAuthorizationRequests } from './fake-authorization-requests.ts';

describeAuthorizationRequestsContract('in memory', async () => {
  const requests = createFakeAuthorizationRequests();
  let subjects = 0;
  return {
    requests,
    createSubject: async () => {
      subjects += 1;
      return {
        sessionId: `session-${subjects}`,
        personId: `person-${subjects}`,
        accountId: `account-${subjects}` as AccountId,
        connectionId: `connection-${subjects}` as ConnectionId,
      };
    },
    endSession: async (sessionId) => requests.endSession(sessionId),
    close: async () => {},
  };
});
