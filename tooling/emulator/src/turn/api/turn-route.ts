import { type Answer, Refusal } from '../../http/answer.ts';
import { bearerOf, type Call, param } from '../../http/call.ts';
import type { Method, VendorServer } from '../../http/vendor-server.ts';
import { findCheck, type TurnAccountState } from '../account/account-state.ts';
import type { Check } from '../account/check.ts';

/** An authenticated call. */
export interface TurnCall extends Call {
  state: TurnAccountState;
}

export type AddTurnRoute = (
  method: Method,
  path: string,
  handle: (call: TurnCall) => Answer | Promise<Answer>,
) => void;

/** Registers routes that need the account's bearer token. */
export function turnRoutes(server: VendorServer, accounts: () => Iterable<TurnAccountState>): AddTurnRoute {
  return (method, path, handle) =>
    server.route(method, path, (call) => handle({ ...call, state: authenticate(call, accounts()) }));
}

/** No header is 401, a bad token is 400, not 401 (turn-api.md §1.2). */
export function authenticate(call: Call, accounts: Iterable<TurnAccountState>): TurnAccountState {
  if (call.headers.authorization === undefined) {
    throw refusal(401, {
      code: 'authorization_header_missing',
      description: 'Authorization header is expected',
    });
  }
  const token = bearerOf(call.headers);
  const state = [...accounts].find((account) => account.token === token);
  if (state === undefined || state.isTokenRevoked) {
    throw refusal(400, { code: 'invalid_header', description: 'Unable to parse authentication token.' });
  }
  call.entry.accountId = state.id;
  return state;
}

/** The check of the path, or this refusal: some routes answer an unknown one with 422, others with 404. */
export function checkOf(call: TurnCall, unknownStatus: 404 | 422): Check {
  const id = param(call, 'id');
  const check = findCheck(call.state, id);
  if (check === undefined) throw refusal(unknownStatus, { message: `Worker with id ${id} was not found` });
  return check;
}

export function refusal(status: number, body: unknown): Refusal {
  return new Refusal({ status, body });
}
