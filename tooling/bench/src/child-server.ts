import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** A server that runs as a process of its own. */
export interface ChildServer {
  readonly url: string;
  /** Ends it in order, or as a power cut would; resolves once it is gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Which program to run, and how. */
export interface ChildProgram {
  /** Relative to this folder. */
  readonly entry: string;
  readonly port: number;
  /** All of its environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Where Node writes a CPU profile when it ends in order; null: nowhere. */
  readonly profileTo: string | null;
}

/** Starts a server and waits until `/readyz` answers 200. Throws with its last words where it does not within a minute. */
export const startChildServer = async (program: ChildProgram): Promise<ChildServer> => {
  const { entry, port, variables, args = [], profileTo } = program;
  const url = `http://127.0.0.1:${port}`;
  const flags = profileTo === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileTo}`];
  const child = spawn(process.execPath, [...flags, fileURLToPath(new URL(entry, import.meta.url)), ...args], {
    env: { ...variables },
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
    url,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
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
  child.kill('SIGKILL');
  throw new Error(`The server did not come up.\n${said()}`);
};
