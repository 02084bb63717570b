import type { CheckProvider } from '@turn-lever/core/ports/check-provider';
import type { StatusName } from '@turn-lever/core/status/check-status';
import { describeCheckProviderContract } from '@turn-lever/core/testing/check-provider-contract';
import { createTurnWorld, orderRoute, statusRoute } from './turn-world.ts';

const routes: Record<keyof CheckProvider, string> = {
  findByReference: statusRoute,
  readCheck: statusRoute,
  order: orderRoute,
  listPackages: 'GET /v1/public_api/me/packages',
  readAccountName: 'GET /v1/public_api/me',
  resendInvitation: 'POST /v1/fcra/:id/email/consent/resend',
};

const states: Partial<Record<StatusName, string>> = {
  verifying: 'review__identity',
  reviewing: 'review',
  complianceReview: 'review__qa',
  consider: 'pending',
  firstNotice: 'pending__first_notice',
  secondNotice: 'pending__second_notice',
  dispute: 'pending__dispute',
  resolved: 'pending__resolved',
  clear: 'approved',
};

describeCheckProviderContract('Turn over HTTP', async () => {
  const world = await createTurnWorld();
  return {
    provider: world.provider,
    createConnection: async ({ packages } = {}) => {
      const offered = packages === null ? 'not-offered' : packages?.map(({ id, name }) => ({ id, name }));
      return world.connect(offered === undefined ? {} : { packages: offered }).connectionId;
    },
    advance: async (connectionId, workerId, name) => {
      await world.accountOf(connectionId).advance(workerId, states[name] ?? name);
    },
    revoke: async (connectionId) => world.accountOf(connectionId).revokeToken(),
    spoilNext: async (method, trouble) => {
      const route = routes[method];
      if (trouble === 'answer-lost') return world.turn.faults.add({ route, kind: 'reset-after-committing' });
      const status = trouble === 'down' ? 500 : 429;
      world.turn.faults.add({ route, kind: 'status', status, headers: { 'retry-after': '7' } });
    },
    countChecks: async (connectionId) => world.accountOf(connectionId).checks.length,
    close: world.close,
  };
});
