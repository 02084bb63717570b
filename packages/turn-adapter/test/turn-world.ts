import type { ConnectionId } from '@turn-lever/core/ids';
import type { CheckProvider } from '@turn-lever/core/ports/check-provider';
import { PortError } from '@turn-lever/core/ports/port-error';
import { createTurnEmulator, type TurnEmulator } from '@turn-lever/emulator/turn/create-turn-emulator';
import { createTurnCheckProvider, type TurnConfig } from '../src/create-turn-check-provider.ts';

type Account = ReturnType<TurnEmulator['createAccount']>;

/** An emulated Turn with the adapter in front of it. */
export interface TurnWorld {
  readonly turn: TurnEmulator;
  readonly provider: CheckProvider;
  /** A connection with an account of its own. */
  connect(given?: Parameters<TurnEmulator['createAccount']>[0]): {
    connectionId: ConnectionId;
    account: Account;
  };
  accountOf(connectionId: ConnectionId): Account;
  close(): Promise<void>;
}

/** The route every order goes to, as the journal names it. */
export const orderRoute = 'POST /v1/person/search_async';
/** The route every status is read from, as the journal names it. */
export const statusRoute = 'GET /v1/person/:id/status';
/** Where the emulated Turn posts results; nobody listens. */
export const callbackUrl = 'http://127.0.0.1:9/turn/results';

/** Starts the emulator; `given` overrides what the adapter is told. */
export const createTurnWorld = async (given: Partial<TurnConfig> = {}): Promise<TurnWorld> => {
  const turn = await createTurnEmulator();
  const accounts = new Map<ConnectionId, Account>();
  const accountOf = (connectionId: ConnectionId): Account => {
    const account = accounts.get(connectionId);
    if (account === undefined) throw new PortError('unauthorized', 'No token is kept.', { vendor: 'turn' });
    return account;
  };
  const provider = createTurnCheckProvider({
    apiUrl: turn.apiUrl,
    dashboardHosts: [turn.dashboardHost],
    allowLoopbackHttp: true,
    tokenOf: async (connectionId) => accountOf(connectionId).token,
    callbackUrlOf: async () => callbackUrl,
    ...given,
  });
  return {
    turn,
    provider,
    connect: (input) => {
      const connectionId = `connection-${accounts.size + 1}` as ConnectionId;
      const account = turn.createAccount(input);
      accounts.set(connectionId, account);
      return { connectionId, account };
    },
    accountOf,
    close: () => turn.close(),
  };
};
