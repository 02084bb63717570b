import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@turn-lever/demo/free-port';
import { createAccount, startProgram } from '@turn-lever/demo/program';
import { acceptInvitation } from '@turn-lever/demo/super-admin';
import type { LeverAccount } from '@turn-lever/emulator/lever/account/lever-account';
import { createLeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import type { TurnAccount } from '@turn-lever/emulator/turn/account/turn-account';
import { createTurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { createRecordingProxy } from '../watch/recording-proxy.ts';
import { type Cast, canaries } from './cast.ts';
import { copyDatabaseSnapshot } from './database-snapshot.ts';

/**
 * What is there when a journey begins: nothing at all, an account that is connected to both vendors, or a second one too,
 * to which the same person is invited.
 */
export type Beginning = 'fresh' | 'connected' | 'two-accounts';

const secondAccount = 'Northlight Staffing';

// What the console asks for where people paste the webhook themselves.
const scopesWithoutWebhooks = [
  'offline_access',
  'opportunities:write:admin',
  'notes:write:admin',
  'stages:read:admin',
  'tags:read:admin',
];

/** The set-up link as the first start prints it. */
const setUpLink = /https?:\/\/\S+\/set-up#[\w-]+/u;

/** An installation between both emulated vendors, as a process of its own, with its address recorded. */
export const createJourneyWorld = async (beginning: Beginning, cast: Cast = canaries) => {
  const lever = await createLeverEmulator();
  const turn = await createTurnEmulator();
  const leverAccount = lever.createAccount({ name: cast.leverAccountName });
  const opportunities = cast.candidates.map((candidate) => leverAccount.addOpportunity(candidate));
  const turnAccount = turn.createAccount({ name: cast.accountName });

  const port = await freePort(0);
  const proxy = await createRecordingProxy(port);
  const url = `http://127.0.0.1:${proxy.port}`;
  const dataDirectory = mkdtempSync(join(tmpdir(), 'turn-lever-journey-'));
  copyDatabaseSnapshot(dataDirectory);
  const ofLever = (environment: 'SANDBOX' | 'PRODUCTION') => ({
    [`LEVER_${environment}_CLIENT_ID`]: lever.clientId,
    [`LEVER_${environment}_CLIENT_SECRET`]: lever.clientSecret,
    [`LEVER_${environment}_API_URL`]: lever.apiUrl,
    [`LEVER_${environment}_AUTH_URL`]: lever.authUrl,
    [`LEVER_${environment}_AUDIENCE`]: lever.audience,
  });
  const variables = {
    DATA_DIR: dataDirectory,
    PORT: String(port),
    PUBLIC_URL: url,
    ...ofLever('SANDBOX'),
    ...ofLever('PRODUCTION'),
    TURN_API_URL: turn.apiUrl,
    TURN_DASHBOARD_HOSTS: turn.dashboardHost,
  };
  const connect = async (name: string, atLever: LeverAccount, atTurn: TurnAccount): Promise<string> => {
    const grant = atLever.createGrant({ scopes: scopesWithoutWebhooks });
    const webhook = atLever.createWebhook({ url: `${url}/webhooks/lever/not-yet-known` });
    const account = await createAccount(variables, {
      name,
      superAdminEmail: cast.superAdmin.email,
      lever: {
        environment: 'sandbox',
        accountId: atLever.id,
        accessToken: grant.accessToken,
        refreshToken: grant.refreshToken,
        expiresAt: grant.expiresAt,
        signatureToken: webhook.signatureToken,
      },
      turn: { token: atTurn.token },
      settings: { triggerStage: 'Reference Check', waitBeforeOrdering: 0 },
    });
    atLever.editWebhook(webhook.id, { url: account.leverWebhookUrl });
    atTurn.setScreeningWebhookUrl(account.turnWebhookUrl);
    return account.invitationUrl;
  };
  const invitationUrl =
    beginning === 'fresh' ? null : await connect(cast.accountName, leverAccount, turnAccount);
  const secondInvitationUrl =
    beginning === 'two-accounts'
      ? await connect(secondAccount, lever.createAccount({ name: secondAccount }), turn.createAccount())
      : null;
  const program = await startProgram(variables, url);
  if (invitationUrl !== null) await acceptInvitation(url, invitationUrl, cast.superAdmin);

  return {
    /** Where the console is. */
    url,
    /** Resolves with the set-up link that the first start prints. Only a fresh installation has one. */
    setUpUrl: async (): Promise<string> => {
      const deadline = Date.now() + 10_000;
      while (Date.now() < deadline) {
        const found = setUpLink.exec(program.said())?.[0];
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No set-up link was printed.\n${program.said()}`);
    },
    /** To the second account, for the same person. */
    secondInvitationUrl,
    lever,
    leverAccount,
    cast,
    /** The first of the cast. On the board, not in the trigger stage. */
    candidateId: opportunities[0]?.id ?? '',
    candidateName: cast.candidates[0]?.name ?? '',
    turn,
    turnAccount,
    exchanges: proxy.exchanges,
    close: async () => {
      await program.stop();
      await Promise.all([proxy.close(), lever.close(), turn.close()]);
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
};

export type JourneyWorld = Awaited<ReturnType<typeof createJourneyWorld>>;
