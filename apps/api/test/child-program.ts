import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import type { CrashPoint } from './crash-point.ts';
import { eventually } from './eventually.ts';
import { hearLines } from './hear-lines.ts';

const entry = (file: string): string => fileURLToPath(new URL(`../src/${file}`, import.meta.url));

// ms. The embedded database has taken half a minute on a busy machine.
const startTimeout = 90_000;

const crashing = fileURLToPath(new URL('./crashing-main.ts', import.meta.url));

// Node keeps compiled code there: a quarter of a start, of which a run of the tests has a hundred.
const compiled = fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url));

/** What a child is given: these variables and nothing of our own environment. */
export const childEnvironment = (variables: Readonly<Record<string, string>>): Record<string, string> => ({
  NODE_COMPILE_CACHE: compiled,
  ...variables,
});

/** What a command printed, and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly problem: string;
}

/** Runs one of the program's commands as a process of its own, with nothing but these variables. */
export const runCommand = async (
  file: string,
  variables: Readonly<Record<string, string>>,
  input = '',
  words: readonly string[] = [],
): Promise<Finished> => {
  const child = spawn(process.execPath, [entry(file), ...words], { env: childEnvironment(variables) });
  for (const stream of [child.stdout, child.stderr]) hearLines(file, stream);
  child.stdin.end(input);
  const [out, problem] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, problem };
};

/** Starts the program as a process of its own, and waits until it is ready. */
export const startChild = (url: string, variables: Readonly<Record<string, string>>) =>
  watch(url, spawn(process.execPath, [entry('main.ts')], { env: childEnvironment(variables) }));

/** Starts the program with quick times, to die by its own hand at a point; null: it lives. Resolves once it is ready. */
export const startCrashing = (
  url: string,
  variables: Readonly<Record<string, string>>,
  point: CrashPoint | null,
) =>
  watch(
    url,
    spawn(process.execPath, [crashing, JSON.stringify(point)], { env: childEnvironment(variables) }),
  );

const watch = async (url: string, child: ChildProcessWithoutNullStreams) => {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    hearLines('child', stream);
    stream.on('data', (chunk) => {
      said += String(chunk);
    });
  }
  const look = async () => {
    if (child.exitCode !== null) return;
    if (!(await fetch(`${url}/readyz`)).ok) throw new Error(said);
  };
  await vi.waitFor(look, { timeout: startTimeout, interval: 20 });
  if (child.exitCode !== null) throw new Error(said);
  return {
    said: () => said,
    /** Names the point at which it is to die, or stop. Resolves once it has heard; only a program of `startCrashing` does. */
    arm: async (point: CrashPoint): Promise<void> => {
      const heard = () => said.split('"msg":"armed"').length;
      const before = heard();
      child.stdin.write(`${JSON.stringify(point)}\n`);
      await eventually(() => {
        if (heard() === before) throw new Error('It has not heard at which point to end.');
      });
    },
    signal: (signal: NodeJS.Signals): boolean => child.kill(signal),
    hasEnded: (): boolean => child.exitCode !== null || child.signalCode !== null,
    /** Whether it stands still under SIGSTOP, as the kernel says. */
    isStopped: (): boolean =>
      / [tT] /u.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(')').at(-1)?.slice(0, 4) ?? ''),
    /** Resolves with the signal once it has ended by itself. */
    ended: async (): Promise<NodeJS.Signals | null> => {
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.signalCode;
    },
    /** Ends it as a power cut would, or in order. */
    end: async (signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return child.exitCode;
    },
  };
};
