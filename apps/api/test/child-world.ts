import { join } from 'node:path';
import type { ConnectionId } from '@turn-lever/core/ids';
import { canary } from '@turn-lever/core/testing/canaries';
import { openEmbedded } from '@turn-lever/db/opening/open-embedded';
import { canaryWatch } from '@turn-lever/db/testing/canary-watch';
import { signDelivery } from '@turn-lever/emulator/lever/sign-delivery';
import { freePort } from '@turn-lever/postgres/free-port';
import postgres from 'postgres';
import { expect } from 'vitest';
import type { AuditedAccount } from './auditor.ts';
import { runCommand, startChild, startCrashing } from './child-program.ts';
import type { CrashPoint } from './crash-point.ts';
import { eventually } from './eventually.ts';
import { createVendorAccount } from './vendor-account.ts';
import { createVendors } from './vendors.ts';

type Child = Awaited<ReturnType<typeof startCrashing>>;

/**
 * Both vendors, one account between them, and the program as child processes: to be killed, stopped and continued. With
 * the embedded database `ask` works only while no child runs.
 */
export const createChildWorld = async (
  options: { readonly databaseUrl?: string; readonly settings?: Readonly<Record<string, unknown>> } = {},
) => {
  const vendors = await createVendors({
    ...(options.databaseUrl === undefined ? {} : { databaseUrl: options.databaseUrl }),
    leverRetries: [0, 1000, 1000, 1000, 2000, 4000, 8000, 8000, 8000],
  });
  const { url, variables } = vendors;
  const { credentials, connected, webhook, ...partner } = createVendorAccount(vendors);
  const made = await runCommand(
    'account-create-main.ts',
    variables,
    JSON.stringify({
      name: 'Test partner',
      superAdminEmail: canary.adminEmail,
      lever: { environment: 'sandbox', ...credentials.lever },
      turn: credentials.turn,
      settings: { waitBeforeOrdering: 0, ...options.settings },
    }),
  );
  expect(made.problem).toBe('');
  const urls = JSON.parse(made.out) as {
    connectionId: ConnectionId;
    leverWebhookUrl: string;
    turnWebhookUrl: string;
  };
  for (const address of [urls.leverWebhookUrl, urls.turnWebhookUrl])
    canaryWatch.keepSecret(address.split('/').at(-1) ?? '');
  connected(urls.leverWebhookUrl, urls.turnWebhookUrl);

  const children: Child[] = [];
  const lines: Record<string, unknown>[] = [];
  const keep = async (starting: Promise<Child>): Promise<Child> => {
    const child = await starting;
    children.push(child);
    return child;
  };

  const { add, order, ordersOf, shown } = partner;
  const audited: AuditedAccount = {
    ...partner,
    connectionId: urls.connectionId,
    isStopped: () => false,
  };

  const ask = async (strings: TemplateStringsArray, ...values: (string | number | null)[]) => {
    if (options.databaseUrl !== undefined) {
      const client = postgres(options.databaseUrl, { max: 1 });
      try {
        return [...(await client(strings, ...values))] as Record<string, string | boolean | null>[];
      } finally {
        await client.end();
      }
    }
    const embedded = await openEmbedded({ dataDirectory: join(vendors.variables.DATA_DIR ?? '') });
    try {
      const { rows } = await embedded.client.sql<Record<string, string | boolean | null>>(strings, ...values);
      return rows;
    } finally {
      await embedded.close();
    }
  };

  return {
    ...vendors,
    /** What the auditor looks at. */
    account: audited,
    add,
    order,
    leverUrl: urls.leverWebhookUrl,
    /** A genuine delivery's body. */
    sign: (data: Record<string, unknown>) => signDelivery({ signatureToken: webhook.signatureToken, data }),
    ask,
    lines,
    /** The program with quick times, to die or stop at a point. */
    crashing: (point: CrashPoint | null = null, more: Readonly<Record<string, string>> = {}) =>
      keep(startCrashing(url, { ...variables, ...more }, point)),
    /** The program as it is started in earnest, with more variables if need be. */
    plain: (more: Readonly<Record<string, string>> = {}) => keep(startChild(url, { ...variables, ...more })),
    /** A second process beside the first, on a port of its own. */
    second: async (point: CrashPoint | null = null) => {
      const port = await freePort();
      return keep(
        startCrashing(
          `http://127.0.0.1:${port}`,
          { ...variables, PORT: String(port), PUBLIC_URL: url },
          point,
        ),
      );
    },
    /** Waits until Lever shows the status and the Turn ID of the candidate's only order. */
    showing: (id: string, tag: string) =>
      eventually(() => {
        expect(ordersOf(id)).toHaveLength(1);
        expect(shown(id).tags).toEqual([`TurnStatus:${tag}`]);
        expect(shown(id).notes).toContain(
          `Turn background check ordered. Turn ID: ${ordersOf(id)[0]?.turnId}`,
        );
      }),
    /**
     * Waits until no check is asked about within the next minute, before the last program is ended: a poll that was set
     * while Turn's webhook had not been seen comes 150 ms later, and would then be due for ever.
     */
    polledNoMore: () =>
      eventually(async () =>
        expect(
          await ask`select id::text from background_check where next_sync_at < now() + interval '1 minute'`,
        ).toEqual([]),
      ),
    /** Collects what the children logged, for the auditor. */
    collectLogs: (): void => {
      for (const child of children) {
        for (const line of child.said().split('\n')) {
          if (line.startsWith('{')) lines.push(JSON.parse(line) as Record<string, unknown>);
        }
      }
    },
    close: async (): Promise<void> => {
      for (const child of children) await child.end('SIGKILL');
      await vendors.close();
    },
  };
};
