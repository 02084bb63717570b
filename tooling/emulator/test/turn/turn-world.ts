import { onTestFinished } from 'vitest';
import type { NewTurnAccount } from '../../src/turn/account/account-state.ts';
import type { TurnAccount } from '../../src/turn/account/turn-account.ts';
import {
  createTurnEmulator,
  type TurnEmulator,
  type TurnEmulatorOptions,
} from '../../src/turn/create-turn-emulator.ts';
import { type JsonAnswer, type JsonClient, jsonClient } from '../../testing/json-client.ts';

export interface World {
  turn: TurnEmulator;
  account: TurnAccount;
  api: JsonClient;
  /** Orders a check; fields given here are added or replaced, `undefined` ones left out. */
  order(change?: Record<string, unknown>): Promise<JsonAnswer>;
}

/** An emulated Turn with one account, closed when the test ends. */
export async function turnWorld(
  options: TurnEmulatorOptions = {},
  input: NewTurnAccount = {},
): Promise<World> {
  const turn = await createTurnEmulator(options);
  onTestFinished(() => turn.close());
  const account = turn.createAccount(input);
  const api = jsonClient(turn.apiUrl, account.token);
  return {
    turn,
    account,
    api,
    order: (change = {}) =>
      api('POST', '/person/search_async', {
        first_name: 'Ada',
        last_name: 'Example',
        email: 'ada@example.com',
        callback_url: 'http://127.0.0.1:9/results',
        ...change,
      }),
  };
}
