import { type Answer, Refusal } from '../http/answer.ts';
import { type Handle, isObject, param } from '../http/call.ts';
import type { FaultOrder } from '../http/fault-plan.ts';
import type { VendorServer } from '../http/vendor-server.ts';
import { type ControlInput, controlInput } from './control-input.ts';
import { readPageFile } from './page-files.ts';

/** Something a page or another process can have done to an account. What it gives is answered as JSON. */
export type Action<Account> = (account: Account, input: ControlInput) => unknown;

export interface Controlled<Account> {
  accounts(): Account[];
  create(input: ControlInput): Account;
  /** What to tell about an account. */
  show(account: Account): unknown;
  actions: Record<string, Action<Account>>;
}

/**
 * Everything under `/_emulator`, as JSON, never journaled and never faulted:
 * `GET|POST /accounts`, `GET /accounts/:id`, `POST /accounts/:id/:action`, `GET|DELETE /journal`,
 * `GET|POST|DELETE /faults` and the pages' files.
 */
export function addControlRoutes<Account extends { id: string; name: string }>(
  server: VendorServer,
  controlled: Controlled<Account>,
): void {
  const route = (method: 'GET' | 'POST' | 'DELETE', path: string, handle: Handle) =>
    server.ownRoute(method, `/_emulator${path}`, async (call) => {
      try {
        return await handle(call);
      } catch (error) {
        if (error instanceof Refusal) throw error;
        // The account's own errors say what is wrong: an unknown opportunity, stage, note.
        throw new Refusal({
          status: 400,
          body: { message: error instanceof Error ? error.message : 'failed' },
        });
      }
    });
  const find = (id: string): Account => {
    const account = controlled.accounts().find((candidate) => candidate.id === id);
    if (account === undefined)
      throw new Refusal({ status: 404, body: { message: `There is no account "${id}".` } });
    return account;
  };

  route('GET', '/accounts', () => ok(controlled.accounts().map(({ id, name }) => ({ id, name }))));
  route('POST', '/accounts', (call) => ok(controlled.show(controlled.create(controlInput(call)))));
  route('GET', '/accounts/:id', (call) => ok(controlled.show(find(param(call, 'id')))));
  route('POST', '/accounts/:id/:action', async (call) => {
    const account = find(param(call, 'id'));
    const name = param(call, 'action');
    const action = Object.hasOwn(controlled.actions, name) ? controlled.actions[name] : undefined;
    if (action === undefined)
      throw new Refusal({ status: 404, body: { message: `There is no action "${name}".` } });
    return ok((await action(account, controlInput(call))) ?? {});
  });

  route('GET', '/journal', () => ok(server.journal.entries()));
  route('DELETE', '/journal', () => ok(server.journal.clear() ?? {}));
  route('GET', '/faults', () => ok(server.faults.fired));
  route('POST', '/faults', (call) => ok(server.faults.add(readFault(call.body)) ?? {}));
  route('DELETE', '/faults', () => ok(server.faults.clear() ?? {}));
  route('GET', '/pages/:file', (call) => readPageFile(param(call, 'file')));
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** `times` may be null for "from now on": JSON has no infinity. */
function readFault(body: unknown): FaultOrder {
  if (!isObject(body) || typeof body.route !== 'string' || typeof body.kind !== 'string') {
    throw new Refusal({ status: 400, body: { message: 'A fault needs a "route" and a "kind".' } });
  }
  return { ...body, times: body.times === null ? Number.POSITIVE_INFINITY : (body.times ?? 1) } as FaultOrder;
}
