import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../child-program.ts';
import { hearLines } from '../hear-lines.ts';
import type { ModelEvent } from './model-ports.ts';
import type { ProcessAnswer, ProcessUnderTest } from './process-command.ts';

const entry = fileURLToPath(new URL('./model-main.ts', import.meta.url));
const mostSaid = 200;

/** The program as a child process, listening at `url`; started for the first time by `start`. */
export const createChildProcess = (
  url: string,
  variables: Readonly<Record<string, string>>,
  tell: (event: ModelEvent) => void,
): ProcessUnderTest => {
  let child: ChildProcess | null = null;
  let asked = 0;
  const waiting = new Map<number, (answer: ProcessAnswer) => void>();

  const run = async (): Promise<void> => {
    const env = childEnvironment({ ...variables, PORT: new URL(url).port });
    const started = fork(entry, [], {
      env,
      execPath: process.execPath,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const said: string[] = [];
    for (const stream of [started.stdout, started.stderr]) {
      if (stream === null) continue;
      hearLines('child', stream);
      createInterface(stream).on('line', (line) => {
        said.push(line);
        if (said.length > mostSaid) said.shift();
        if (line.startsWith('{"model":')) tell((JSON.parse(line) as { model: ModelEvent }).model);
      });
    }
    const isReady = new Promise<void>((resolve, reject) => {
      waiting.set(0, () => resolve());
      started.once('exit', () => reject(new Error(`A program ended:\n${said.join('\n')}`)));
    });
    started.on('message', (message) => {
      const { id, answer } = message as { readonly id: number; readonly answer: ProcessAnswer };
      waiting.get(id)?.(answer);
      waiting.delete(id);
    });
    started.once('exit', () => {
      if (child === started) child = null;
      for (const [id, answer] of waiting) if (id > 0) answer({ kind: 'died' });
      waiting.clear();
    });
    await isReady;
    child = started;
  };

  let starting: Promise<void> | null = null;
  return {
    url,
    isUp: () => child !== null,
    start: async () => {
      if (child !== null) return;
      starting ??= run().finally(() => {
        starting = null;
      });
      await starting;
    },
    ask: (command) =>
      new Promise((resolve) => {
        const at = child;
        if (at === null) return resolve({ kind: 'died' });
        asked += 1;
        const id = asked;
        waiting.set(id, resolve);
        at.send({ id, command }, (error) => {
          if (error === null) return;
          waiting.delete(id);
          resolve({ kind: 'died' });
        });
      }),
    close: async () => {
      const at = child;
      if (at === null) return;
      at.kill('SIGKILL');
      await once(at, 'exit');
    },
  };
};
