import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const entry = (file: string): string =>
  fileURLToPath(new URL(`../../../apps/api/src/${file}`, import.meta.url));

/** Variables of a program of ours that runs as a child. */
export type Variables = Readonly<Record<string, string>>;

// PATH is all of this process's environment that a child needs.
const environmentOf = (variables: Variables): Record<string, string> => ({
  PATH: process.execPath.replace(/\/[^/]*$/u, ''),
  ...variables,
});

/** What the command prints of an account that it made. */
export interface CreatedAccount {
  readonly leverWebhookUrl: string;
  readonly turnWebhookUrl: string;
  /** Lets the first Super Admin in, once. */
  readonly invitationUrl: string;
}

/** Provisions an account through the program's own command. Throws with what it said where it refused. */
export const createAccount = async (variables: Variables, account: unknown): Promise<CreatedAccount> => {
  const child = spawn(process.execPath, [entry('account-create-main.ts')], { env: environmentOf(variables) });
  child.stdin.end(JSON.stringify(account));
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(problem.trim());
  return JSON.parse(out) as CreatedAccount;
};

/** The program, started as a child and ready to receive. */
export interface RunningProgram {
  /** The latest 4,000 characters that it printed. One-time links are among them. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts the program and waits until it is ready. Throws where it does not come up within a minute. */
export const startProgram = async (variables: Variables, url: string): Promise<RunningProgram> => {
  const child = spawn(process.execPath, [entry('main.ts')], {
    env: environmentOf(variables),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: unknown) => {
      said = (said + String(chunk)).slice(-4000);
    });
  }
  await ready(child, url, () => said);
  return {
    said: () => said,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

const ready = async (child: ChildProcess, url: string, said: () => string): Promise<void> => {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The program did not come up.\n${said()}`);
};
