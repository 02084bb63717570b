import { randomUUID } from 'node:crypto';
import type { ConnectionId, CorrelationId } from '@turn-lever/core/ids';
import { PortError } from '@turn-lever/core/ports/port-error';
import { defaultTimes, type Times } from '@turn-lever/core/times';
import { createAdmitDelivery } from '@turn-lever/core/use-cases/admit-delivery';
import type { Actions } from '@turn-lever/core/use-cases/by-person/create-actions';
import { createCarryOutWriteBack } from '@turn-lever/core/use-cases/carry-out-write-back';
import { createKeepGrantAlive } from '@turn-lever/core/use-cases/keep-grant-alive';
import { createPlaceOrder } from '@turn-lever/core/use-cases/place-order';
import { createProcessDelivery } from '@turn-lever/core/use-cases/process-delivery';
import { createReadStatus } from '@turn-lever/core/use-cases/read-status';
import { createRemindOfEnd } from '@turn-lever/core/use-cases/remind-of-end';
import { createSweepConnection } from '@turn-lever/core/use-cases/sweep-connection';
import { createSyncCheck } from '@turn-lever/core/use-cases/sync-check';
import { createWakeCheck } from '@turn-lever/core/use-cases/wake-check';
import { createStores, type Stores } from '@turn-lever/db/create-stores';
import { startDatabaseClock } from '@turn-lever/db/database-clock';
import type { ReceiveBatching } from '@turn-lever/db/inbox/batch-receives';
import { openDatabase } from '@turn-lever/db/open-database';
import { createSealing } from '@turn-lever/db/seal';
import { forgetDeadProcess } from '@turn-lever/db/work/forget-dead-process';
import { startWork, type WorkTimes } from '@turn-lever/db/work/start-work';
import type { PaceLimits } from '@turn-lever/lever-adapter/api/pace';
import { createLeverAts } from '@turn-lever/lever-adapter/create-lever-ats';
import { createLeverAuthorization } from '@turn-lever/lever-adapter/create-lever-authorization';
import {
  createTurnCheckProvider,
  type TurnConfig,
} from '@turn-lever/turn-adapter/create-turn-check-provider';
import { isLoopbackUrl } from '@turn-lever/turn-adapter/is-local-turn';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createCallTrail } from './call-trail.ts';
import { composeActions } from './compose-actions.ts';
import { composeSettings } from './compose-settings.ts';
import { composeConsole } from './console/compose-console.ts';
import { readPages } from './console/pages/read-pages.ts';
import type { Env } from './env.ts';
import { createJobs } from './jobs/create-jobs.ts';
import { describeError } from './log.ts';
import { createMail, type Mail } from './mail/create-mail.ts';
import { createMailReminders } from './mail/mail-reminders.ts';
import { composeAuthorization } from './oauth/compose-authorization.ts';
import { leverReturnPath } from './oauth/lever-return.ts';
import { buildServer } from './server.ts';
import { webhookUrls } from './webhook-urls.ts';
import { within } from './within.ts';

/** The whole program, put together and working, but not listening yet. */
export interface Program {
  readonly server: FastifyInstance;
  readonly stores: Stores;
  /** What people do. */
  readonly actions: Actions;
  /** The address at which the first account is made; null where there is an account. A secret. */
  setUpUrl(): Promise<string | null>;
  /** Looks in Lever for what no webhook told us, now instead of at the next round. */
  sweep(connectionId: ConnectionId): Promise<void>;
  /** Stops in order: not ready, no new work, running work ends within `timeoutMs`, then the database closes. */
  stop(timeoutMs: number): Promise<void>;
}

