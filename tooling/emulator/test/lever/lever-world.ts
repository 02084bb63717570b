import { onTestFinished } from 'vitest';
import type { LeverAccount } from '../../src/lever/account/lever-account.ts';
import {
  createLeverEmulator,
  type LeverEmulator,
  type LeverEmulatorOptions,
} from '../../src/lever/create-lever-emulator.ts';
import type { NewAccount } from '../../src/lever/state/account-state.ts';
import { type JsonClient, jsonClient } from '../../testing/json-client.ts';

export interface World {
  lever: LeverEmulator;
  account: LeverAccount;
  /** The account's API, with a fresh access token. */
  api: JsonClient;
  /** The API with a token of these scopes, or without any token. */
  apiWith(scopes: string[] | null): JsonClient;
}

/** An emulated Lever with one account, closed when the test ends. Not rate-limited unless asked for. */
export async function leverWorld(options: LeverEmulatorOptions = {}, input: NewAccount = {}): Promise<World> {
  const lever = await createLeverEmulator({ rateLimit: 'off', retryDelaysMs: [0, 5, 5, 5, 5], ...options });
  onTestFinished(() => lever.close());
  const account = lever.createAccount(input);
  return {
    lever,
    account,
    api: jsonClient(lever.apiUrl, account.createGrant().accessToken),
    apiWith: (scopes) =>
      jsonClient(lever.apiUrl, scopes === null ? null : account.createGrant({ scopes }).accessToken),
  };
}
