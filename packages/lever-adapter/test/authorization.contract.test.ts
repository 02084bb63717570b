import { describeAtsAuthorizationContract } from '@turn-lever/core/testing/ats-authorization-contract';
import { createLeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createLeverAuthorization } from '../src/create-lever-authorization.ts';
import { toScope } from '../src/oauth/scopes.ts';

describeAtsAuthorizationContract('Lever’s', async () => {
  const lever = await createLeverEmulator({ rateLimit: 'off' });
  const { apiUrl, authUrl, audience, clientId, clientSecret } = lever;
  const account = lever.createAccount();
  return {
    authorization: createLeverAuthorization({
      environments: { sandbox: { apiUrl, authUrl, audience, clientId, clientSecret } },
      redirectUri: 'http://127.0.0.1:3000/oauth/lever/return',
      timeout: 2000,
    }),
    leverAccountId: account.id,
    decide: async (url, consent) => {
      const asked = new URL(url);
      // The emulated consent is for all or nothing: what is left out is not asked for.
      const left = toScope(consent.kind === 'approve' ? (consent.left ?? []) : []).split(' ');
      const scopes = (asked.searchParams.get('scope') ?? '').split(' ');
      asked.searchParams.set('scope', scopes.filter((scope) => !left.includes(scope)).join(' '));
      const back = await lever.authorize(asked.href, {
        accountId: consent.kind === 'approve' ? consent.leverAccountId : account.id,
        decision: consent.kind,
      });
      return Object.fromEntries(new URL(back).searchParams);
    },
    goAway: async () =>
      lever.faults.add({ route: 'POST /oauth/token', times: Infinity, kind: 'status', status: 503 }),
    comeBack: async () => lever.faults.clear(),
    close: () => lever.close(),
  };
});
