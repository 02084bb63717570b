import type { ConnectionId } from '@turn-lever/core/ids';
import type { CheckProvider } from '@turn-lever/core/ports/check-provider';
import { readAccountName } from './api/account.ts';
import { placeOrder } from './api/order.ts';
import { type PaceLimits, turnPace } from './api/pace.ts';
import { listPackages } from './api/packages.ts';
import { readCheck } from './api/read-check.ts';
import type { ReportUrlRules } from './api/report-url.ts';
import { createSender } from './api/request.ts';
import { resendInvitation } from './api/resend-invitation.ts';

/** How long one call may take, in ms, its answer included. */
export interface TurnTimeouts {
  readonly read: number;
  readonly order: number;
}

/** An order gets longer: giving up early turns a slow answer into an unknown outcome. */
export const turnTimeouts: TurnTimeouts = { read: 15_000, order: 30_000 };

/** What the adapter needs to be told. */
export interface TurnConfig extends ReportUrlRules {
  /** With the version: `https://api.turn.ai/v1`. */
  readonly apiUrl: string;
  /** The bearer token of a connection. May throw `PortError` `unauthorized` where there is none. */
  readonly tokenOf: (connectionId: ConnectionId) => Promise<string>;
  /** Where Turn posts the results of an order on this connection. */
  readonly callbackUrlOf: (connectionId: ConnectionId) => Promise<string>;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeouts?: Partial<TurnTimeouts>;
  readonly pace?: Partial<PaceLimits>;
}

/** Turn as the background-check provider, over its public API (`turn-api.md` §1). */
export const createTurnCheckProvider = (config: TurnConfig): CheckProvider => {
  const { apiUrl, tokenOf, callbackUrlOf, dashboardHosts, allowLoopbackHttp } = config;
  const timeouts = { ...turnTimeouts, ...config.timeouts };
  const send = createSender({
    apiUrl,
    tokenOf,
    fetch: config.fetch ?? globalThis.fetch,
    pace: { ...turnPace, ...config.pace },
  });
  const reading = { timeout: timeouts.read, rules: { dashboardHosts, allowLoopbackHttp } };
  return {
    findByReference: (connectionId, referenceId) => readCheck(send, connectionId, referenceId, reading),
    readCheck: (connectionId, workerId) => readCheck(send, connectionId, workerId, reading),
    order: (connectionId, referenceId, request) =>
      placeOrder(send, connectionId, { referenceId, request, callbackUrlOf, timeout: timeouts.order }),
    listPackages: (connectionId) => listPackages(send, connectionId, timeouts.read),
    readAccountName: (connectionId, token) =>
      readAccountName(send, connectionId, { timeout: timeouts.read, token }),
    resendInvitation: (connectionId, turnId) => resendInvitation(send, connectionId, turnId, timeouts.read),
  };
};
