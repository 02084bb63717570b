import process from 'node:process';
import { text } from 'node:stream/consumers';
import type { NewAccount } from '@turn-lever/core/ports/connections';
import { createStores } from '@turn-lever/db/create-stores';
import { openDatabase } from '@turn-lever/db/open-database';
import { createSealing } from '@turn-lever/db/seal';
import { linkUrls } from './console/link-urls.ts';
import { describeEnvIssues, type Env, readEnv } from './env.ts';
import { parseAccount } from './parse-account.ts';
import { Refusal, wordsForFailure } from './refusal.ts';
import { webhookUrls } from './webhook-urls.ts';

const readAccount = (input: string, env: Env): NewAccount => {
  const read = parseAccount(input);
  if (read.kind === 'invalid') {
    const lines = read.issues.map(({ path, message }) => `  ${path || 'input'}: ${message}`);
    throw new Refusal(['The JSON on standard input is not as expected:', ...lines].join('\n'));
  }
  const { environment } = read.account.lever;
  if (env.lever[environment] === null) {
    const variable = `LEVER_${environment.toUpperCase()}_CLIENT_ID`;
    throw new Refusal(`Lever's ${environment} is not offered here: set ${variable} and its secret first.`);
  }
  return read.account;
};

const createAccount = async (env: Env, account: NewAccount): Promise<object> => {
  const database = await openDatabase({ url: env.databaseUrl, dataDirectory: env.dataDirectory });
  const { connections, inbox } = createStores(database, { sealing: createSealing(env.encryptionKeys) });
  try {
    const created = await connections.createAccount(account, Date.now());
    if (created.kind === 'lever-account-taken') {
      throw new Refusal('This Lever account is connected to another account already.');
    }
    const { accountId, connectionId, leverKey, turnKey, invitation } = created;
    const urls = webhookUrls(env.publicUrl);
    return {
      accountId,
      connectionId,
      leverWebhookUrl: urls.lever(leverKey),
      turnWebhookUrl: urls.turn(turnKey),
      invitationUrl: linkUrls(env.publicUrl)('invitation', invitation),
    };
  } finally {
    await inbox.close();
    await database.close();
  }
};

try {
  const read = readEnv();
  if (read.kind === 'invalid') throw new Refusal(describeEnvIssues(read.issues));
  const account = readAccount(await text(process.stdin), read.env);
  process.stdout.write(`${JSON.stringify(await createAccount(read.env, account), null, 2)}\n`);
} catch (error) {
  process.stderr.write(`No account was made. ${wordsForFailure(error)}\n`);
  process.exitCode = 1;
}
