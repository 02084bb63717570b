import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findMachineBinaries, findPackagedBinaries } from './find-binaries.ts';
import { freePort } from './free-port.ts';
import { findServerUser, type ServerUser } from './server-user.ts';
import { watchParent } from './watch-parent.ts';

const run = promisify(execFile);

/** How to go down: `fast` says good-bye to everybody, `immediate` is as good as a crash. */
export type ShutdownMode = 'fast' | 'immediate';

/** How to start a throw-away server. */
export interface PostgresOptions {
  /** Put behind our own arguments, so that they win: `['-c', 'max_connections=20']`. */
  readonly extraArguments?: readonly string[];
  /** `any` (default): what is installed on the machine, else the npm package's. */
  readonly binaries?: 'any' | 'machine' | 'packaged';
}

/** A real Postgres that is gone afterwards. */
export interface RunningPostgres {
  /** Superuser, database `postgres`, over TCP on 127.0.0.1. */
  readonly url: string;
  readonly port: number;
  readonly dataDirectory: string;
  /** Ends it as a crash would and removes its directory. Twice does no harm. */
  stop(): Promise<void>;
  /** Takes it down, until `up` brings it back on the same port. */
  down(mode: ShutdownMode): Promise<void>;
  up(): Promise<void>;
  /** `down`, then `up`; resolves when it accepts connections again. */
  restart(mode: ShutdownMode): Promise<void>;
}

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;
// A start takes 0.1 s; recovery after a crash on a busy machine has taken seconds.
const startTimeout = 30_000;

/**
 * Starts a server with an empty cluster, not safe against power loss and therefore fast. It ends with the process that
 * started it, however that ends.
 *
 * @throws Error where no binaries are found, or with the server's log where it does not come up.
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<RunningPostgres> => {
  const user = findServerUser();
  const directory = await mkdtemp(join(tmpdir(), 'turn-lever-postgres-'));
  const release = watchParent(directory);
  try {
    if (user.uid !== undefined) await chown(directory, user.uid, user.gid);
    const binaries = await usableBinaries(options.binaries ?? 'any', directory, user);
    const dataDirectory = join(directory, 'data');
    await run(
      join(binaries, 'initdb'),
      ['-D', dataDirectory, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'],
      { cwd: directory, ...user },
    );
    const port = await freePort();
    const start = () => launch(binaries, directory, port, user, options.extraArguments ?? []);
    let server = await start();
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      port,
      dataDirectory,
      down: (mode) => end(server, mode),
      up: async () => {
        server = await start();
      },
      restart: async (mode) => {
        await end(server, mode);
        server = await start();
      },
      stop: async () => {
        await end(server, 'immediate');
        await rm(directory, { recursive: true, force: true });
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
};

/** Binaries below a folder only root may enter are copied to where the server's user can run them. */
const usableBinaries = async (
  wanted: 'any' | 'machine' | 'packaged',
  directory: string,
  user: ServerUser,
): Promise<string> => {
  // biome-ignore lint/style/noProcessEnv: PATH is the machine's, not a setting of the product.
  const installed = wanted === 'packaged' ? null : findMachineBinaries(process.env.PATH ?? '');
  if (installed === null && wanted === 'machine')
    throw new Error('No Postgres 15 or newer is installed here.');
  const binaries = installed ?? findPackagedBinaries();
  const runs = await run(join(binaries, 'postgres'), ['--version'], { cwd: '/', ...user }).then(
    () => true,
    () => false,
  );
  if (runs) return binaries;
  const copy = join(directory, 'native');
  await cp(dirname(binaries), copy, { recursive: true, dereference: true });
  await chmod(copy, 0o755);
  return join(copy, 'bin');
};

const launch = async (
  binaries: string,
  directory: string,
  port: number,
  user: ServerUser,
  extraArguments: readonly string[],
): Promise<ChildProcess> => {
  const dataDirectory = join(directory, 'data');
  // Commits stay synchronous: a server that is ended at once would otherwise forget what it had acknowledged.
  const settings = ['fsync=off', 'full_page_writes=off', 'max_connections=200'];
  const log = await open(join(directory, 'log'), 'a');
  const server = spawn(
    join(binaries, 'postgres'),
    [
      ...['-D', dataDirectory, '-h', '127.0.0.1', '-p', String(port), '-k', directory],
      ...settings.flatMap((setting) => ['-c', setting]),
      ...extraArguments,
    ],
    { cwd: directory, stdio: ['ignore', log.fd, log.fd], detached: true, ...user },
  );
  server.unref();
  let failure: unknown;
  server.on('error', (error) => {
    failure = error;
  });
  await log.close();
  const deadline = Date.now() + startTimeout;
  while (!(await isReady(dataDirectory, server.pid))) {
    if (failure !== undefined || hasEnded(server) || Date.now() > deadline) {
      server.kill('SIGQUIT');
      const said = await readFile(join(directory, 'log'), 'utf8');
      throw new Error(`Postgres did not come up: ${said.slice(-2000)}`, { cause: failure });
    }
    await delay(20);
  }
  return server;
};

/** The server itself writes `ready` into line 8 of its pid file; line 1 tells a new one from one that crashed. */
const isReady = async (dataDirectory: string, pid: number | undefined): Promise<boolean> => {
  const text = await readFile(join(dataDirectory, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
};

const hasEnded = (server: ChildProcess): boolean => server.exitCode !== null || server.signalCode !== null;

const end = async (server: ChildProcess, mode: ShutdownMode): Promise<void> => {
  if (hasEnded(server)) return;
  const ended = once(server, 'exit');
  server.ref();
  server.kill(signals[mode]);
  await ended;
};
