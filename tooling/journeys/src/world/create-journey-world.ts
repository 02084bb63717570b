import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canary } from '@turn-lever/core/testing/canaries';
import { freePort } from '@turn-lever/demo/free-port';
import { startProgram } from '@turn-lever/demo/program';
import { createLeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createTurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { createRecordingProxy } from '../watch/recording-proxy.ts';
import { copyDatabaseSnapshot } from './database-snapshot.ts';

/** The set-up link as the first start prints it. */
const setUpLink = /https?:\/\/\S+\/set-up#[\w-]+/u;

/** A fresh installation between both emulated vendors, as a process of its own, with its address recorded. */
export const createJourneyWorld = async () => {
  const lever = await createLeverEmulator();
  const turn = await createTurnEmulator();
  const leverAccount = lever.createAccount({ name: 'Brightwater Logistics' });
  const candidate = leverAccount.addOpportunity({
    name: canary.name,
    emails: [canary.email],
    phones: [canary.phone],
    stage: 'On-site interview',
    tags: ['TurnPackage:P0000000001:Basic Criminal'],
  });
  const turnAccount = turn.createAccount({ name: 'Brightwater Screening' });

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
  const program = await startProgram(variables, url);
  const setUpUrl = setUpLink.exec(program.said())?.[0];
  if (setUpUrl === undefined) throw new Error(`No set-up link was printed.\n${program.said()}`);

  return {
    /** Where the console is. */
    url,
    setUpUrl,
    lever,
    leverAccount,
    /** On the board, not in the trigger stage. */
    candidateId: candidate.id,
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
