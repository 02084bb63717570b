import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canary } from '@turn-lever/core/testing/canaries';
import { createLeverEmulator, type LeverEmulator } from '@turn-lever/emulator/lever/create-lever-emulator';
import { createTurnEmulator, type TurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { freePort } from '@turn-lever/postgres/free-port';
import { afterEach, expect } from 'vitest';
import { searchWorld } from './search-world.ts';
import { vendorOrigins } from './vendor-origins.ts';

export interface VendorOptions {
  /** A Postgres of its own; the embedded database where left out. */
  readonly databaseUrl?: string;
  /** Pauses before each of Lever's tries to deliver, in ms. Default: five, 0 to 30 s. */
  readonly leverRetries?: number[];
  /** Variables on top of those that point at the emulators. */
  readonly variables?: Readonly<Record<string, string>>;
}

const opened: { readonly lever: LeverEmulator; readonly turn: TurnEmulator }[] = [];

/** A scenario whose fault never happened has shown nothing: every test that has vendors fails on one. */
afterEach(() => {
  const unstruck = opened.flatMap(({ lever, turn }) => [...lever.faults.finish(), ...turn.faults.finish()]);
  expect(unstruck, 'Planned faults that never struck').toEqual([]);
});

/** Both vendors as real HTTP servers, and the variables that point the program at them. */
export const createVendors = async (options: VendorOptions = {}) => {
  const lever = await createLeverEmulator({
    rateLimit: 'off',
    ...(options.leverRetries === undefined ? {} : { retryDelaysMs: options.leverRetries }),
  });
  const turn = await createTurnEmulator();
  opened.push({ lever, turn });
  for (const { url } of [lever, turn]) vendorOrigins.add(url);
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
          AUTH_SECRET: canary.secret('for-tests-only-for-tests-only'),
          ENCRYPTION_KEYS: `test:${Buffer.from(canary.sealingKey).toString('base64')}`,
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
      await searchWorld(lever, { dataDirectory, databaseUrl: options.databaseUrl });
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
};

export type Vendors = Awaited<ReturnType<typeof createVendors>>;
