import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionId, CorrelationId, OpportunityId } from '@turn-lever/core/ids';
import { defaultSettings, type Settings } from '@turn-lever/core/settings';
import type { Times } from '@turn-lever/core/times';
import { createLeverEmulator, type LeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { createTurnEmulator, type TurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { pino } from 'pino';
import postgres from 'postgres';
import { vi } from 'vitest';
import { type ComposeOptions, compose, type Program } from '../src/compose.ts';
import { readEnv } from '../src/env.ts';
import { webhookUrls } from '../src/webhook-urls.ts';
import { quickTimes } from './quick-times.ts';

/** A port that nobody listens on. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

/** Waits until `look` no longer throws, and answers what it gave. Polls; fails with the last error after 20 s. */
export const eventually = <Result>(look: () => Result | Promise<Result>): Promise<Result> =>
  vi.waitFor(look, { timeout: 20_000, interval: 20 });

export interface WorldOptions {
  /** A Postgres of its own; the embedded database where left out. */
  readonly databaseUrl?: string;
  readonly times?: Partial<Times>;
  readonly workTimes?: NonNullable<ComposeOptions['workTimes']>;
  readonly inbox?: NonNullable<ComposeOptions['inbox']>;
  /** The program's time of day; the vendors and the database keep the real one. */
  readonly now?: () => number;
  /** Pauses before each of Lever's tries to deliver, in ms. Default: five, 0 to 30 s. */
  readonly leverRetries?: number[];
  /** Given every port by its name, answers what is used in its place. */
  readonly replacePort?: NonNullable<ComposeOptions['replacePort']>;
  /** Connections of the program's own pool. */
  readonly poolSize?: number;
  /** Variables on top of those that point at the emulators. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Both vendors as real HTTP servers, and the variables that point the program at them. */
export const createVendors = async (options: WorldOptions = {}) => {
  const lever = await createLeverEmulator({
    rateLimit: 'off',
    ...(options.leverRetries === undefined ? {} : { retryDelaysMs: options.leverRetries }),
  });
  const turn = await createTurnEmulator();
  const port = await freePort();
  const dataDirectory = mkdtempSync(join(tmpdir(), 'turn-lever-test-'));
  const leverVariables = (environment: 'SANDBOX' | 'PRODUCTION') => ({
    [`LEVER_${environment}_CLIENT_ID`]: lever.clientId,
    [`LEVER_${environment}_CLIENT_SECRET`]: lever.clientSecret,
    [`LEVER_${environment}_API_URL`]: lever.apiUrl,
    [`LEVER_${environment}_AUTH_URL`]: lever.authUrl,
    [`LEVER_${environment}_AUDIENCE`]: lever.audience,
  });
  const variables: Record<string, string> = {
    DATA_DIR: dataDirectory,
    PORT: String(port),
    ...leverVariables('SANDBOX'),
    ...leverVariables('PRODUCTION'),
    TURN_API_URL: turn.apiUrl,
    TURN_DASHBOARD_HOSTS: turn.dashboardHost,
    ...(options.databaseUrl === undefined
      ? {}
      : {
          DATABASE_URL: options.databaseUrl,
          AUTH_SECRET: 'for-tests-only-for-tests-only-for-tests-only',
          ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
        }),
    ...options.variables,
  };
  return {
    lever,
    turn,
    url: `http://127.0.0.1:${port}`,
    variables,
    close: async () => {
      await Promise.all([lever.close(), turn.close()]);
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
};

/** The program in this process, listening, between both emulated vendors. */
export const createWorld = async (options: WorldOptions = {}) => {
  const vendors = await createVendors(options);
  const read = readEnv(vendors.variables);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.issues));
  const { env } = read;
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const start = async (): Promise<Program> => {
    const program = await compose(env, log, {
      times: { ...quickTimes, ...options.times },
      workTimes: { relayEvery: 25, ...options.workTimes },
      inbox: options.inbox ?? {},
      // As fast as the emulators answer: what the rate limit is for is tried with the adapter.
      leverPace: { perSecond: 1000, burst: 1000 },
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

/** The parsed log lines. */
interface Log {
  readonly lines: readonly Record<string, unknown>[];
}

export type World = Awaited<ReturnType<typeof createWorld>>;
export type TestAccount = Awaited<ReturnType<typeof createTestAccount>>;

interface AccountOptions {
  readonly environment: 'sandbox' | 'production';
  readonly settings: Partial<Settings>;
  readonly packages: { id: string; name: string }[] | 'not-offered';
  /** Whether Turn's account-wide status webhook is set up. Default true. */
  readonly turnWebhook: boolean;
  readonly stages: { id: string; text: string }[];
}

const standardPackages = [
  { id: 'P0000000001', name: 'Standard' },
  { id: 'P0000000002', name: 'Plus' },
];

/** One partner: a Lever account, a Turn account, and our account between them. */
const createTestAccount = async (
  vendors: { lever: LeverEmulator; turn: TurnEmulator; url: string },
  /** The one that runs now: it may be started again. */
  program: () => Program,
  given: Partial<AccountOptions>,
) => {
  const { lever, turn } = vendors;
  const leverAccount = lever.createAccount(given.stages === undefined ? {} : { stages: given.stages });
  const turnAccount = turn.createAccount({ packages: given.packages ?? standardPackages });
  const webhook = leverAccount.createWebhook({ url: `${vendors.url}/webhooks/lever/unknown` });
  const { accessToken, refreshToken, expiresAt } = leverAccount.createGrant();
  const { connections } = program().stores;
  const created = await connections.createAccount(
    {
      name: 'Test partner',
      superAdminEmail: 'admin@example.com',
      lever: {
        environment: given.environment ?? 'sandbox',
        accountId: leverAccount.id,
        accessToken,
        refreshToken,
        expiresAt,
        signatureToken: webhook.signatureToken,
      },
      turn: { token: turnAccount.token },
      settings: { ...defaultSettings, waitBeforeOrdering: 0, ...given.settings },
    },
    Date.now(),
  );
  if (created.kind !== 'created') throw new Error(created.kind);
  const urls = webhookUrls(vendors.url);
  const leverUrl = urls.lever(created.leverKey);
  leverAccount.editWebhook(webhook.id, { url: leverUrl });
  if (given.turnWebhook !== false) turnAccount.setScreeningWebhookUrl(urls.turn(created.turnKey));
  const { connectionId } = created;
  const stage = leverAccount.stages().find(({ text }) => text === 'Reference Check')?.id ?? '';

  const before = new Map<string, readonly string[]>();
  const gone = new Set<string>();
  const add = (candidate: Partial<Parameters<typeof leverAccount.addOpportunity>[0]> = {}): string => {
    const { id } = leverAccount.addOpportunity({
      name: 'Ada Example',
      emails: ['ada@example.com'],
      tags: ['Engineering'],
      ...candidate,
    });
    before.set(id, leverAccount.opportunity(id).tags);
    return id;
  };
  const opportunity = (id: string) => leverAccount.opportunity(id);
  const check = (id: string) => program().stores.checks.newest(connectionId, id as OpportunityId);
  return {
    lever: leverAccount,
    turn: turnAccount,
    connectionId: connectionId as ConnectionId,
    signatureToken: webhook.signatureToken,
    webhookId: webhook.id,
    leverUrl,
    turnUrl: urls.turn(created.turnKey),
    stage,
    /** A complete candidate who stands in the first stage. */
    add,
    /** A recruiter moves somebody into the trigger stage. */
    order: (candidate: Parameters<typeof add>[0] = {}) => {
      const id = add(candidate);
      leverAccount.moveOpportunity(id, stage);
      return id;
    },
    check,
    /** The tags a candidate was added with. */
    tagsBefore: (id: string): readonly string[] => before.get(id) ?? [],
    /** From here on Lever is not expected to show more of this candidate. */
    stopExpecting: (id: string): void => {
      gone.add(id);
    },
    isStopped: (id: string): boolean => gone.has(id),
    /** Everything that must be found nowhere in clear. */
    secrets: (): readonly string[] => [
      webhook.signatureToken,
      turnAccount.token,
      accessToken,
      refreshToken,
      created.leverKey,
      created.turnKey,
    ],
    /** Posts a genuine delivery that says so. */
    post: (data: Record<string, unknown>, given: { event?: string } = {}) =>
      fetch(leverUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(signDelivery({ signatureToken: webhook.signatureToken, data, ...given })),
      }),
    ordersOf: (id: string) => turnAccount.checks.filter(({ referenceId }) => referenceId?.includes(id)),
    /** What Lever shows of ours on a candidate. */
    shown: (id: string) => {
      const { tags, notes } = opportunity(id);
      return {
        tags: tags.filter((tag) => tag.startsWith('TurnStatus:')),
        otherTags: tags.filter((tag) => !tag.startsWith('TurnStatus:')),
        notes: notes.filter(({ deletedAt }) => deletedAt === null).map(({ value }) => value),
      };
    },
    /** Waits until the candidate's order stands in this phase, and answers it. */
    inPhase: (id: string, phase: string) =>
      eventually(async () => {
        const found = await check(id);
        if (found?.phase !== phase) throw new Error(`phase ${found?.phase}, hold ${found?.hold?.reason}`);
        return found;
      }),
    /** Waits until the candidate is held for this reason. */
    held: (id: string, reason: string) =>
      eventually(async () => {
        const found = await check(id);
        if (found?.hold?.reason !== reason)
          throw new Error(`phase ${found?.phase}, hold ${found?.hold?.reason}`);
        return found;
      }),
    /** Waits until Lever shows exactly this status. */
    showing: (id: string, tag: string) =>
      eventually(() => {
        const { tags } = opportunity(id);
        const ours = tags.filter((one) => one.startsWith('TurnStatus:'));
        if (ours.length !== 1 || ours[0] !== `TurnStatus:${tag}`)
          throw new Error(`shows ${ours.join(', ') || 'nothing'}`);
      }),
    /** Waits until no sync of the candidate's check is under way or due: a lease would end within two minutes. */
    atRest: (id: string) =>
      eventually(async () => {
        const due = (await check(id))?.nextSyncAt ?? null;
        if (due !== null && due < Date.now() + 600_000) throw new Error(`due again at ${due}`);
      }),
    /** The reasons that the log gives for the decisions on a candidate, oldest first. */
    decisions: (world: Log, id: string) =>
      world.lines
        .filter((line) => line.msg === 'delivery decided' && line.opportunityId === id)
        .map(({ reason }) => reason),
    decided: (world: Log, id: string, reason: string) =>
      eventually(() => {
        const reasons = world.lines
          .filter((line) => line.msg === 'delivery decided' && line.opportunityId === id)
          .map((line) => line.reason);
        if (!reasons.includes(reason)) throw new Error(`decided ${reasons.join(', ') || 'nothing'}`);
      }),
    correlationOf: async (id: string): Promise<CorrelationId | undefined> => (await check(id))?.correlationId,
  };
};
