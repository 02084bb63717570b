import process from 'node:process';
import { parseArgs } from 'node:util';
import { toEmail } from '@turn-lever/core/people';
import type { People } from '@turn-lever/core/ports/people';
import { createInviteAsOperator } from '@turn-lever/core/use-cases/people/invite-as-operator';
import { createStores } from '@turn-lever/db/create-stores';
import { openDatabase } from '@turn-lever/db/open-database';
import { createSealing } from '@turn-lever/db/seal';
import { email as emailInput } from './console/inputs.ts';
import { linkUrls } from './console/link-urls.ts';
import { describeEnvIssues, type Env, readEnv } from './env.ts';
import { Refusal, wordsForFailure } from './refusal.ts';

const usage = 'Expected --email ADDRESS, and --account ID where there are several accounts.';

const readArguments = (): { readonly email: string; readonly accountId: string | undefined } => {
  const options = { email: { type: 'string' }, account: { type: 'string' } } as const;
  let values: { readonly email?: string | undefined; readonly account?: string | undefined };
  try {
    ({ values } = parseArgs({ options, strict: true }));
  } catch {
    // Node's own message repeats what was given.
    throw new Refusal(usage);
  }
  const email = emailInput.safeParse(toEmail(values.email ?? ''));
  if (!email.success) throw new Refusal(usage);
  return { email: email.data, accountId: values.account };
};

const choose = async (people: Pick<People, 'accounts'>, accountId: string | undefined) => {
  const accounts = await people.accounts();
  const [first] = accounts;
  if (first === undefined)
    throw new Refusal('There is no account yet: the program prints a link for the first one when it starts.');
  const chosen =
    accountId === undefined && accounts.length === 1 ? first : accounts.find(({ id }) => id === accountId);
  if (chosen !== undefined) return chosen;
  const lines = accounts.map(({ id, name }) => `  ${id}  ${name}`);
  throw new Refusal(['Name one of the accounts with --account:', ...lines].join('\n'));
};

const invite = async (env: Env, email: string, accountId: string | undefined): Promise<object> => {
  const database = await openDatabase({ url: env.databaseUrl, dataDirectory: env.dataDirectory });
  const { people, auditLog, inbox } = createStores(database, { sealing: createSealing(env.encryptionKeys) });
  try {
    const account = await choose(people, accountId);
    const made = await createInviteAsOperator({ people, auditLog, now: Date.now })(account.id, email);
    if (made.kind === 'refused') throw new Refusal('Somebody changed the account at this moment. Try again.');
    return {
      account: account.name,
      url: linkUrls(env.publicUrl)(made.page, made.token),
      expiresAt: new Date(made.expiresAt).toISOString(),
    };
  } finally {
    await inbox.close();
    await database.close();
  }
};

try {
  const { email, accountId } = readArguments();
  const read = readEnv();
  if (read.kind === 'invalid') throw new Refusal(describeEnvIssues(read.issues));
  process.stdout.write(`${JSON.stringify(await invite(read.env, email, accountId), null, 2)}\n`);
} catch (error) {
  process.stderr.write(`No link was made. ${wordsForFailure(error)}\n`);
  process.exitCode = 1;
}
