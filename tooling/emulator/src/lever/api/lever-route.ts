import type { Answer } from '../../http/answer.ts';
import { bearerOf, type Call, isObject, param } from '../../http/call.ts';
import type { Method } from '../../http/vendor-server.ts';
import type { Grant } from '../oauth/grants.ts';
import { allows } from '../oauth/scopes.ts';
import type { AccountState } from '../state/account-state.ts';
import type { Opportunity } from '../state/opportunity.ts';
import type { LeverWorld } from '../world.ts';
import { badRequest, forbidden, notFound, tooManyRequests, unauthorized } from './errors.ts';

/** An authenticated, admitted call. */
export interface LeverCall extends Call {
  state: AccountState;
  grant: Grant;
  now: number;
}

export type LeverHandle = (call: LeverCall) => Answer | Promise<Answer>;

/** Registers a `/v1` route that needs a scope. */
export type AddLeverRoute = (method: Method, path: string, scope: string, handle: LeverHandle) => void;

export function leverRoutes(world: LeverWorld, admit: (key: string) => boolean): AddLeverRoute {
  return (method, path, scope, handle) =>
    world.server.route(method, path, (call) => {
      const { state, grant } = authenticate(world, call);
      if (!admit(`${grant.clientId} ${state.id}`)) throw tooManyRequests();
      if (!allows(grant.scopes, scope)) throw forbidden(`This token lacks the scope ${scope}.`);
      return handle({ ...call, state, grant, now: world.now() });
    });
}

/** The account and grant of a request's bearer token; 401 without a good one. */
export function authenticate(world: LeverWorld, call: Call): { state: AccountState; grant: Grant } {
  const token = bearerOf(call.headers);
  const grant = token === null ? null : world.grants.authenticate(token);
  if (grant === null) throw unauthorized();
  if (grant === 'foreign') throw forbidden('Unable to find a signing key that matches.');
  const state = world.accounts.get(grant.accountId);
  if (state === undefined) throw unauthorized();
  call.entry.accountId = state.id;
  return { state, grant };
}

/** The opportunity of the path: 404 when unknown or deleted, 403 when confidential and the scope is missing. */
export function opportunityOf(call: LeverCall): Opportunity {
  const id = param(call, 'id');
  const opportunity = call.state.opportunities.get(id);
  if (opportunity === undefined) throw notFound(`opportunities ${id} was not found`);
  if (opportunity.confidentiality === 'confidential' && !seesConfidential(call)) {
    throw forbidden('You do not have access to confidential data.');
  }
  return opportunity;
}

export function seesConfidential(call: LeverCall): boolean {
  return allows(call.grant.scopes, 'confidential:access:admin');
}

/** The user of `perform_as`, or null. Unknown and deactivated users are refused with 403 (undocumented, strict). */
export function performAs(call: LeverCall): string | null {
  const id = call.query.get('perform_as');
  if (id === null) return null;
  const user = call.state.users.find((candidate) => candidate.id === id);
  if (user === undefined || user.deactivatedAt !== null) throw forbidden(`Cannot perform as user ${id}.`);
  return id;
}

/** The body as an object, or 400. */
export function objectBody(call: LeverCall): Record<string, unknown> {
  if (!isObject(call.body)) throw badRequest('The request body must be a JSON object.');
  return call.body;
}

/** A list of strings that are not blank, or 400. */
export function stringList(body: Record<string, unknown>, field: string): string[] {
  const value = body[field];
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string' && item.trim() !== '')) {
    throw badRequest(`"${field}" must be an array of strings.`);
  }
  return value as string[];
}
