import process from 'node:process';
import { text } from 'node:stream/consumers';
import { createStores } from '@turn-lever/db/create-stores';
import { openDatabase } from '@turn-lever/db/open-database';
import { createSealing } from '@turn-lever/db/seal';
import { describeEnvIssues, readEnv } from './env.ts';
import { parseAccount } from './parse-account.ts';
import { webhookUrls } from './webhook-urls.ts';

const refuse = (message: string): never => {
  process.stderr.write(`${message}\n`);
  process.exit(1);
};

const read = readEnv();
if (read.kind === 'invalid') refuse(describeEnvIssues(read.issues));
else {
  const { env } = read;
  const account = parseAccount(await text(process.stdin));
  if (account.kind === 'invalid') {
    const lines = account.issues.map(({ path, message }) => `  ${path || 'input'}: ${message}`);
    refuse(['No account was made. The JSON on standard input is not as expected:', ...lines].join('\n'));
  } else {
    const database = await openDatabase({ url: env.databaseUrl, dataDirectory: env.dataDirectory }).catch(
      (error: Error) => refuse(`No account was made. ${error.message}`),
    );
    const { connections, inbox } = createStores(database, { sealing: createSealing(env.encryptionKeys) });
    const created = await connections.createAccount(account.account, Date.now());
    await inbox.close();
    await database.close();
    if (created.kind === 'lever-account-taken') {
      refuse('No account was made. This Lever account is connected to another account already.');
    } else {
      const { accountId, connectionId, leverKey, turnKey } = created;
      const urls = webhookUrls(env.publicUrl);
      const out = {
        accountId,
        connectionId,
        leverWebhookUrl: urls.lever(leverKey),
        turnWebhookUrl: urls.turn(turnKey),
      };
      process.stdout.write(`${JSON.stringify(out, null, 2)}\n`);
    }
  }
}
