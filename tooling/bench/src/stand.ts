import { randomBytes } from 'node:crypto';
import type { StageId } from '@turn-lever/core/ids';
import type { TriggerStage } from '@turn-lever/core/ordering/stage-rule';
import { defaultSettings } from '@turn-lever/core/settings';
import { createStores } from '@turn-lever/db/create-stores';
import { openDatabase } from '@turn-lever/db/open-database';
import { createSealing } from '@turn-lever/db/seal';
import { createLeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createTurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { createDatabase } from '@turn-lever/postgres/create-database';
import { freePort } from '@turn-lever/postgres/free-port';
import { startPostgres } from '@turn-lever/postgres/start-postgres';
import postgres, { type Sql } from 'postgres';
import { type ChildServer, startChildServer } from './child-server.ts';
import type { DeliverySource } from './deliveries.ts';

/** How the product is set up. */
export interface StandOptions {
  readonly role: 'all' | 'web';
  /** Seconds between a delivery and its decision. */
  readonly waitBeforeOrdering: number;
  /** Folder for CPU profiles of the product; null: none. */
  readonly profileTo: string | null;
}

/** Everything a measurement needs: a database as in production, both vendors, an account. */
export interface Stand {
  readonly sql: Sql;
  readonly source: DeliverySource;
  /** Path of the webhook, the same on both servers. */
  readonly path: string;
  startProduct(): Promise<ChildServer>;
  startNaive(): Promise<ChildServer>;
  /** Both tables empty, and nothing of the past left for the server to write. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

// What startPostgres turns off for tests is what an acknowledged delivery rests on.
const asInProduction = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];

/** Starts Postgres and both emulators, provisions one account whose trigger stage is known, and makes the naive table. */
export const buildStand = async (options: StandOptions): Promise<Stand> => {
  const server = await startPostgres({
    extraArguments: asInProduction.flatMap((setting) => ['-c', setting]),
  });
  const databaseUrl = await createDatabase(server.url);
  const lever = await createLeverEmulator();
  const turn = await createTurnEmulator();
  const leverAccount = lever.createAccount();
  const turnAccount = turn.createAccount();
  const [other, ...stages] = leverAccount.stages();
  const trigger = stages.find(({ text }) => text === defaultSettings.triggerStage);
  if (other === undefined || trigger === undefined) throw new Error('The emulated Lever lacks its stages.');

  const signatureToken = randomBytes(24).toString('hex');
  const sealingKey = randomBytes(32);
  const database = await openDatabase({ url: databaseUrl, dataDirectory: '' });
  const stores = createStores(database, { sealing: createSealing([{ kid: 'bench', key: sealingKey }]) });
  const created = await stores.connections.createAccount(
    {
      name: 'Bench',
      superAdminEmail: 'admin@example.com',
      lever: {
        environment: 'sandbox',
        accountId: leverAccount.id,
        ...leverAccount.createGrant(),
        signatureToken,
      },
      turn: { token: turnAccount.token },
      settings: { ...defaultSettings, waitBeforeOrdering: options.waitBeforeOrdering },
    },
    Date.now(),
  );
  if (created.kind !== 'created') throw new Error('A fresh database has no other account.');
  const { connectionId, leverKey } = created;
  const triggerStage: TriggerStage = { kind: 'resolved', id: trigger.id as StageId, name: trigger.text };
  await stores.connections.saveTriggerStage(connectionId, triggerStage, 1);
  await stores.inbox.close();
  await database.close();

  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  await sql`create table naive_delivery (like delivery including all)`;

  return {
    sql,
    source: { signatureToken, triggerStageId: trigger.id, otherStageId: other.id },
    path: `/webhooks/lever/${leverKey}`,
    startProduct: async () => {
      const port = await freePort();
      return startChildServer({
        entry: '../../../apps/api/src/main.ts',
        port,
        profileTo: options.profileTo,
        variables: {
          DATABASE_URL: databaseUrl,
          AUTH_SECRET: randomBytes(32).toString('hex'),
          ENCRYPTION_KEYS: `bench:${sealingKey.toString('base64')}`,
          NODE_ENV: 'production',
          PORT: String(port),
          ROLE: options.role,
          LEVER_SANDBOX_CLIENT_ID: lever.clientId,
          LEVER_SANDBOX_CLIENT_SECRET: lever.clientSecret,
          LEVER_SANDBOX_API_URL: lever.apiUrl,
          LEVER_SANDBOX_AUTH_URL: lever.authUrl,
          LEVER_SANDBOX_AUDIENCE: lever.audience,
          TURN_API_URL: turn.apiUrl,
          TURN_DASHBOARD_HOSTS: turn.dashboardHost,
        },
      });
    },
    startNaive: async () => {
      const port = await freePort();
      return startChildServer({
        entry: './naive-server.ts',
        port,
        profileTo: null,
        variables: { NODE_ENV: 'production' },
        args: [databaseUrl, String(port), connectionId, signatureToken, trigger.id],
      });
    },
    clear: async () => {
      await sql`truncate delivery, naive_delivery`;
      await sql`checkpoint`;
    },
    close: async () => {
      await sql.end();
      await Promise.all([lever.close(), turn.close()]);
      await server.stop();
    },
  };
};
