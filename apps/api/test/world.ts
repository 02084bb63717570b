import type { ConnectionId } from '@turn-lever/core/ids';
import type { Times } from '@turn-lever/core/times';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { pino } from 'pino';
import postgres from 'postgres';
import { type ComposeOptions, compose, type Program } from '../src/compose.ts';
import { readEnv } from '../src/env.ts';
import { eventually } from './eventually.ts';
import { quickTimes } from './quick-times.ts';
import { createTestAccount } from './test-account.ts';
import { createVendors, type VendorOptions } from './vendors.ts';

export interface WorldOptions extends VendorOptions {
  readonly times?: Partial<Times>;
  readonly workTimes?: NonNullable<ComposeOptions['workTimes']>;
  readonly inbox?: NonNullable<ComposeOptions['inbox']>;
  /** The program's time of day; the vendors and the database keep the real one. */
  readonly now?: () => number;
  /** Given every port by its name, answers what is used in its place. */
  readonly replacePort?: NonNullable<ComposeOptions['replacePort']>;
  /** How fast Turn is called: as fast as it answers where left out. */
  readonly turnPace?: NonNullable<ComposeOptions['turnPace']>;
  /** Connections of the program's own pool. */
  readonly poolSize?: number;
}

/** The program in this process, listening, between both emulated vendors. */
export const createWorld = async (options: WorldOptions = {}) => {
  const vendors = await createVendors(options);
  const read = readEnv(vendors.variables);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.issues));
  const { env } = read;
  const lines: Record<string, unknown>[] = [];
  const write = (line: string): void => {
    canaryWatch.hear('log', line);
    lines.push(JSON.parse(line));
  };
  const log = pino({ level: 'debug' }, { write });
  const start = async (): Promise<Program> => {
    const program = await compose(env, log, {
      times: { ...quickTimes, ...options.times },
      workTimes: { relayEvery: 25, ...options.workTimes },
      inbox: options.inbox ?? {},
      // As fast as the emulators answer: what the rate limits are for is tried with the adapters.
      leverPace: { perSecond: 1000, burst: 1000 },
      turnPace: options.turnPace ?? { perSecond: 1000, burst: 1000 },
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(options.replacePort === undefined ? {} : { replacePort: options.replacePort }),
      ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }),
    });
    await program.server.listen({ host: env.host, port: env.port });
    return program;
  };
  let program = await start();
  let isRunning = true;
  const stop = async (): Promise<void> => {
    if (isRunning) await program.stop(5000);
    isRunning = false;
  };
  const query = async <Result>(ask: (client: postgres.Sql) => Promise<Result>): Promise<Result> => {
    const client = postgres(vendors.variables.DATABASE_URL ?? '', { max: 1 });
    try {
      return await ask(client);
    } finally {
      await client.end();
    }
  };
  return {
    ...vendors,
    lines,
    program: () => program,
    stores: () => program.stores,
    account: (given: Partial<Parameters<typeof createTestAccount>[2]> = {}) =>
      createTestAccount({ ...vendors, url: env.publicUrl }, () => program, given),
    /** Looks in Lever for what no webhook told us, now. */
    sweep: (connectionId: ConnectionId) => program.sweep(connectionId),
    /** Waits for the sweep that every new connection gets. */
    sweptByItself: (connectionId: ConnectionId) =>
      eventually(() => {
        if (!lines.some((line) => line.msg === 'connection swept' && line.connectionId === connectionId)) {
          throw new Error('not swept yet');
        }
      }),
    /** Pretends that ordering began earlier than it did. */
    setOrderingSince: (connectionId: ConnectionId, at: number) =>
      query(async (client) => {
        await client`update connection set ordering_since = ${new Date(at)} where id = ${connectionId}`;
        await client`select pg_notify('connection_changed', ${connectionId})`;
      }),
    /** Asks the database itself. */
    ask: (strings: TemplateStringsArray, ...values: (string | number | null)[]) =>
      query(
        async (client) =>
          [...(await client(strings, ...values))] as Record<string, string | boolean | null>[],
      ),
    countRows: (table: 'delivery' | 'background_check') =>
      query(async (client) => Number((await client`select count(*) from ${client(table)}`)[0]?.count)),
    /** The row that a delivery became, by its token. */
    deliveryOf: (token: string) =>
      query(
        async (client) => (await client`select state, reason, count from delivery where key = ${token}`)[0],
      ),
    /** Stops the program, does something, and starts it again. */
    restart: async (meanwhile = async (): Promise<void> => {}) => {
      await stop();
      await meanwhile();
      program = await start();
      isRunning = true;
    },
    /** What another process wrote to its log is the auditor's to look at, too. */
    addLog: (said: string) => {
      for (const line of said.split('\n').filter((one) => one.startsWith('{'))) lines.push(JSON.parse(line));
    },
    close: async () => {
      await stop();
      await vendors.close();
    },
  };
};

export type World = Awaited<ReturnType<typeof createWorld>>;
