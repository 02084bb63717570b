import { randomBytes, randomUUID } from 'node:crypto';
import type { Check } from './check.ts';

export interface TurnPackage {
  /** `P` and ten digits. */
  id: string;
  name: string;
}

/** One webhook request Turn made; there is no retry (none is documented, turn-api.md §1.7). */
export interface TurnDelivery {
  id: string;
  kind: 'status' | 'results';
  at: number;
  workerId: string;
  url: string;
  body: Record<string, unknown>;
  /** Null: no answer came, or none yet. */
  status: number | null;
}

export interface TurnAccountState {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  isTokenRevoked: boolean;
  readonly packages: TurnPackage[] | 'not-offered';
  readonly listShape: 'bare' | 'packages';
  statusWebhookUrl: string | null;
  /** How often each webhook is posted: 0 loses it, 2 doubles it. */
  webhookCopies: number;
  /** In the order they were made. */
  readonly checks: Check[];
  readonly deliveries: TurnDelivery[];
}

export interface NewTurnAccount {
  id?: string;
  name?: string;
  /** `not-offered`: the package list route answers 404, any package id is accepted. */
  packages?: TurnPackage[] | 'not-offered';
  /** The undocumented shape of the package list (turn-api.md §1.5); default `packages`. */
  listShape?: 'bare' | 'packages';
  /** The bearer token; default: an invented one that looks like a JWT. */
  token?: string;
}

export const defaultPackages: readonly TurnPackage[] = [
  { id: 'P0000000001', name: 'Basic Criminal' },
  { id: 'P0000000002', name: 'Driver: MVR + County 7' },
  { id: 'P0000000003', name: 'Executive' },
];

export function createTurnAccountState(input: NewTurnAccount): TurnAccountState {
  const { packages = defaultPackages } = input;
  return {
    id: input.id ?? randomUUID(),
    name: input.name ?? 'Example Partner',
    token: input.token ?? newToken(),
    isTokenRevoked: false,
    packages: packages === 'not-offered' ? packages : packages.map((item) => ({ ...item })),
    listShape: input.listShape ?? 'packages',
    statusWebhookUrl: null,
    webhookCopies: 1,
    checks: [],
    deliveries: [],
  };
}

/** Worker id, turn id or reference id; of several with one reference the most recent (turn-api.md §1.3). */
export function findCheck(state: TurnAccountState, id: string): Check | undefined {
  return state.checks.findLast((check) => [check.workerId, check.turnId, check.referenceId].includes(id));
}

function newToken(): string {
  const part = (bytes: number) => randomBytes(bytes).toString('base64url');
  return `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${part(48)}.${part(32)}`;
}
