import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createLeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createTurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { candidates, packages } from './candidates.ts';
import { freePort } from './free-port.ts';
import { createAccount, startProgram } from './program.ts';
import { findFaults, type Scene, story } from './story.ts';
import { acceptInvitation, makePassword, type SuperAdmin } from './super-admin.ts';
import { say, tell } from './tell.ts';

const isOnce = process.argv.includes('--once');
const names = { program: 'the program', lever: 'Lever', turn: 'Turn' };
const wanted = { program: 3000, lever: 4010, turn: 4020 };
const ports = {
  program: await freePort(wanted.program),
  lever: await freePort(wanted.lever),
  turn: await freePort(wanted.turn),
};
for (const part of ['program', 'lever', 'turn'] as const) {
  if (ports[part] !== wanted[part])
    say(`Port ${wanted[part]} is taken; ${names[part]} uses ${ports[part]} instead.`);
}

say('Starting an emulated Lever and Turn, and the integration between them on an embedded database …');
const lever = await createLeverEmulator({ port: ports.lever });
const turn = await createTurnEmulator({ port: ports.turn, autoAdvance: { stepMs: 800 } });
const leverAccount = lever.createAccount({ name: 'Demo Recruiting' });
const turnAccount = turn.createAccount({ name: 'Demo Partner', packages: [...packages] });
const people = candidates.map((candidate) =>
  leverAccount.addOpportunity({
    ...candidate,
    emails: [...candidate.emails],
    tags: [...candidate.tags],
    phones: 'phones' in candidate ? [...candidate.phones] : [],
  }),
);

const url = `http://127.0.0.1:${ports.program}`;
const dataDirectory = mkdtempSync(join(tmpdir(), 'turn-lever-demo-'));
const variables = {
  DATA_DIR: dataDirectory,
  PORT: String(ports.program),
  LEVER_SANDBOX_CLIENT_ID: lever.clientId,
  LEVER_SANDBOX_CLIENT_SECRET: lever.clientSecret,
  LEVER_SANDBOX_API_URL: lever.apiUrl,
  LEVER_SANDBOX_AUTH_URL: lever.authUrl,
  LEVER_SANDBOX_AUDIENCE: lever.audience,
  TURN_API_URL: turn.apiUrl,
  TURN_DASHBOARD_HOSTS: turn.dashboardHost,
};
const grant = leverAccount.createGrant();
// Lever gives the signature token when the webhook is made, and the address is known once the account is: the token
// is made up front here, as a Super Admin would paste it later.
const webhook = leverAccount.createWebhook({ url: `${url}/webhooks/lever/not-yet-known` });
const superAdmin: SuperAdmin = {
  name: 'Sam Admin',
  email: 'admin@example.com',
  password: makePassword(),
};
const account = await createAccount(variables, {
  name: 'Demo Partner',
  superAdminEmail: superAdmin.email,
  lever: {
    environment: 'sandbox',
    accountId: leverAccount.id,
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    expiresAt: grant.expiresAt,
    signatureToken: webhook.signatureToken,
  },
  turn: { token: turnAccount.token },
  settings: { triggerStage: 'Reference Check', waitBeforeOrdering: 2 },
});
leverAccount.editWebhook(webhook.id, { url: account.leverWebhookUrl });
turnAccount.setScreeningWebhookUrl(account.turnWebhookUrl);
const program = await startProgram(variables, url);

const stop = async (code: number): Promise<never> => {
  await program.stop();
  await Promise.all([lever.close(), turn.close()]);
  rmSync(dataDirectory, { recursive: true, force: true });
  process.exit(code);
};

const [first] = people;
const [candidate] = candidates;
if (first === undefined) throw new Error('The demo needs a candidate.');
const scene: Scene = { lever, leverAccount, turnAccount, opportunityId: first.id, name: candidate.name };
say(`\n  A recruiter moves ${candidate.name} to “Reference Check”.\n`);
leverAccount.moveOpportunity(first.id, 'Reference Check');
try {
  await tell(story(scene), 30_000);
  await acceptInvitation(url, account.invitationUrl, superAdmin);
  const faults = findFaults(scene, candidate.tags);
  if (faults.length > 0)
    throw new Error(`At the end Lever does not show what it should:\n  ${faults.join('\n  ')}`);
} catch (error) {
  say(`\n${error instanceof Error ? error.message : String(error)}`);
  await stop(1);
}
say('\n  One order, one Turn ID, one report, one status: the story is complete.');
if (isOnce) await stop(0);

say(`
Look around (Ctrl+C ends it):
  Lever's board      ${lever.url}/candidates    drag the others to “Reference Check”
  Turn's checks      ${turn.url}/checks
  The console        ${url}/
     e-mail          ${superAdmin.email}
     password        ${superAdmin.password}
`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));