/** What tests may set differently. */
export interface ComposeOptions {
  readonly times?: Partial<Times>;
  readonly workTimes?: Partial<WorkTimes>;
  readonly inbox?: Partial<ReceiveBatching>;
  /** Connections to a database server. */
  readonly poolSize?: number;
  /** The time of day in ms, for everything but leases, which count in the database's time. */
  readonly now?: () => number;
  /** How fast Lever is called. */
  readonly leverPace?: Partial<PaceLimits>;
  /** How fast Turn is called. */
  readonly turnPace?: NonNullable<TurnConfig['pace']>;
  /** Where the console's built pages lie, instead of `apps/admin/dist`. */
  readonly pagesDirectory?: string;
  /** Opens the database in the place of `openDatabase`. */
  readonly openDatabase?: typeof openDatabase;
  /** Given every port by its name, answers what is used in its place. */
  readonly replacePort?: <Port extends object>(name: string, port: Port) => Port;
}

/** Wires everything by plain calls, opens the database and starts the work that `ROLE` asks for. */
export const compose = async (env: Env, log: Logger, options: ComposeOptions = {}): Promise<Program> => {
  const jitter = Math.random;
  const times: Times = { ...defaultTimes, ...options.times };
  const newCorrelationId = () => randomUUID() as CorrelationId;
  const turnIsLocal = isLoopbackUrl(env.turnApiUrl);

  const database = await (options.openDatabase ?? openDatabase)({
    url: env.databaseUrl,
    dataDirectory: env.dataDirectory,
    ...(options.poolSize === undefined ? {} : { poolSize: options.poolSize }),
  });
  const clock = await startDatabaseClock(database);
  const now = options.now ?? clock.now;
  const replacePort = options.replacePort ?? ((_name, port) => port);
  const made = createStores(database, {
    sealing: createSealing(env.encryptionKeys),
    ...(options.inbox === undefined ? {} : { inbox: options.inbox }),
  });
  const stores: Stores = {
    inbox: replacePort('inbox', made.inbox),
    checks: replacePort('checks', made.checks),
    connections: replacePort('connections', made.connections),
    incidents: replacePort('incidents', made.incidents),
    grants: replacePort('grants', made.grants),
    callLog: replacePort('callLog', made.callLog),
    auditLog: replacePort('auditLog', made.auditLog),
    people: replacePort('people', made.people),
    setup: replacePort('setup', made.setup),
    authorizationRequests: replacePort('authorizationRequests', made.authorizationRequests),
  };
  const { inbox, checks, connections, incidents, people, grants, callLog } = stores;
  const mail = mailOf(env, log);

  const trail = createCallTrail(now);
  const lever = createLeverAts({
    environments: offered(env.lever),
    grants,
    fetch: trail.observe('lever', fetch),
    ...(options.leverPace === undefined ? {} : { pace: options.leverPace }),
    connectionOf: async (connectionId) => {
      const connection = await connections.read(connectionId);
      if (connection === null)
        throw new PortError('unauthorized', 'There is no such connection', { vendor: 'lever' });
      return { environment: connection.environment, performAs: connection.settings.performAs };
    },
  });
  const ats = replacePort('ats', lever);
  const turn = createTurnCheckProvider({
    apiUrl: env.turnApiUrl,
    dashboardHosts: env.turnDashboardHosts,
    allowLoopbackHttp: isLoopbackUrl(env.publicUrl),
    fetch: trail.observe('turn', fetch),
    ...(options.turnPace === undefined ? {} : { pace: options.turnPace }),
    tokenOf: (connectionId) => connections.turnToken(connectionId),
    callbackUrlOf: async (connectionId) =>
      webhookUrls(env.publicUrl).turn(await connections.turnKey(connectionId)),
  });

  const checkProvider = replacePort('checkProvider', turn);
  const placeOrder = createPlaceOrder({ checkProvider, checks, connections, incidents, now, times });
  const readStatus = createReadStatus({ checkProvider, checks, incidents, now });
  const carryOutWriteBack = createCarryOutWriteBack({ ats, checks, incidents });
  const jobs = createJobs({
    processDelivery: createProcessDelivery({
      ats,
      checkProvider,
      checks,
      connections,
      inbox,
      incidents,
      placeOrder,
      turnIsLocal,
      times,
      now,
      jitter,
    }),
    syncCheck: createSyncCheck({
      ats,
      checkProvider,
      checks,
      connections,
      incidents,
      readStatus,
      carryOutWriteBack,
      now,
      jitter,
      times,
    }),
    sweepConnection: createSweepConnection({
      ats,
      checkProvider,
      checks,
      connections,
      inbox,
      incidents,
      newCorrelationId,
      now,
      times,
    }),
    keepGrantAlive: createKeepGrantAlive({ ats, connections, incidents, times }),
    remindOfEnd: createRemindOfEnd({
      connections,
      incidents,
      people,
      reminders: mail === null ? null : createMailReminders(mail, env.publicUrl),
      now,
    }),
    trail,
    callLog,
    log,
  });

  if (env.role !== 'web') await forgetDeadProcess(database);
  let isStopping = false;
  const work =
    env.role === 'web'
      ? null
      : await startWork(database, {
          times: options.workTimes ?? {},
          handlers: jobs,
          onError: (error, job) => log.error({ ...job, ...describeError(error) }, 'job failed'),
        });
  const onStored = () => work?.kick();
  const actions = composeActions({
    stores,
    ats,
    lever,
    checkProvider,
    turnIsLocal,
    times,
    now,
    newCorrelationId,
    publicUrl: env.publicUrl,
  });
  const { publicUrl, authSecret } = env;
  const settings = composeSettings({
    stores,
    ats,
    lever,
    checkProvider,
    now,
    publicUrl,
    leverApiUrlOf: (environment) => env.lever[environment]?.apiUrl ?? null,
  });
  const atsAuthorization = createLeverAuthorization({
    environments: offered(env.lever),
    redirectUri: publicUrl + leverReturnPath,
    fetch: trail.observe('lever', fetch),
    now,
  });
  const authorizing = composeAuthorization({
    stores,
    atsAuthorization: replacePort('atsAuthorization', atsAuthorization),
    connectLever: actions.connectLever,
    now,
  });
  const consoleSide = composeConsole({
    database,
    stores,
    actions,
    settings,
    authorizing,
    offeredEnvironments: atsAuthorization.environments,
    mail,
    publicUrl,
    authSecret,
    now,
    log,
  });
  const pages = env.role === 'worker' ? null : readPages(options.pagesDirectory);
  if (pages === null && env.role !== 'worker')
    log.warn('The console has no pages: build them with “pnpm build”, then start again.');
  const server = await buildServer({
    trustProxy: env.trustProxy,
    log,
    health: { isDatabaseReady: () => database.isReady(), isStopping: () => isStopping },
    webhooks:
      env.role === 'worker'
        ? null
        : {
            admitDelivery: createAdmitDelivery({ connections, inbox, incidents, now }),
            wakeCheck: createWakeCheck({ connections, checks, now }),
            onStored,
          },
    console: env.role === 'worker' ? null : consoleSide.ports,
    pages,
    leverReturn: env.role === 'worker' ? null : { ...consoleSide.ports, authorizing },
  });

  return {
    server,
    stores,
    actions,
    setUpUrl: consoleSide.setUpUrl,
    sweep: jobs.sweepConnection,
    stop: async (timeoutMs) => {
      isStopping = true;
      // A vendor or a database that hangs must not keep the process: what is cut off comes due again.
      const stopped = (part: Promise<unknown> | undefined) =>
        within(timeoutMs, Promise.resolve(part)).catch(() => {});
      await Promise.all([stopped(server.close()), stopped(work?.stop(timeoutMs))]);
      await stopped(inbox.close());
      clock.stop();
      await stopped(database.close());
    },
  };
};

const mailOf = ({ smtpUrl, mailFrom }: Env, log: Logger): Mail | null =>
  smtpUrl === null || mailFrom === null ? null : createMail({ smtpUrl, from: mailFrom, log });

/** An environment without an OAuth app is left out. */
const offered = ({ production, sandbox }: Env['lever']) => ({
  ...(production === null ? {} : { production }),
  ...(sandbox === null ? {} : { sandbox }),
});
